package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.Peeler;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A replica, as it is at one moment, and a sketch of another one that comes cell by cell. For one
 * thread.
 */
public final class Comparison {
  private final LiveEntries live;
  private final SketchKey key;
  private final List<Cells> ours;
  private final Peeler peeler = new Peeler();

  /**
   * Of what is there now.
   *
   * @param among which entries are compared
   */
  Comparison(LiveEntries live, SketchKey key, int cells, int streams, Predicate<Dot> among) {
    this.live = live;
    this.key = key;
    this.ours = sketch(live, key, cells, streams, among);
  }

  /** The first cells of each stream. */
  static List<Cells> sketch(
      LiveEntries live, SketchKey key, int cells, int streams, Predicate<Dot> among) {
    List<Sketcher> sketchers = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      sketchers.add(new Sketcher(stream, 0, cells));
    }
    SketchKey.Names names = key.names();
    live.forEach(
        (dot, element, _) -> {
          if (among.test(dot)) {
            long name = names.of(element);
            sketchers.forEach(sketcher -> sketcher.add(name));
          }
        });
    return sketchers.stream().map(Sketcher::cells).toList();
  }

  /** Whether it can be compared with cells of that range. */
  public boolean reaches(CellRange range) {
    return range.stream() < ours.size() && range.end() <= ours.get(range.stream()).range().end();
  }

  /**
   * Takes cells of the other one's sketch, which it {@linkplain #reaches}, and tells what differs
   * as far as they tell.
   */
  public Compared add(Cells theirs) {
    CellRange range = theirs.range();
    Cells mine = ours.get(range.stream()).at(range);
    return switch (peeler.add(theirs, mine)) {
      case Peeler.Outcome.Whole(List<Long> onlyTheirs, List<Long> onlyOurs) ->
          new Compared.Whole(named(live, key, new TreeSet<>(onlyOurs)), new TreeSet<>(onlyTheirs));
      case Peeler.Outcome.Partial(int found, int cells) -> new Compared.Partial(found, cells);
      case Peeler.Outcome.Refused(String why) -> new Compared.Refused(why);
    };
  }

  /** The entries that have such names and are still there, each with its leaf. */
  static SortedMap<Dot, Octets> named(LiveEntries live, SketchKey key, SortedSet<Long> wanted) {
    SortedMap<Dot, Octets> found = new TreeMap<>();
    if (!wanted.isEmpty()) {
      SketchKey.Names names = key.names();
      live.forEach(
          (dot, element, leaf) -> {
            if (wanted.contains(names.of(element))) {
              found.put(dot, leaf.compact());
            }
          });
    }
    return found;
  }
}
