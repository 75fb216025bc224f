package dev.holdfast.contacts.orbit;

import java.util.List;

/**
 * The elevation from which on a station can hear: one for all around, or by azimuth, straight
 * between the points of a table.
 */
public final class Mask {
  private final List<Point> points;

  /**
   * A point of the horizon; angles in radians.
   *
   * @param azimuth from north over east, 0 up to below 2 pi
   * @param elevation above the horizon
   */
  public record Point(double azimuth, double elevation) {}

  /**
   * A mask.
   *
   * @param points at least one, each further round than the one before
   * @throws IllegalArgumentException if they are not in that order
   */
  public Mask(List<Point> points) {
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).azimuth() <= points.get(i - 1).azimuth()) {
        throw new IllegalArgumentException("azimuths go up from point to point; sort them");
      }
    }
    this.points = List.copyOf(points);
  }

  /** The same elevation all around, radians. */
  public static Mask of(double elevation) {
    return new Mask(List.of(new Point(0, elevation)));
  }

  boolean isConstant() {
    return points.size() == 1;
  }

  /** The elevation at an azimuth, both in radians. */
  double at(double azimuth) {
    Point last = points.getLast();
    if (isConstant()) {
      return last.elevation();
    }
    double turn = 2 * Math.PI;
    double around = azimuth - turn * Math.floor(azimuth / turn);
    Point before = new Point(last.azimuth() - turn, last.elevation());
    for (Point point : points) {
      if (around < point.azimuth()) {
        return between(before, point, around);
      }
      before = point;
    }
    Point first = points.getFirst();
    return between(before, new Point(first.azimuth() + turn, first.elevation()), around);
  }

  private static double between(Point a, Point b, double azimuth) {
    double share = (azimuth - a.azimuth()) / (b.azimuth() - a.azimuth());
    return a.elevation() + share * (b.elevation() - a.elevation());
  }
}
