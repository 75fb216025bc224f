package dev.holdfast.contacts.orbit;

/**
 * A node that stands for all of a body: for plans in which only the planets count.
 *
 * @param body the body at whose centre it is
 */
record Centre(Body body) implements Motion {
  private static final Fix MIDDLE = new Fix(Vector.ZERO, Vector.ZERO);

  /** A body's distance changes over a month or years; ten days are fine enough for both. */
  private static final double TEN_DAYS = 864_000;

  @Override
  public Fix at(double seconds) {
    return MIDDLE;
  }

  @Override
  public double period() {
    return TEN_DAYS;
  }
}
