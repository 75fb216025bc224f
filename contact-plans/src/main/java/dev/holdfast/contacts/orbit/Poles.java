package dev.holdfast.contacts.orbit;

/**
 * How the Moon and Mars are turned: pole and prime meridian as the IAU working group gives them
 * (2009 report). Times are days of Terrestrial Time after J2000.
 */
final class Poles {
  private static final double CENTURY = 36_525;

  private Poles() {}

  /** The Moon's mean Earth and polar axes, to which selenographic coordinates refer. */
  static Axes moon(double days) {
    Angles e = new Angles(days);
    double t = days / CENTURY;
    double rightAscension =
        269.9949
            + 0.0031 * t
            - 3.8787 * Math.sin(e.e1)
            - 0.1204 * Math.sin(e.e2)
            + 0.0700 * Math.sin(e.e3)
            - 0.0172 * Math.sin(e.e4)
            + 0.0072 * Math.sin(e.e6)
            - 0.0052 * Math.sin(e.e10)
            + 0.0043 * Math.sin(e.e13);
    double declination =
        66.5392
            + 0.0130 * t
            + 1.5419 * Math.cos(e.e1)
            + 0.0239 * Math.cos(e.e2)
            - 0.0278 * Math.cos(e.e3)
            + 0.0068 * Math.cos(e.e4)
            - 0.0029 * Math.cos(e.e6)
            + 0.0009 * Math.cos(e.e7)
            + 0.0008 * Math.cos(e.e10)
            - 0.0009 * Math.cos(e.e13);
    return Axes.ofPole(
        Math.toRadians(rightAscension), Math.toRadians(declination), e.meridian(days));
  }

  /** Mars's axes; the prime meridian goes through Airy-0. */
  static Axes mars(double days) {
    double t = days / CENTURY;
    return Axes.ofPole(
        Math.toRadians(317.68143 - 0.1061 * t),
        Math.toRadians(52.88650 - 0.0609 * t),
        Math.toRadians((176.630 + 350.89198226 * days) % 360));
  }

  /** The arguments of the Moon's librations, radians. */
  private static final class Angles {
    private final double e1;
    private final double e2;
    private final double e3;
    private final double e4;
    private final double e5;
    private final double e6;
    private final double e7;
    private final double e8;
    private final double e9;
    private final double e10;
    private final double e11;
    private final double e12;
    private final double e13;

    Angles(double days) {
      e1 = Math.toRadians(125.045 - 0.0529921 * days);
      e2 = Math.toRadians(250.089 - 0.1059842 * days);
      e3 = Math.toRadians(260.008 + 13.0120009 * days);
      e4 = Math.toRadians(176.625 + 13.3407154 * days);
      e5 = Math.toRadians(357.529 + 0.9856003 * days);
      e6 = Math.toRadians(311.589 + 26.4057084 * days);
      e7 = Math.toRadians(134.963 + 13.0649930 * days);
      e8 = Math.toRadians(276.617 + 0.3287146 * days);
      e9 = Math.toRadians(34.226 + 1.7484877 * days);
      e10 = Math.toRadians(15.134 - 0.1589763 * days);
      e11 = Math.toRadians(119.743 + 0.0036096 * days);
      e12 = Math.toRadians(239.961 + 0.1643573 * days);
      e13 = Math.toRadians(25.053 + 12.9590088 * days);
    }

    /** The prime meridian from the equator's node, radians. */
    double meridian(double days) {
      return Math.toRadians(
          38.3213
              + 13.17635815 * days
              - 1.4e-12 * days * days
              + 3.5610 * Math.sin(e1)
              + 0.1208 * Math.sin(e2)
              - 0.0642 * Math.sin(e3)
              + 0.0158 * Math.sin(e4)
              + 0.0252 * Math.sin(e5)
              - 0.0066 * Math.sin(e6)
              - 0.0047 * Math.sin(e7)
              - 0.0046 * Math.sin(e8)
              + 0.0028 * Math.sin(e9)
              + 0.0052 * Math.sin(e10)
              + 0.0040 * Math.sin(e11)
              + 0.0019 * Math.sin(e12)
              - 0.0044 * Math.sin(e13));
    }
  }
}
