package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Comparison;
import dev.holdfast.crdt.replica.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sketches of others that do not tell everything yet. For one thread. */
final class Sketches {
  private static final int MOST = 4;

  /** What came of one. */
  private static final class Coming {
    private final List<Cells> parts = new ArrayList<>();
    private final int[] ends = new int[CellRange.MOST_STREAMS];
    private @Nullable Comparison comparison;
    private int known;

    Compared add(Sketch sketch, Replica replica) {
      Compared compared = compare(sketch, replica);
      if (compared instanceof Compared.Partial(_, int cells)) {
        if (cells == known) {
          parts.removeLast();
        }
        known = cells;
      }
      return compared;
    }

    /** Compares it with what is here; anew with all that came, if it goes further than thought. */
    private Compared compare(Sketch sketch, Replica replica) {
      CellRange range = sketch.cells().range();
      parts.add(sketch.cells());
      ends[range.stream()] = Math.max(ends[range.stream()], range.end());
      Comparison before = comparison;
      if (before != null && before.reaches(range)) {
        return before.add(sketch.cells());
      }
      int cells =
          Math.min(CellRange.MOST_CELLS, range.end() + Math.min(range.stride(), range.end()));
      Comparison anew =
          replica.telling().comparison(sketch.key(), sketch.whole(), cells, CellRange.MOST_STREAMS);
      comparison = anew;
      Compared compared = anew.add(parts.getFirst());
      for (Cells part : parts.subList(1, parts.size())) {
        compared = anew.add(part);
      }
      return compared;
    }

    /** Whether no more than the ends of some parts is missing up to the last cell that came. */
    boolean isAllThere(int cells, int stride) {
      long all = 0;
      for (int end : ends) {
        all += Math.max(0, end - stride + 1);
      }
      return cells >= all;
    }
  }

  private final LinkedHashMap<SketchKey, Coming> open = new LinkedHashMap<>();

  /** Takes some cells, and tells what differs as far as all that came tells. */
  Compared add(Sketch sketch, Replica replica) {
    Coming coming = open.computeIfAbsent(sketch.key(), _ -> new Coming());
    if (open.size() > MOST) {
      open.remove(open.keySet().iterator().next());
    }
    Compared compared = coming.add(sketch, replica);
    if (!(compared instanceof Compared.Partial)) {
      open.remove(sketch.key());
    }
    return compared;
  }

  /**
   * Whether all of a sketch came that its reader was to have, as far as its parts tell.
   *
   * @param cells how many came
   */
  boolean isAllThere(Sketch sketch, int cells) {
    Coming coming = open.get(sketch.key());
    return coming != null && coming.isAllThere(cells, sketch.cells().range().stride());
  }
}
