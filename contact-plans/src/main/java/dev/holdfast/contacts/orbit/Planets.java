package dev.holdfast.contacts.orbit;

/**
 * Where the Earth, the Moon and Mars are: approximate elements of the planets (Standish, JPL, for
 * 1800 to 2050) and a short series for the Moon (Montenbruck and Gill, Satellite Orbits, 3.3.2).
 *
 * <p>Times are days of Terrestrial Time after J2000; positions are in km along EME2000. Measured
 * against an independent ephemeris over 2003 to 2041 (docs/orbits.md): the Moon's distance within
 * 500 km, the light time to Mars within 0.2 s.
 */
final class Planets {
  /** Kilometres in an astronomical unit. */
  static final double AU = 149_597_870.7;

  private static final double CENTURY = 36_525;
  private static final double OBLIQUITY = Math.toRadians(23.43928);
  private static final double COS = Math.cos(OBLIQUITY);
  private static final double SIN = Math.sin(OBLIQUITY);

  /** The Moon's share of what the Earth and it weigh together. */
  private static final double MOON_SHARE = 1 / 82.30057;

  private Planets() {}

  /** A body's centre from the Sun. */
  static Vector fromSun(Body body, double days) {
    return switch (body) {
      case MARS -> Orbit.MARS.position(days);
      case EARTH -> earth(days);
      case MOON -> earth(days).plus(moon(days));
    };
  }

  private static Vector earth(double days) {
    return Orbit.EARTH_AND_MOON.position(days).minus(moon(days).times(MOON_SHARE));
  }

  /** The Moon's centre from the Earth's. */
  static Vector moon(double days) {
    double t = days / CENTURY;
    double mean = 218.31617 + 481_267.88088 * t - 1.3972 * t;
    double l = Math.toRadians(134.96292 + 477_198.86753 * t);
    double s = Math.toRadians(357.52543 + 35_999.04944 * t);
    double f = Math.toRadians(93.27283 + 483_202.01873 * t);
    double d = Math.toRadians(297.85027 + 445_267.11135 * t);
    double ahead = aheadOfMean(l, s, f, d);
    double longitude = Math.toRadians(mean + ahead / 3600);
    double latitude = latitude(l, s, f, d, ahead);
    double distance =
        385_000
            - 20_905 * Math.cos(l)
            - 3_699 * Math.cos(2 * d - l)
            - 2_956 * Math.cos(2 * d)
            - 570 * Math.cos(2 * l)
            + 246 * Math.cos(2 * l - 2 * d)
            - 205 * Math.cos(s - 2 * d)
            - 171 * Math.cos(l + 2 * d)
            - 152 * Math.cos(l + s - 2 * d);
    return equatorial(Vector.direction(longitude, latitude).times(distance));
  }

  /** How far the Moon is ahead of its mean longitude, arc seconds. */
  private static double aheadOfMean(double l, double s, double f, double d) {
    return 22_640 * Math.sin(l)
        + 769 * Math.sin(2 * l)
        - 4_586 * Math.sin(l - 2 * d)
        + 2_370 * Math.sin(2 * d)
        - 668 * Math.sin(s)
        - 412 * Math.sin(2 * f)
        - 212 * Math.sin(2 * l - 2 * d)
        - 206 * Math.sin(l + s - 2 * d)
        + 192 * Math.sin(l + 2 * d)
        - 165 * Math.sin(s - 2 * d)
        + 148 * Math.sin(l - s)
        - 125 * Math.sin(d)
        - 110 * Math.sin(l + s)
        - 55 * Math.sin(2 * f - 2 * d);
  }

  private static double latitude(double l, double s, double f, double d, double ahead) {
    double argument =
        f + Math.toRadians((ahead + 412 * Math.sin(2 * f) + 541 * Math.sin(s)) / 3600);
    double seconds =
        18_520 * Math.sin(argument)
            - 526 * Math.sin(f - 2 * d)
            + 44 * Math.sin(l + f - 2 * d)
            - 31 * Math.sin(-l + f - 2 * d)
            - 25 * Math.sin(-2 * l + f)
            - 23 * Math.sin(s + f - 2 * d)
            + 21 * Math.sin(-l + f)
            + 11 * Math.sin(-s + f - 2 * d);
    return Math.toRadians(seconds / 3600);
  }

  private static Vector equatorial(Vector ecliptic) {
    return new Vector(
        ecliptic.x(),
        COS * ecliptic.y() - SIN * ecliptic.z(),
        SIN * ecliptic.y() + COS * ecliptic.z());
  }

  /**
   * An element of an orbit: its value at J2000 and its change in a century.
   *
   * @param value au, degrees or a number
   * @param rate the same in a Julian century
   */
  private record Element(double value, double rate) {
    double at(double centuries) {
      return value + rate * centuries;
    }
  }

  /** A planet's orbit about the Sun. */
  private record Orbit(
      Element axis,
      Element eccentricity,
      Element inclination,
      Element longitude,
      Element perihelion,
      Element node) {
    static final Orbit EARTH_AND_MOON =
        new Orbit(
            new Element(1.00000261, 0.00000562),
            new Element(0.01671123, -0.00004392),
            new Element(-0.00001531, -0.01294668),
            new Element(100.46457166, 35999.37244981),
            new Element(102.93768193, 0.32327364),
            new Element(0, 0));
    static final Orbit MARS =
        new Orbit(
            new Element(1.52371034, 0.00001847),
            new Element(0.09339410, 0.00007882),
            new Element(1.84969142, -0.00813131),
            new Element(-4.55343205, 19140.30268499),
            new Element(-23.94362959, 0.44441088),
            new Element(49.55953891, -0.29257343));

    Vector position(double days) {
      double t = days / CENTURY;
      double anomaly = Math.toRadians(longitude.at(t) - perihelion.at(t));
      Vector inPlane = Kepler.inPlane(axis.at(t) * AU, eccentricity.at(t), anomaly);
      return equatorial(
          Kepler.turned(
              inPlane,
              Math.toRadians(perihelion.at(t) - node.at(t)),
              Math.toRadians(inclination.at(t)),
              Math.toRadians(node.at(t))));
    }
  }
}
