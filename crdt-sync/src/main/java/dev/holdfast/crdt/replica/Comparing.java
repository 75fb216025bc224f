package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.Peeler;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sketches of what is live, and what they tell. */
final class Comparing {
  private final LiveEntries live;
  private final SketchKey key;

  Comparing(LiveEntries live, SketchKey key) {
    this.live = live;
    this.key = key;
  }

  /** The first cells of each stream. */
  List<Cells> sketch(int cells, int streams) {
    List<Sketcher> sketchers = new ArrayList<>();
    for (int stream = 0; stream < streams; stream++) {
      sketchers.add(new Sketcher(stream, 0, cells));
    }
    SketchKey.Names names = key.names();
    live.forEach(
        (_, element, _) -> {
          long name = names.of(element);
          sketchers.forEach(sketcher -> sketcher.add(name));
        });
    return sketchers.stream().map(Sketcher::cells).toList();
  }

  /** What differs from the state that these cells are of. */
  Compared compare(List<Cells> theirs) {
    int end = 0;
    int streams = 0;
    for (Cells cells : theirs) {
      end = Math.max(end, cells.range().end());
      streams = Math.max(streams, cells.range().stream() + 1);
    }
    List<Cells> ours = sketch(end, streams);
    Peeler peeler = new Peeler();
    for (Cells cells : theirs) {
      CellRange range = cells.range();
      peeler.add(cells, ours.get(range.stream()).at(range));
    }
    return switch (peeler.outcome()) {
      case Peeler.Outcome.Whole(List<Long> onlyTheirs, List<Long> onlyOurs) ->
          whole(onlyTheirs, new HashSet<>(onlyOurs));
      case Peeler.Outcome.Partial(int found, int cells) -> new Compared.Partial(found, cells);
      case Peeler.Outcome.Refused(String why) -> new Compared.Refused(why);
    };
  }

  private Compared whole(List<Long> onlyTheirs, Set<Long> onlyOurs) {
    SortedMap<Dot, Octets> found = new TreeMap<>();
    if (!onlyOurs.isEmpty()) {
      SketchKey.Names names = key.names();
      live.forEach(
          (dot, element, leaf) -> {
            if (onlyOurs.contains(names.of(element))) {
              found.put(dot, leaf.compact());
            }
          });
    }
    return found.size() == onlyOurs.size()
        ? new Compared.Whole(found, new TreeSet<>(onlyTheirs))
        : new Compared.Refused("the sketch names entries that nobody has");
  }
}
