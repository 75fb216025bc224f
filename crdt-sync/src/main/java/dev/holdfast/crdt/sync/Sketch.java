package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Frontier;

/**
 * Cells of a sketch of all live entries, and what was heard when they were made: an entry that only
 * the reader has, and that is heard of there, is gone there.
 *
 * @param frontier what is held and heard, streams under their whole names
 * @param key under which the entries have their names in the sketch
 * @param whole of all entries, under their names in the sketch
 * @param cells at least one
 */
public record Sketch(Frontier frontier, SketchKey key, SetSum whole, Cells cells) implements Claim {
  /** Checks the ranges; keeps ages as they are written. */
  public Sketch {
    if (cells.range().count() < 1) {
      throw new IllegalArgumentException("no sketch: " + cells);
    }
    for (int i = 0; i < cells.range().count(); i++) {
      if (cells.count(i) < 0 || cells.count(i) > whole.count()) {
        throw new IllegalArgumentException(cells.count(i) + " entries of " + whole.count());
      }
    }
    frontier = FrontierForm.carried(frontier);
  }
}
