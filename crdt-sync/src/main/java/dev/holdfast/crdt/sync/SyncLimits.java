package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.BlockLimits;

/**
 * How much a message from outside may hold. Nothing is allocated for a count before the bytes are
 * there that back it.
 *
 * @param messageBytes bytes of a message: it is read, hashed and kept whole for a while
 * @param streams streams of a frontier, and heads of a snapshot: they are looked up one by one
 * @param exceptions intervals of a frontier besides those from 1 to the last: likewise
 * @param cells the highest number of a sketch's cell, and one more: the reader makes as many, of 16
 *     bytes each, however few of them one message has; of cells with content, of 256 bytes each, a
 *     sixteenth
 * @param blocks blocks of a message: each is a signature to be verified
 * @param leaves leaves that a snapshot names besides those of its blocks: they are looked up
 * @param names names of a sketch that are asked for, and streams of which blocks are: likewise
 * @param statements statements of keys: each is two signatures to be verified
 * @param block limits of each block
 */
public record SyncLimits(
    int messageBytes,
    int streams,
    int exceptions,
    int cells,
    int blocks,
    int leaves,
    int names,
    int statements,
    BlockLimits block) {
  /**
   * 24 MiB, which is the largest block and half as much beside it; 16,384 streams; 65,536
   * intervals; 2^20 cells, which find 770,000 differences; 16,384 blocks, a second or two of one
   * core; 65,536 leaves and names; 1,024 statements, a rotation a month for 85 years.
   */
  public static final SyncLimits DEFAULT =
      new SyncLimits(
          24 << 20, 16_384, 65_536, 1 << 20, 16_384, 65_536, 65_536, 1_024, BlockLimits.DEFAULT);

  /** Checks that every limit lets something through. */
  public SyncLimits {
    int least = Math.min(Math.min(streams, exceptions), Math.min(Math.min(cells, blocks), leaves));
    if (messageBytes < 1_024 || least < 1 || names < 1 || statements < 1) {
      throw new IllegalArgumentException("a limit that no message can keep");
    }
  }
}
