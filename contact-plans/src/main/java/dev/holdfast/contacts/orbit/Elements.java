package dev.holdfast.contacts.orbit;

/**
 * Keplerian elements at the start of the plan, to the equator of the body.
 *
 * @param semiMajorAxis km
 * @param eccentricity 0 up to below 1
 * @param inclination to the equator, radians
 * @param node of the Earth from the equinox of date, of other bodies from the node of their equator
 *     on that of J2000, radians
 * @param pericentre from the node, radians
 * @param meanAnomaly radians
 */
public record Elements(
    double semiMajorAxis,
    double eccentricity,
    double inclination,
    double node,
    double pericentre,
    double meanAnomaly) {

  /** Seconds of a revolution about the body. */
  double period(Body body) {
    return 2 * Math.PI / meanMotion(body);
  }

  /** Radians in a second about the body. */
  double meanMotion(Body body) {
    return Math.sqrt(body.attraction() / semiMajorAxis) / semiMajorAxis;
  }

  /** The least distance from the body's centre, km. */
  public double pericentreRadius() {
    return semiMajorAxis * (1 - eccentricity);
  }
}
