package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.ForkProof;
import java.util.List;
import java.util.SortedSet;

/** What became of a block that was received. */
public sealed interface Receipt {
  /**
   * It is part of the state, and with it blocks that had come early.
   *
   * @param blocks all that were applied, in order
   * @param things the ids of those that changed
   */
  record Applied(List<Block> blocks, SortedSet<String> things) implements Receipt {
    /** Keeps its own copy. */
    public Applied {
      blocks = List.copyOf(blocks);
    }
  }

  /** It is known. */
  record Known() implements Receipt {}

  /**
   * It is kept until those before it come.
   *
   * @param missing their numbers
   */
  record Early(Interval missing) implements Receipt {}

  /**
   * It came early, and too much is kept already: it has to come again.
   *
   * @param missing the numbers before it
   * @param bytes how much is kept of its stream
   */
  record Dropped(Interval missing, long bytes) implements Receipt {}

  /**
   * Its writer has gone on in two ways: nothing more is taken from that stream in blocks.
   *
   * @param proof to be told to everybody
   */
  record Forked(ForkProof proof) implements Receipt {}

  /**
   * It is of our own stream and after all that we know we wrote: this store is an old copy, and its
   * writer has to begin a new incarnation.
   *
   * @param covers the numbers that were given already
   */
  record Restored(Interval covers) implements Receipt {}

  /**
   * It is not taken.
   *
   * @param why for people
   */
  record Refused(String why) implements Receipt {}
}
