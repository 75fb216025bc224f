package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.block.BlockLimits;

/**
 * How much of anything a replica takes.
 *
 * @param blocks of what is in a block
 * @param edits edits made together: they are one turn's work
 * @param earlyBytes bytes of blocks of one stream kept until their predecessors come: what is above
 *     comes again, once its predecessors are there
 * @param sealOperations operations of a block made here: what one lost bundle costs
 * @param sealBytes bytes of operations after which a block made here ends
 */
public record ReplicaLimits(
    BlockLimits blocks, int edits, long earlyBytes, int sealOperations, int sealBytes) {
  /** 4,096 edits, 16 MiB of early blocks a stream, blocks of 256 operations or 32 KiB. */
  public static final ReplicaLimits DEFAULT =
      new ReplicaLimits(BlockLimits.DEFAULT, 4_096, 16L << 20, 256, 32_768);

  /** Checks that every limit lets something through. */
  public ReplicaLimits {
    if (edits < 1 || earlyBytes < 1 || sealOperations < 1 || sealBytes < 1) {
      throw new IllegalArgumentException("a limit that no replica can keep");
    }
    if (sealOperations > blocks.operations() || sealBytes > blocks.blockBytes()) {
      throw new IllegalArgumentException("blocks made here would be refused here");
    }
  }
}
