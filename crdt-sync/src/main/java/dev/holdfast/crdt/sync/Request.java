package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.SketchKey;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a region asks for.
 *
 * @param blocks those that cover these numbers, in the order of streams and numbers
 * @param named entries of a sketch
 * @param keys whether it lacks statements of keys
 * @param snapshot whether it wants all of the state
 * @param budgetBytes how many bytes it wants to be sent at most, 0 or more
 */
public record Request(
    List<Wanted> blocks, Optional<Named> named, boolean keys, boolean snapshot, long budgetBytes)
    implements Claim {

  /**
   * Blocks of a stream.
   *
   * @param stream which
   * @param numbers that they cover
   */
  public record Wanted(StreamId stream, Interval numbers) {
    /** Whether it comes after another: of a later stream, or of numbers that do not touch. */
    boolean isAfter(Wanted before) {
      int order = before.stream.compareTo(stream);
      return order < 0 || (order == 0 && before.numbers.last() < numbers.first() - 1);
    }
  }

  /**
   * Entries by their names in a sketch.
   *
   * @param key of the sketch
   * @param names at least one; kept in their order, each once
   */
  public record Named(SketchKey key, List<Long> names) {
    /** Puts them in order. */
    public Named {
      var ordered = new TreeSet<Long>(Long::compareUnsigned);
      ordered.addAll(names);
      names = List.copyOf(ordered);
      if (names.isEmpty()) {
        throw new IllegalArgumentException("no names");
      }
    }
  }

  /** Keeps its own copy, and checks the order. */
  public Request {
    blocks = List.copyOf(blocks);
    for (int i = 1; i < blocks.size(); i++) {
      if (!blocks.get(i).isAfter(blocks.get(i - 1))) {
        throw new IllegalArgumentException("not in order, or touching: " + blocks);
      }
    }
    Claim.checkBudget(budgetBytes);
  }
}
