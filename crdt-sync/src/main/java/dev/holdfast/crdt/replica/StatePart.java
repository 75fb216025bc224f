package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import java.util.List;
import java.util.SortedMap;

/**
 * A part of what a replica holds, with all that it knows: of that, what the part does not show of
 * its leaves is gone.
 *
 * @param frontier how far the replica was
 * @param cover which leaves
 * @param blocks what is live at them, in blocks that show nothing else
 * @param awaited what is replaced at them and not heard, by leaf
 */
public record StatePart(
    Frontier frontier, Cover cover, List<Block> blocks, SortedMap<Leaf, CausalContext> awaited) {
  /** Keeps its own copy. */
  public StatePart {
    blocks = List.copyOf(blocks);
  }
}
