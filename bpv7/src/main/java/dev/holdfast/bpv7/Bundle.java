package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;

/**
 * A whole bundle in memory (RFC 9171 §4.1).
 *
 * @param head everything before the payload data
 * @param payload the payload data
 * @param trailer the payload block's CRC field if it has one, and the break that ends the bundle
 */
public record Bundle(BundleHead head, Octets payload, Octets trailer) {
  /** The bundle's bytes. */
  public Octets encoded() {
    return Octets.concat(List.of(head.encoded(), payload, trailer));
  }

  /** The bundle's identity (§4.2.7). */
  public BundleId id() {
    return head.id();
  }
}
