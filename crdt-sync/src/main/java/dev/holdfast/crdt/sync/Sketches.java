package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Comparison;
import dev.holdfast.crdt.replica.Replica;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Sketches of others of which not all cells are here. For one thread. */
final class Sketches {
  private static final int MOST = 4;

  private final LinkedHashMap<SketchKey, Comparison> open = new LinkedHashMap<>();
  private final LinkedHashMap<SketchKey, Integer> parts = new LinkedHashMap<>();

  Compared add(Sketch sketch, Replica replica) {
    CellRange range = sketch.cells().range();
    @Nullable Comparison comparison = open.get(sketch.key());
    if (comparison == null || !comparison.reaches(range)) {
      int cells =
          Math.min(CellRange.MOST_CELLS, range.end() + Math.min(range.stride(), range.end()));
      comparison = replica.telling().comparison(sketch.key(), cells, CellRange.MOST_STREAMS);
      open.put(sketch.key(), comparison);
      if (open.size() > MOST) {
        open.remove(open.keySet().iterator().next());
      }
    }
    parts.merge(sketch.key(), 1, Integer::sum);
    if (parts.size() > MOST) {
      parts.remove(parts.keySet().iterator().next());
    }
    Compared compared = comparison.add(sketch.cells());
    if (!(compared instanceof Compared.Partial)) {
      open.remove(sketch.key());
    }
    return compared;
  }

  /** Whether as many parts of it came as it was made of. */
  boolean isAllThere(Sketch sketch) {
    return parts.getOrDefault(sketch.key(), 0) >= sketch.cells().range().stride();
  }
}
