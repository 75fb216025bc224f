package dev.holdfast.gateway.link;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/**
 * A bundle to be sent.
 *
 * @param token to tell what came of it
 * @param head the bundle's head as it leaves
 * @param payload its payload
 * @param trailer what follows the payload; empty if its CRC must be computed as the payload goes by
 *     (a fragment)
 * @param trafficClass urgent bundles take the urgent session where there is one
 */
public record Outbound(
    TransferToken token,
    BundleHead head,
    Source payload,
    Optional<Octets> trailer,
    TrafficClass trafficClass) {

  /** Where the payload comes from. */
  public sealed interface Source {
    /**
     * All in memory.
     *
     * @param bytes the payload
     */
    record Whole(Octets bytes) implements Source {}

    /**
     * Read piece by piece while it is sent.
     *
     * @param reader called on platform threads only
     */
    record Streamed(Reader reader) implements Source {}
  }

  /** Reads a payload that is not in memory. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Bytes at {@code position} (from the start of what is sent), at most {@code length}; empty if
     * the bundle is gone. Blocks; never on a virtual thread.
     */
    Optional<Octets> read(long position, int length);
  }
}
