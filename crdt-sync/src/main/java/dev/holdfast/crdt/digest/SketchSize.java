package dev.holdfast.crdt.digest;

/** How many cells a sketch needs. */
public final class SketchSize {
  private SketchSize() {}

  /**
   * Cells from which so many differences are found in 999 of 1,000 sketches or more, if none is
   * lost.
   *
   * @param differences 0 or more
   */
  public static int cells(long differences) {
    return capped(1.36 * differences + 4 * Math.sqrt((double) differences) + 40);
  }

  /**
   * The same where parts of the sketch may be lost, over all streams. They are to be spread over
   * the bundles by {@link Cells#part}.
   *
   * @param loss share of the bundles that is lost, 0 up to 0.9
   */
  public static int cells(long differences, double loss) {
    if (!(loss >= 0 && loss <= 0.9)) {
      throw new IllegalArgumentException(
          "no share of bundles that a sketch can do without: " + loss);
    }
    double spare = streams(loss) == 1 ? 2.0 : 2.5;
    return loss == 0
        ? cells(differences)
        : capped(Math.max(cells(differences), spare * differences) / (1 - loss));
  }

  /** How many streams such a sketch has: with much loss, one alone too often lacks what matters. */
  public static int streams(double loss) {
    return loss <= 0.1 ? 1 : 2;
  }

  private static int capped(double cells) {
    return (int) Math.min(Math.ceil(cells), CellRange.MOST_CELLS);
  }
}
