package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What comes of comparing a replica with a sketch of another. */
public sealed interface Compared {
  /**
   * All that differs is found.
   *
   * @param onlyOurs what only this one has: its dot, and its leaf as it stands in keys
   * @param onlyTheirs the names, in that sketch, of what only the other has
   */
  record Whole(SortedMap<Dot, Octets> onlyOurs, SortedSet<Long> onlyTheirs) implements Compared {
    /** Keeps its own copies. */
    public Whole {
      onlyOurs = Collections.unmodifiableSortedMap(new TreeMap<>(onlyOurs));
      onlyTheirs = Collections.unmodifiableSortedSet(new TreeSet<>(onlyTheirs));
    }

    /** The things of which only this one has something. */
    public SortedSet<String> onlyOurThings() {
      SortedSet<String> things = new TreeSet<>();
      onlyOurs.values().forEach(leaf -> things.add(Layout.leaf(leaf).thing()));
      return things;
    }

    /** How many entries differ. */
    public int differences() {
      return onlyOurs.size() + onlyTheirs.size();
    }
  }

  /**
   * It takes more cells.
   *
   * @param found how many differences were found
   * @param cells in how many cells
   */
  record Partial(int found, int cells) implements Compared {}

  /**
   * This is no sketch of a state.
   *
   * @param why for people
   */
  record Refused(String why) implements Compared {}
}
