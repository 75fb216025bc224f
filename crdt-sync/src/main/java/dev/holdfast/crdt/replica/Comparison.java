package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.Peeler;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A replica, as it is at one moment, and a sketch of another one that comes cell by cell. For one
 * thread.
 */
public final class Comparison {
  private final LiveEntries live;
  private final SketchKey key;
  private final SetSum theirs;
  private final Sketched ours;
  private final Peeler peeler = new Peeler();

  /**
   * What is sent of a state, to be compared with another.
   *
   * @param whole of all entries
   * @param cells of each stream
   */
  public record Sketched(SetSum whole, List<Cells> cells) {
    /** Keeps its own copy. */
    public Sketched {
      cells = List.copyOf(cells);
    }
  }

  Comparison(LiveEntries live, SketchKey key, SetSum theirs, int cells, int streams) {
    this.live = live;
    this.key = key;
    this.theirs = theirs;
    this.ours = sketch(live, key, 0, cells, streams);
  }

  /** Cells of each stream, from one up to, not including, another. */
  static Sketched sketch(LiveEntries live, SketchKey key, int from, int to, int streams) {
    List<Sketcher> sketchers = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      sketchers.add(new Sketcher(stream, from, to));
    }
    SketchKey.Names names = key.names();
    long[] sum = new long[1];
    live.forEach(
        (_, element, _) -> {
          long name = names.of(element);
          sum[0] ^= name;
          sketchers.forEach(sketcher -> sketcher.add(name));
        });
    return new Sketched(
        new SetSum(live.count(), sum[0]), sketchers.stream().map(Sketcher::cells).toList());
  }

  /** Whether it can be compared with cells of that range. */
  public boolean reaches(CellRange range) {
    return range.stream() < ours.cells().size()
        && range.end() <= ours.cells().get(range.stream()).range().end();
  }

  /**
   * Takes cells of the other one's sketch, which it {@linkplain #reaches}, and tells what differs
   * as far as they tell.
   */
  public Compared add(Cells some) {
    CellRange range = some.range();
    Cells mine = ours.cells().get(range.stream()).at(range);
    return switch (peeler.add(some, mine)) {
      case Peeler.Outcome.Whole(List<Long> onlyTheirs, List<Long> onlyOurs)
          when !theirs.isFrom(ours.whole(), onlyTheirs, onlyOurs) ->
          new Compared.Partial(onlyTheirs.size() + onlyOurs.size(), peeler.cells());
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
