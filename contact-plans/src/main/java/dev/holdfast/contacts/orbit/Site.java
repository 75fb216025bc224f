package dev.holdfast.contacts.orbit;

/** A place fixed to a body: a station on its surface, or a satellite that stands above it. */
final class Site implements Motion {
  private final Sky sky;
  private final Body body;
  private final Vector position;
  private final Vector zenith;
  private final Mask mask;
  private final boolean onGround;

  private Site(Sky sky, Body body, Vector position, Vector zenith, Mask mask, boolean onGround) {
    this.sky = sky;
    this.body = body;
    this.position = position;
    this.zenith = zenith;
    this.mask = mask;
    this.onGround = onGround;
  }

  /**
   * A station.
   *
   * @param latitude planetographic (of the Earth: geodetic), radians
   * @param longitude to the east, radians
   * @param height above the ellipsoid, km
   */
  static Site station(
      Sky sky, Body body, double latitude, double longitude, double height, Mask mask) {
    Vector zenith = Vector.direction(longitude, latitude);
    double f = body.flattening();
    double squared = f * (2 - f);
    double curvature = body.radius() / Math.sqrt(1 - squared * zenith.z() * zenith.z());
    Vector position =
        new Vector(
            (curvature + height) * zenith.x(),
            (curvature + height) * zenith.y(),
            (curvature * (1 - squared) + height) * zenith.z());
    return new Site(sky, body, position, zenith, mask, true);
  }

  /** A satellite that stands above a longitude of the equator, radians to the east. */
  static Site stationary(Sky sky, Body body, double longitude) {
    Vector above = Vector.direction(longitude, 0);
    return new Site(sky, body, above.times(body.stationaryRadius()), above, Mask.of(0), false);
  }

  /** Whether the ground below hides half of the sky. */
  boolean isOnGround() {
    return onGround;
  }

  @Override
  public Body body() {
    return body;
  }

  @Override
  public Fix at(double seconds) {
    Axes axes = sky.axes(body, seconds);
    return new Fix(axes.turn(position), onGround ? axes.turn(zenith) : Vector.ZERO);
  }

  @Override
  public double period() {
    return 2 * Math.PI / body.spin();
  }

  /**
   * By how much a direction stands above the mask, as a difference of sines.
   *
   * @param direction length 1
   */
  double clearance(double seconds, Fix fix, Vector direction) {
    double sine = direction.dot(fix.up());
    if (mask.isConstant()) {
      return sine - Math.sin(mask.at(0));
    }
    Vector east = sky.axes(body, seconds).z().cross(fix.up());
    Vector north = fix.up().cross(east);
    double azimuth = Math.atan2(direction.dot(east), direction.dot(north));
    return sine - Math.sin(mask.at(azimuth));
  }
}
