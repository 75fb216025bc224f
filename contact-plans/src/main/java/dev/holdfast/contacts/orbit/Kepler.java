package dev.holdfast.contacts.orbit;

/** The two-body problem: from elements to a position. */
final class Kepler {
  private static final double PRECISION = 1e-13;
  private static final int MAX_ROUNDS = 50;

  private Kepler() {}

  /**
   * The position in the orbit's plane, first axis to the pericentre.
   *
   * @param semiMajorAxis any unit; the result is in the same
   * @param eccentricity 0 up to below 1
   * @param meanAnomaly radians
   */
  static Vector inPlane(double semiMajorAxis, double eccentricity, double meanAnomaly) {
    double eccentric = eccentricAnomaly(eccentricity, meanAnomaly);
    return new Vector(
        semiMajorAxis * (Math.cos(eccentric) - eccentricity),
        semiMajorAxis * Math.sqrt(1 - eccentricity * eccentricity) * Math.sin(eccentric),
        0);
  }

  /** Kepler's equation by Newton's rule, from a start that converges for every ellipse. */
  static double eccentricAnomaly(double eccentricity, double meanAnomaly) {
    double mean = Math.IEEEremainder(meanAnomaly, 2 * Math.PI);
    if (eccentricity == 0) {
      return mean;
    }
    double anomaly = eccentricity < 0.8 ? mean : Math.copySign(Math.PI, mean);
    for (int i = 0; i < MAX_ROUNDS; i++) {
      double step =
          (anomaly - eccentricity * Math.sin(anomaly) - mean)
              / (1 - eccentricity * Math.cos(anomaly));
      anomaly -= step;
      if (Math.abs(step) < PRECISION) {
        break;
      }
    }
    return anomaly;
  }

  /**
   * A vector of the orbit's plane along the axes that the orbit's angles (radians) are given to.
   */
  static Vector turned(Vector inPlane, double pericentre, double inclination, double node) {
    double along = Math.cos(pericentre) * inPlane.x() - Math.sin(pericentre) * inPlane.y();
    double across = Math.sin(pericentre) * inPlane.x() + Math.cos(pericentre) * inPlane.y();
    double level = Math.cos(inclination) * across;
    return new Vector(
        Math.cos(node) * along - Math.sin(node) * level,
        Math.sin(node) * along + Math.cos(node) * level,
        Math.sin(inclination) * across);
  }
}
