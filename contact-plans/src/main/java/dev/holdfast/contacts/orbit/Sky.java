package dev.holdfast.contacts.orbit;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where the bodies are and how they are turned during one plan.
 *
 * <p>Remembers the axes of the last instant asked for, of each body: a sweep asks for all stations
 * of a body at one instant. For one thread.
 */
final class Sky {
  private static final double DAY = 86_400;

  private final double zeroDays;
  private final EarthModel earth;
  private final Map<Body, Turned> last = new EnumMap<>(Body.class);

  private record Turned(double seconds, Axes axes) {}

  Sky(TimeBase base) {
    this.zeroDays = base.daysTt();
    this.earth = new EarthModel(base);
  }

  EarthModel earth() {
    return earth;
  }

  /** The axes of a body, first axis through its prime meridian. */
  Axes axes(Body body, double seconds) {
    Turned known = last.get(body);
    if (known != null && known.seconds() == seconds) {
      return known.axes();
    }
    Axes axes =
        switch (body) {
          case EARTH -> earth.axes(seconds);
          case MOON -> Poles.moon(days(seconds));
          case MARS -> Poles.mars(days(seconds));
        };
    last.put(body, new Turned(seconds, axes));
    return axes;
  }

  /**
   * The equator of a body at the start: first axis to the equinox of date (Earth), or to the node
   * of the equator on that of J2000.
   */
  Axes equator(Body body) {
    if (body == Body.EARTH) {
      return earth.equator();
    }
    Vector pole = axes(body, 0).z();
    Vector node = new Vector(-pole.y(), pole.x(), 0).unit();
    return new Axes(node, pole.cross(node), pole);
  }

  /** A body's centre from the Sun, km. */
  Vector fromSun(Body body, double seconds) {
    return Planets.fromSun(body, days(seconds));
  }

  /** The centre of the Earth or the Moon from that of the Earth, km. */
  Vector fromEarth(Body body, double seconds) {
    return body == Body.MOON ? Planets.moon(days(seconds)) : Vector.ZERO;
  }

  /** Days of Terrestrial Time after J2000. */
  private double days(double seconds) {
    return zeroDays + seconds / DAY;
  }
}
