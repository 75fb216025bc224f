package dev.holdfast.contacts.orbit;

/**
 * A vector in three dimensions; positions are in kilometres.
 *
 * @param x to the vernal equinox of J2000, unless other axes are named
 * @param y completes the right-handed system
 * @param z to the north pole of J2000
 */
record Vector(double x, double y, double z) {
  static final Vector ZERO = new Vector(0, 0, 0);

  Vector plus(Vector other) {
    return new Vector(x + other.x, y + other.y, z + other.z);
  }

  Vector minus(Vector other) {
    return new Vector(x - other.x, y - other.y, z - other.z);
  }

  Vector times(double factor) {
    return new Vector(x * factor, y * factor, z * factor);
  }

  double dot(Vector other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Vector cross(Vector other) {
    return new Vector(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  /** The same direction with length 1. */
  Vector unit() {
    return times(1 / length());
  }

  /** The angle to another direction, 0..pi; exact for small angles too. */
  double angleTo(Vector other) {
    return Math.atan2(cross(other).length(), dot(other));
  }

  /** The direction at a longitude and latitude, in radians. */
  static Vector direction(double longitude, double latitude) {
    return new Vector(
        Math.cos(latitude) * Math.cos(longitude),
        Math.cos(latitude) * Math.sin(longitude),
        Math.sin(latitude));
  }
}
