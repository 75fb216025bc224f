package dev.holdfast.contacts.orbit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A constellation of circular orbits: {@code total} satellites in {@code planes} planes, each plane
 * turned against the one before by {@code phasing} parts of a full turn of {@code total}.
 *
 * @param total satellites, a multiple of the planes
 * @param planes at least 1
 * @param phasing 0 up to below the planes
 * @param pattern how the planes are spread
 * @param altitude above the Earth's equator, km
 * @param inclination radians
 * @param node of the first plane, radians
 */
public record Walker(
    int total,
    int planes,
    int phasing,
    Pattern pattern,
    double altitude,
    double inclination,
    double node) {

  /** How planes are spread. */
  public enum Pattern {
    /** Around all of the equator. */
    DELTA,
    /** Around half of it, as polar constellations are. */
    STAR
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they make no constellation
   */
  public Walker {
    if (total < 1 || planes < 1 || total % planes != 0) {
      throw new IllegalArgumentException(
          "%d satellites do not fill %d planes evenly; write t/p/f with t a multiple of p"
              .formatted(total, planes));
    }
    if (phasing < 0 || phasing >= planes) {
      throw new IllegalArgumentException(
          "phasing %d is not within 0 to %d; write t/p/f with f below p"
              .formatted(phasing, planes - 1));
    }
  }

  /** The satellites, plane by plane. */
  public List<Elements> satellites() {
    double full = 2 * Math.PI;
    double spread = pattern == Pattern.DELTA ? full : Math.PI;
    int inPlane = total / planes;
    List<Elements> all = new ArrayList<>();
    for (int plane = 0; plane < planes; plane++) {
      for (int slot = 0; slot < inPlane; slot++) {
        all.add(
            new Elements(
                Body.EARTH.radius() + altitude,
                0,
                inclination,
                node + spread * plane / planes,
                0,
                full * slot / inPlane + full * phasing * plane / total));
      }
    }
    return all;
  }

  /**
   * The usual four neighbours: ahead and behind in the plane, and the same place of the next plane;
   * in a star not across the seam, where planes go in opposite directions. Each pair stands once,
   * by the satellites' places in {@link #satellites()}.
   */
  public List<LinkRule.Pair> neighbours() {
    int inPlane = total / planes;
    List<LinkRule.Pair> pairs = new ArrayList<>();
    for (int plane = 0; plane < planes; plane++) {
      for (int slot = 0; slot < inPlane; slot++) {
        int self = plane * inPlane + slot;
        boolean last = slot == inPlane - 1;
        if (!last || inPlane > 2) {
          pairs.add(new LinkRule.Pair(self, plane * inPlane + (slot + 1) % inPlane));
        }
        acrossFrom(plane, slot).ifPresent(other -> pairs.add(new LinkRule.Pair(self, other)));
      }
    }
    return pairs;
  }

  private Optional<Integer> acrossFrom(int plane, int slot) {
    int inPlane = total / planes;
    if (plane + 1 < planes) {
      return Optional.of((plane + 1) * inPlane + slot);
    }
    if (pattern == Pattern.STAR || planes < 3) {
      return Optional.empty();
    }
    // Once around, the phasing has added up to a whole number of places.
    return Optional.of((slot + phasing) % inPlane);
  }
}
