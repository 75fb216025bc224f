package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.Octets;

/**
 * An extension block (RFC 9171 §4.3.2, §4.4), understood or kept as bytes. The payload is no part
 * of this choice.
 */
public sealed interface CanonicalBlock {
  /** Number, flags, checksum type. */
  BlockHeader header();

  /** The block type code. */
  long type();

  /**
   * Who forwarded the bundle last (§4.4.1).
   *
   * @param header number, flags, checksum
   * @param node the forwarder's administrative endpoint
   */
  record PreviousNode(BlockHeader header, Eid node) implements CanonicalBlock {
    @Override
    public long type() {
      return 6;
    }
  }

  /**
   * How long ago the bundle was made (§4.4.2).
   *
   * @param header number, flags, checksum
   * @param millis age in milliseconds, unsigned
   */
  record BundleAge(BlockHeader header, long millis) implements CanonicalBlock {
    @Override
    public long type() {
      return 7;
    }
  }

  /**
   * How many hops the bundle made and may make (§4.4.3).
   *
   * @param header number, flags, checksum
   * @param limit most hops allowed, 1..255
   * @param count hops made so far, unsigned
   */
  record HopCount(BlockHeader header, int limit, long count) implements CanonicalBlock {
    @Override
    public long type() {
      return 10;
    }
  }

  /**
   * Our own block: the class of service the sender wants. Its type code is configured, {@link
   * #DEFAULT_TYPE} unless said otherwise; its data is {@code [class, ordinal, flags]}.
   *
   * @param header number, flags, checksum
   * @param type the configured type code
   * @param trafficClass the class
   * @param ordinal order within the class, 0..255, higher first
   * @param critical send a copy by every feasible neighbour
   * @param bestEffort the sender needs no custody: losing the bundle in a crash is acceptable
   */
  record Traffic(
      BlockHeader header,
      long type,
      TrafficClass trafficClass,
      int ordinal,
      boolean critical,
      boolean bestEffort)
      implements CanonicalBlock {
    /** Of the range for private and experimental use (RFC 9171 §9.1). */
    public static final long DEFAULT_TYPE = 224;
  }

  /**
   * A block of a type that is not known here, or that is not meant for this node to understand.
   *
   * @param header number, flags, checksum
   * @param type block type code, unsigned
   * @param data block-type-specific data
   */
  record Unknown(BlockHeader header, long type, Octets data) implements CanonicalBlock {}
}
