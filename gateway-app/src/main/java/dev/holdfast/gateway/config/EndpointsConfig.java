package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.Eid;
import java.util.List;

/**
 * Endpoints of this node.
 *
 * @param register application endpoints that exist from the start, so that they are listed before
 *     anybody fetches from them; default none. Bundles for other endpoints of this node are held
 *     all the same
 * @param echo endpoints that send back what they get, beside service 2047 of every ipn identity;
 *     default none. Each is a way to make this node send; echoes of echoes are never sent
 */
public record EndpointsConfig(List<Eid> register, List<Eid> echo) {
  /** Keeps unmodifiable copies. */
  public EndpointsConfig {
    register = List.copyOf(register);
    echo = List.copyOf(echo);
  }
}
