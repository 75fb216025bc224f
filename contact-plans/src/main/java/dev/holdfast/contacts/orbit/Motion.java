package dev.holdfast.contacts.orbit;

/** Where a node is at each instant. */
sealed interface Motion permits Centre, Ellipse, Satellite, Site {
  /** The body that positions are given about. */
  Body body();

  /** Where the node is, so many seconds after the start. */
  Fix at(double seconds);

  /** In which time, seconds, what it sees changes once all around. */
  double period();

  /**
   * A place at an instant.
   *
   * @param position km from the centre of the body, along EME2000
   * @param up to the zenith, length 1, for a place on the ground; else zero
   */
  record Fix(Vector position, Vector up) {}
}
