package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.replica.Frontier;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that is there at some leaves, and what was heard when it was: what the reader has there, and
 * is heard of and not in it, is gone.
 *
 * @param frontier what is held and heard, streams under their whole names
 * @param heads the last header of streams' chains, in the order of the streams, each once
 * @param cover which leaves
 * @param blocks whose operations are all live entries at those leaves; others may be among them
 * @param awaited of leaves covered, the dots that are known to be replaced and were not heard
 */
public record Snapshot(
    Frontier frontier,
    List<SignedHeader> heads,
    Cover cover,
    List<Block> blocks,
    SortedMap<Leaf, CausalContext> awaited)
    implements Claim {

  /** Which leaves. */
  public sealed interface Cover {}

  /**
   * A range of all leaves, in their order. The parts of one snapshot cover all leaves together.
   *
   * @param snapshot names the snapshot that this is a part of, {@value #NAME_SIZE} bytes
   * @param from the first leaf; empty for the very first one
   * @param to the leaf after the last; empty for up to the end
   */
  public record Range(Octets snapshot, Optional<Leaf> from, Optional<Leaf> to) implements Cover {
    /** Bytes of a snapshot's name. */
    public static final int NAME_SIZE = 8;

    /** Checks the name and the order. */
    public Range {
      if (snapshot.size() != NAME_SIZE || !isOrdered(from, to)) {
        throw new IllegalArgumentException("no part of a snapshot: " + from + " to " + to);
      }
    }

    static boolean isOrdered(Optional<Leaf> from, Optional<Leaf> to) {
      return from.isEmpty() || to.isEmpty() || from.get().compareTo(to.get()) < 0;
    }
  }

  /**
   * Just these leaves.
   *
   * @param leaves one without an entry in the blocks is empty; none, if only heads are told
   */
  public record Leaves(SortedSet<Leaf> leaves) implements Cover {
    /** Keeps its own copy. */
    public Leaves {
      leaves = Collections.unmodifiableSortedSet(new TreeSet<>(leaves));
    }
  }

  /** Keeps its own copies; checks the order of the heads; keeps ages as they are written. */
  public Snapshot {
    heads = List.copyOf(heads);
    blocks = List.copyOf(blocks);
    awaited = Collections.unmodifiableSortedMap(new TreeMap<>(awaited));
    for (int i = 1; i < heads.size(); i++) {
      if (!isAfter(heads.get(i - 1), heads.get(i))) {
        throw new IllegalArgumentException("heads come in the order of their streams, each once");
      }
    }
    if (awaited.containsValue(CausalContext.EMPTY)) {
      throw new IllegalArgumentException("a leaf at which nothing is awaited");
    }
    frontier = FrontierForm.carried(frontier);
  }

  static boolean isAfter(SignedHeader before, SignedHeader after) {
    return before.header().stream().compareTo(after.header().stream()) < 0;
  }
}
