package dev.holdfast.contacts.orbit;

/** What a node is and where: as a scenario says it. Angles are radians, lengths km. */
public sealed interface Placement {
  /**
   * A station on the ground.
   *
   * @param body on which
   * @param latitude planetographic (of the Earth: geodetic), to the north
   * @param longitude to the east
   * @param height above the body's ellipsoid
   * @param mask from which elevation on it hears
   */
  record Ground(Body body, double latitude, double longitude, double height, Mask mask)
      implements Placement {}

  /**
   * A satellite that stands above a place on the equator.
   *
   * @param body the Earth or Mars
   * @param longitude to the east
   */
  record Stationary(Body body, double longitude) implements Placement {}

  /**
   * A satellite with Keplerian elements.
   *
   * @param body about which it goes
   * @param elements at the start of the plan
   * @param member whether it is one of many, and so moved by the fast model
   */
  record Orbiting(Body body, Elements elements, boolean member) implements Placement {}

  /**
   * A satellite of the Earth with two-line elements.
   *
   * @param lines the elements
   */
  record Tracked(TwoLines lines) implements Placement {}

  /**
   * All of a body as one node.
   *
   * @param body which
   */
  record Whole(Body body) implements Placement {}
}
