package dev.holdfast.crdt.block;

import dev.holdfast.crdt.CrdtLimits;

/**
 * How much a block from outside may hold. Who seals keeps below it.
 *
 * @param blockBytes bytes of a block: it is read, hashed and buffered whole
 * @param operations operations of a block: bounds the work of one signature's worth
 * @param thingBytes bytes of a thing's id as UTF-8: it is in indexes
 * @param pathBytes bytes of a path as UTF-8: likewise
 * @param replaced intervals of dots that one operation replaces: they are looked up one by one
 * @param contents limits of what is written
 */
public record BlockLimits(
    int blockBytes,
    int operations,
    int thingBytes,
    int pathBytes,
    int replaced,
    CrdtLimits contents) {
  /**
   * 16 MiB and 64 KiB, which is one blob and what is around it; 4,096 operations; ids of 256 bytes;
   * paths of 1 KiB; 65,536 intervals.
   */
  public static final BlockLimits DEFAULT =
      new BlockLimits((16 << 20) + 65_536, 4_096, 256, 1_024, 65_536, CrdtLimits.DEFAULT);

  /** Checks that every limit lets something through. */
  public BlockLimits {
    if (blockBytes < 1_024 || operations < 1 || thingBytes < 1 || pathBytes < 1 || replaced < 1) {
      throw new IllegalArgumentException("a limit that no block can keep");
    }
  }
}
