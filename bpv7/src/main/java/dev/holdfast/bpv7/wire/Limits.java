package dev.holdfast.bpv7.wire;

/**
 * How much of anything this module takes from outside.
 *
 * @param headBytes bytes before a bundle's payload data: bounds what is buffered per bundle that is
 *     arriving, and what a node keeps in memory about a bundle it decides on
 * @param blocks blocks in a bundle: bounds the work of checking block numbers against each other
 * @param eidBytes bytes of an endpoint identifier's scheme-specific part: it is kept in indexes
 * @param depth nesting of CBOR items: bounds the stack
 * @param payloadBytes bytes of a payload: keeps lengths far from overflow
 * @param recordBytes bytes of an administrative record: it is read whole
 * @param fragments pieces a reassembly keeps track of: bounds its memory
 */
public record Limits(
    int headBytes,
    int blocks,
    int eidBytes,
    int depth,
    long payloadBytes,
    int recordBytes,
    int fragments) {
  /**
   * 64 KiB of head, 128 blocks, 1 KiB of identifier, 16 levels, 1 TiB of payload, 64 KiB of
   * administrative record, 65,536 fragments.
   */
  public static final Limits DEFAULT = new Limits(65_536, 128, 1_024, 16, 1L << 40, 65_536, 65_536);

  /** Checks that every limit lets something through. */
  public Limits {
    if (headBytes < 64
        || blocks < 2
        || eidBytes < 16
        || depth < 2
        || payloadBytes < 1
        || recordBytes < 16
        || fragments < 1) {
      throw new IllegalArgumentException("a limit that no bundle can keep");
    }
  }
}
