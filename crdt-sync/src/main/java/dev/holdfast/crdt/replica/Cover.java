package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.block.Leaf;
import java.util.List;
import java.util.Optional;

/** Which leaves a part of a state is about: all that is live at them is in the part. */
public sealed interface Cover {
  /**
   * All leaves from one to another, in the order of their UTF-8 octets: thing, path, kind.
   *
   * @param from the first one; empty from the very first on
   * @param to the one after the last; empty to the very last
   */
  record Range(Optional<Leaf> from, Optional<Leaf> to) implements Cover {}

  /**
   * Just these.
   *
   * @param leaves which; one of which nothing is shown is empty
   */
  record Leaves(List<Leaf> leaves) implements Cover {
    /** Keeps its own copy. */
    public Leaves {
      leaves = List.copyOf(leaves);
    }
  }
}
