package dev.holdfast.bpv7;

/**
 * Block processing control flags (RFC 9171 §4.2.4). Reserved and unassigned bits are kept as they
 * came.
 *
 * @param bits the 64-bit field
 */
public record BlockFlags(long bits) {
  /** The block must be replicated in every fragment. */
  public static final long REPLICATE = 0x01;

  /** Report the bundle's status if the block cannot be processed. */
  public static final long REPORT_UNPROCESSED = 0x02;

  /** Delete the bundle if the block cannot be processed. */
  public static final long DELETE_BUNDLE = 0x04;

  /** Discard the block if it cannot be processed. */
  public static final long DISCARD_BLOCK = 0x10;

  /** No flag set. */
  public static final BlockFlags NONE = new BlockFlags(0);

  /** Whether all bits of {@code mask} are set. */
  public boolean has(long mask) {
    return (bits & mask) == mask;
  }
}
