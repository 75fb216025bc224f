package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Frontier;

/**
 * Cells of a sketch of all live entries, and what was heard when they were made: an entry that only
 * the reader has, and that is heard of there, is gone there.
 *
 * @param frontier what is held and heard, streams under their whole names
 * @param key under which the entries have their names in the sketch
 * @param setSize how many entries there are, 0 to 2^31 - 1
 * @param cells at least one
 */
public record Sketch(Frontier frontier, SketchKey key, long setSize, Cells cells) implements Claim {
  /** Checks the ranges; keeps ages as they are written. */
  public Sketch {
    if (setSize < 0 || setSize > Integer.MAX_VALUE || cells.range().count() < 1) {
      throw new IllegalArgumentException("no sketch of " + setSize + " entries: " + cells);
    }
    for (int i = 0; i < cells.range().count(); i++) {
      if (cells.count(i) < 0 || cells.count(i) > setSize) {
        throw new IllegalArgumentException(cells.count(i) + " entries of " + setSize);
      }
    }
    frontier = FrontierForm.carried(frontier);
  }
}
