package dev.holdfast.contacts.orbit;

/**
 * What a link needs besides a free line of sight.
 *
 * @param maxRange km; infinite if the distance does not matter
 * @param grazing km above a body's surface that the line must keep; negative for what is usual: 100
 *     for the Earth with its air, 0 for the Moon and Mars
 * @param sunAngle radians that the other end must stand from the Sun as seen from the Earth's side
 *     of a link between planets; 0 if the Sun does not matter
 */
public record Reach(double maxRange, double grazing, double sunAngle) {
  /** Kept above the Earth unless a scenario says otherwise, km: the air bends and dims below. */
  public static final double AIR = 100;

  /** The distance from a body's centre that the line must keep, km. */
  double keptFrom(Body body) {
    double height = grazing >= 0 ? grazing : body == Body.EARTH ? AIR : 0;
    return body.radius() + height;
  }

  /** The same up to another distance. */
  Reach upTo(double range) {
    return new Reach(Math.min(maxRange, range), grazing, sunAngle);
  }
}
