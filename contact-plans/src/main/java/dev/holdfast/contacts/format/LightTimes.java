package dev.holdfast.contacts.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The light time from one node to another as a table over time, linear between its points; a single
 * point holds always.
 */
final class LightTimes {
  /**
   * A row of the table.
   *
   * @param at DTN time in milliseconds
   * @param owltMillis the light time then
   */
  record Point(long at, long owltMillis) {}

  /** A stretch of time with one light time, which is the longest within it. */
  record Piece(long start, long end, long owltMillis) {}

  /**
   * How far a light time may be too long.
   *
   * @param share of the light time
   * @param leastMillis what is allowed however short it is
   */
  record Tolerance(double share, long leastMillis) {
    /** One percent, or ten milliseconds where that is more. */
    static final Tolerance DEFAULT = new Tolerance(0.01, 10);

    double allowed(double owltMillis) {
      return Math.max(share * owltMillis, (double) leastMillis);
    }
  }

  private final List<Point> points;

  /** At least one point, by time. */
  LightTimes(List<Point> points) {
    this.points = List.copyOf(points);
  }

  static LightTimes constant(long owltMillis) {
    return new LightTimes(List.of(new Point(0, owltMillis)));
  }

  /** Whether the table says something for all of a window. */
  boolean covers(long start, long end) {
    return points.size() == 1 || (points.getFirst().at() <= start && end <= points.getLast().at());
  }

  /**
   * A window that the table covers, cut so that no piece's light time is off by more than the
   * tolerance. A piece lasts a millisecond at least.
   *
   * @param most pieces are made; where more are needed, one more is made than that and no other
   */
  List<Piece> pieces(long start, long end, Tolerance tolerance, int most) {
    if (points.size() == 1) {
      return List.of(new Piece(start, end, points.getFirst().owltMillis()));
    }
    List<Piece> pieces = new ArrayList<>();
    long begin = start;
    while (begin < end && pieces.size() <= most) {
      Piece piece = longest(begin, end, tolerance);
      Piece last = pieces.isEmpty() ? null : pieces.getLast();
      if (last != null && last.owltMillis() == piece.owltMillis()) {
        pieces.set(pieces.size() - 1, new Piece(last.start(), piece.end(), piece.owltMillis()));
      } else {
        pieces.add(piece);
      }
      begin = piece.end();
    }
    return pieces;
  }

  /** The longest piece from {@code begin} on. */
  private Piece longest(long begin, long end, Tolerance tolerance) {
    int next = firstAfter(begin);
    double least = owlt(begin);
    double most = least;
    long reached = begin;
    while (reached < end) {
      long stop = next < points.size() ? Math.min(end, points.get(next).at()) : end;
      double then = owlt(stop);
      if (fits(Math.min(least, then), Math.max(most, then), tolerance)) {
        least = Math.min(least, then);
        most = Math.max(most, then);
        reached = stop;
        next++;
        continue;
      }
      long low = reached;
      long high = stop;
      while (high - low > 1) {
        long middle = (low + high) >>> 1;
        double value = owlt(middle);
        if (fits(Math.min(least, value), Math.max(most, value), tolerance)) {
          low = middle;
        } else {
          high = middle;
        }
      }
      long last = low > begin ? low : begin + 1;
      return new Piece(begin, last, longer(Math.max(most, owlt(last))));
    }
    return new Piece(begin, end, longer(most));
  }

  private static boolean fits(double least, double most, Tolerance tolerance) {
    return longer(most) - least <= tolerance.allowed(least);
  }

  /** In whole milliseconds, up; what is only a rounding error above one is that one. */
  private static long longer(double owltMillis) {
    return (long) Math.ceil(owltMillis - 1e-6);
  }

  private double owlt(long at) {
    int next = firstAfter(at);
    if (next == 0) {
      return points.getFirst().owltMillis();
    }
    Point before = points.get(next - 1);
    if (next == points.size()) {
      return before.owltMillis();
    }
    Point after = points.get(next);
    double part = (double) (at - before.at()) / (after.at() - before.at());
    return before.owltMillis() + part * (after.owltMillis() - before.owltMillis());
  }

  private int firstAfter(long at) {
    int low = 0;
    int high = points.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points.get(middle).at() > at) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
