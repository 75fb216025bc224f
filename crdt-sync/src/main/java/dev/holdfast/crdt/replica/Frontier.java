package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.StateRoot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a replica of one class is: what it holds, by its root, and what it has heard of each
 * stream. Of what it has heard and does not hold, it knows that it is gone.
 *
 * @param root stands for what is there
 * @param streams of each stream heard of, in their order
 */
public record Frontier(StateRoot root, SortedMap<StreamId, Reach> streams) {
  /** Bytes of a block's id that a frontier says. */
  public static final int HEAD_SIZE = 8;

  /**
   * How far one stream is known.
   *
   * @param last the last number that its chain covers; 0 if only parts of states told of it
   * @param head the beginning of the id of the block that covers it, {@value #HEAD_SIZE} bytes
   * @param heard the numbers whose operations are part of the state, in order; usually 1 to last
   * @param ageSeconds how old that is at most, if the writer is still there; -1 if not known
   */
  public record Reach(long last, Octets head, List<Interval> heard, long ageSeconds) {
    /** Checks the ranges. */
    public Reach {
      heard = List.copyOf(heard);
      if (last < 0 || head.size() != HEAD_SIZE || ageSeconds < -1) {
        throw new IllegalArgumentException("no reach: " + last + ", head " + head);
      }
    }

    /** Whether all numbers that the chain covers are heard, and no others. */
    public boolean isWhole() {
      return last == 0 ? heard.isEmpty() : heard.equals(List.of(new Interval(1, last)));
    }
  }

  /** Keeps its own copy. */
  public Frontier {
    streams = Collections.unmodifiableSortedMap(new TreeMap<>(streams));
  }

  /** The last number that the chain of a stream covers; 0 if it is not heard of. */
  public long last(StreamId stream) {
    Reach reach = streams.get(stream);
    return reach == null ? 0 : reach.last();
  }

  /** What this one and another both reach; the root is this one's. */
  public Frontier common(Frontier other) {
    CausalContext mine = heard();
    CausalContext both = mine.minus(mine.minus(other.heard()));
    var reaches = new TreeMap<StreamId, Reach>();
    streams.forEach(
        (stream, reach) -> {
          Reach theirs = other.streams.get(stream);
          if (theirs != null) {
            Reach less = theirs.last() < reach.last() ? theirs : reach;
            List<Interval> heard = both.intervals(stream.name());
            reaches.put(stream, new Reach(less.last(), less.head(), heard, less.ageSeconds()));
          }
        });
    return new Frontier(root, reaches);
  }

  /** All that is heard. */
  public CausalContext heard() {
    var all = new TreeMap<Octets, List<Interval>>();
    streams.forEach((stream, reach) -> all.put(stream.name(), new ArrayList<>(reach.heard())));
    return CausalContext.of(all);
  }
}
