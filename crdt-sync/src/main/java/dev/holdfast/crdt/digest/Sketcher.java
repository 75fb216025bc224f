package dev.holdfast.crdt.digest;

/**
 * Makes a sketch of a set: cells from which another holder of nearly the same set finds what
 * differs, whatever the sets' sizes (rateless invertible Bloom lookup table). More cells can be
 * made later, of the same set, and add to those before.
 *
 * <p>Each item must be added once: one that is there twice cancels itself out. Cost: about twice
 * the natural logarithm of the number of cells for each item. For one thread.
 */
public final class Sketcher {
  private final CellRange range;
  private final long[] sums;
  private final int[] checks;
  private final int[] counts;

  /**
   * The cells of an empty set.
   *
   * @param stream which stream
   * @param from the first cell
   * @param to the cell after the last
   */
  public Sketcher(int stream, int from, int to) {
    range = CellRange.between(stream, from, to);
    sums = new long[range.count()];
    checks = new int[range.count()];
    counts = new int[range.count()];
  }

  /** Adds an item. */
  public void add(long item) {
    int check = Places.check(item);
    int from = range.first();
    int to = from + range.count();
    Places places = new Places(item, range.stream());
    for (; places.place() < to; places.next()) {
      int at = (int) places.place() - from;
      if (at >= 0) {
        sums[at] ^= item;
        checks[at] ^= check;
        counts[at]++;
      }
    }
  }

  /** The cells as they are now. */
  public Cells cells() {
    return new Cells(range, sums.clone(), checks.clone(), counts.clone());
  }
}
