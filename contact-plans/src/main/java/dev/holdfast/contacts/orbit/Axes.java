package dev.holdfast.contacts.orbit;

/**
 * Three directions at right angles, in EME2000: a body's axes at some instant.
 *
 * @param x first axis; of a body it points to the prime meridian, or to a node of its equator
 * @param y second axis
 * @param z third axis; of a body it points to the north pole
 */
record Axes(Vector x, Vector y, Vector z) {
  /** A vector given along these axes, along those of EME2000. */
  Vector turn(Vector inner) {
    return x.times(inner.x()).plus(y.times(inner.y())).plus(z.times(inner.z()));
  }

  /** A vector given along the axes of EME2000, along these. */
  Vector turnBack(Vector outer) {
    return new Vector(outer.dot(x), outer.dot(y), outer.dot(z));
  }

  /**
   * The axes of a body whose pole and rotation are given as the IAU gives them, in radians.
   *
   * @param rightAscension of the pole
   * @param declination of the pole
   * @param meridian angle from the equator's node on the equator of EME2000 to the prime meridian
   */
  static Axes ofPole(double rightAscension, double declination, double meridian) {
    Vector pole = Vector.direction(rightAscension, declination);
    Vector node = new Vector(-Math.sin(rightAscension), Math.cos(rightAscension), 0);
    Vector ahead = pole.cross(node);
    Vector x = node.times(Math.cos(meridian)).plus(ahead.times(Math.sin(meridian)));
    return new Axes(x, pole.cross(x), pole);
  }
}
