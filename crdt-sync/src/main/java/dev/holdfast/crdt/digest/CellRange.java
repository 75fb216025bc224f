package dev.holdfast.crdt.digest;

/**
 * Some cells of one stream: {@code first}, then every {@code stride}-th one. What travels in one
 * bundle is spread over the whole sketch, so that its loss thins the sketch out evenly.
 *
 * @param stream which stream, 0..{@value #MOST_STREAMS}-1: the same items stand elsewhere in each
 * @param first the first cell
 * @param stride from one cell to the next, 1 or more
 * @param count how many cells, 0 or more; the last is below {@value #MOST_CELLS}
 */
public record CellRange(int stream, int first, int stride, int count) {
  /** Streams of one sketch. */
  public static final int MOST_STREAMS = 2;

  /** Cells of one stream: enough for three million differences, 54 MB. */
  public static final int MOST_CELLS = 1 << 22;

  /** Checks the ranges. */
  public CellRange {
    if (stream < 0 || stream >= MOST_STREAMS || first < 0 || stride < 1 || count < 0) {
      throw new IllegalArgumentException(
          "no cells: stream %d, %d from %d by %d".formatted(stream, count, first, stride));
    }
    if (first + (count - 1L) * stride >= MOST_CELLS) {
      throw new IllegalArgumentException("a sketch has no more than " + MOST_CELLS + " cells");
    }
  }

  /** All cells from one number up to, not including, another. */
  public static CellRange between(int stream, int from, int to) {
    return new CellRange(stream, from, 1, to - from);
  }

  /** The number of one of the cells. */
  public int cell(int index) {
    return first + index * stride;
  }

  /** The number after the last cell's; 0 if there is none. */
  public int end() {
    return count == 0 ? 0 : cell(count - 1) + 1;
  }

  /** Every {@code parts}-th cell of this range, beginning with its {@code part}-th. */
  public CellRange part(int part, int parts) {
    int cells = part >= count ? 0 : (count - part + parts - 1) / parts;
    return new CellRange(stream, first + part * stride, stride * parts, cells);
  }
}
