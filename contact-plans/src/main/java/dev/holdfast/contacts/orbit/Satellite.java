package dev.holdfast.contacts.orbit;

import java.util.function.DoubleFunction;

/** A satellite of the Earth that Orekit moves. */
final class Satellite implements Motion {
  private final double period;
  private final DoubleFunction<Vector> position;

  /**
   * A satellite.
   *
   * @param period of its revolution, seconds
   * @param position by seconds after the start
   */
  Satellite(double period, DoubleFunction<Vector> position) {
    this.period = period;
    this.position = position;
  }

  @Override
  public Body body() {
    return Body.EARTH;
  }

  @Override
  public Fix at(double seconds) {
    return new Fix(position.apply(seconds), Vector.ZERO);
  }

  @Override
  public double period() {
    return period;
  }
}
