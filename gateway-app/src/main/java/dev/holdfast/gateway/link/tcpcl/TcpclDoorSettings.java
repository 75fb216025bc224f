package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import java.util.Optional;

/**
 * Where neighbours may connect.
 *
 * @param host address to listen on
 * @param port 0..65535; 0 lets the system choose
 * @param self who we are to neighbours that are not configured
 * @param most most connections at a time
 * @param guests how neighbours that are not configured are treated; empty to turn them away
 */
public record TcpclDoorSettings(
    String host, int port, NodeId self, int most, Optional<Guests> guests) {

  /**
   * Neighbours that are not configured.
   *
   * @param reading how their bundles are read
   * @param keepaliveSeconds our keepalive interval
   * @param limits what a session with one may cost
   */
  public record Guests(ReadOptions reading, int keepaliveSeconds, TcpclLimits limits) {}
}
