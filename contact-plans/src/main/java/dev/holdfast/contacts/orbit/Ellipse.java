package dev.holdfast.contacts.orbit;

/**
 * An orbit whose plane and pericentre drift steadily under the body's oblateness, and that is
 * otherwise undisturbed: fast, for constellations and for orbits about the Moon and Mars.
 */
final class Ellipse implements Motion {
  private final Body body;
  private final Axes equator;
  private final Elements elements;
  private final double nodeRate;
  private final double pericentreRate;
  private final double anomalyRate;

  /**
   * An orbit.
   *
   * @param equator the axes that the elements are given to, held for the whole plan
   */
  Ellipse(Body body, Axes equator, Elements elements) {
    this.body = body;
    this.equator = equator;
    this.elements = elements;
    double e = elements.eccentricity();
    double motion = elements.meanMotion(body);
    double parameter = elements.semiMajorAxis() * (1 - e * e);
    double ratio = body.radius() / parameter;
    double strength = 1.5 * body.oblateness() * ratio * ratio * motion;
    double cos = Math.cos(elements.inclination());
    nodeRate = -strength * cos;
    pericentreRate = strength * (2.5 * cos * cos - 0.5);
    anomalyRate = motion + strength * Math.sqrt(1 - e * e) * (1.5 * cos * cos - 0.5);
  }

  @Override
  public Body body() {
    return body;
  }

  @Override
  public Fix at(double seconds) {
    Vector inPlane =
        Kepler.inPlane(
            elements.semiMajorAxis(),
            elements.eccentricity(),
            elements.meanAnomaly() + anomalyRate * seconds);
    Vector toEquator =
        Kepler.turned(
            inPlane,
            elements.pericentre() + pericentreRate * seconds,
            elements.inclination(),
            elements.node() + nodeRate * seconds);
    return new Fix(equator.turn(toEquator), Vector.ZERO);
  }

  @Override
  public double period() {
    return elements.period(body);
  }
}
