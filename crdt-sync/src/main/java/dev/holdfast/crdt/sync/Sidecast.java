package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Frontier;

/**
 * Cells of two sketches of one state: of the names of all live entries, which tell what the reader
 * lacks and what is gone, and of what proves these entries, cut in chunks, which gives it what it
 * lacks. Nothing is to be asked for: it is for links that never return.
 *
 * @param frontier what is held and heard, streams under their whole names
 * @param key under which entries and chunks have their names
 * @param whole of all entries, under their names
 * @param names at least one cell
 * @param chunks how many chunks there are, 0 to 2^31 - 1
 * @param contents at least one cell
 */
record Sidecast(
    Frontier frontier, SketchKey key, SetSum whole, Cells names, long chunks, ContentCells contents)
    implements Claim {
  /** Checks the ranges; keeps ages as they are written. */
  Sidecast {
    if (names.range().count() < 1) {
      throw new IllegalArgumentException("no sketch: " + names);
    }
    if (chunks < 0 || chunks > Integer.MAX_VALUE || contents.range().count() < 1) {
      throw new IllegalArgumentException("no sketch of " + chunks + " chunks: " + contents);
    }
    frontier = FrontierForm.carried(frontier);
  }
}
