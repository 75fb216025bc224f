package dev.holdfast.contacts.orbit;

/** The bodies that nodes are on, or turn about. */
public enum Body {
  /** WGS 84, EGM 96. */
  EARTH(6378.137, 1 / 298.257223563, 398600.4418, 1.08262668e-3),
  /** A sphere, as selenographic coordinates are given on one. */
  MOON(1737.4, 0, 4902.800066, 2.0330e-4),
  /** IAU 2009. */
  MARS(3396.19, 1 / 169.894447, 42828.37362, 1.95661e-3);

  /** Equatorial radius, km. */
  private final double radius;

  /** Flattening. */
  private final double flattening;

  /** Gravitational parameter, km³/s². */
  private final double attraction;

  /** Second zonal harmonic, unnormalised. */
  private final double oblateness;

  Body(double radius, double flattening, double attraction, double oblateness) {
    this.radius = radius;
    this.flattening = flattening;
    this.attraction = attraction;
    this.oblateness = oblateness;
  }

  /** Equatorial radius, km. */
  public double radius() {
    return radius;
  }

  double flattening() {
    return flattening;
  }

  double attraction() {
    return attraction;
  }

  double oblateness() {
    return oblateness;
  }

  /** Sidereal rotation, rad/s. */
  double spin() {
    return switch (this) {
      case EARTH -> 7.2921150e-5;
      case MOON -> 2.6616995e-6;
      case MARS -> 7.0882181e-5;
    };
  }

  /** The radius of the orbit that goes round once while the body turns once, km. */
  double stationaryRadius() {
    return Math.cbrt(attraction / (spin() * spin()));
  }

  /** Whether this body or its primary goes about the Sun on an orbit of its own. */
  boolean sharesSystemWith(Body other) {
    return (this == MARS) == (other == MARS);
  }
}
