package dev.holdfast.contacts.orbit;

import java.util.List;

/**
 * How fast one side sends, by distance.
 *
 * @param steps at least one, each reaching further than the one before
 */
public record Rates(List<Step> steps) {
  /**
   * A rate up to a distance.
   *
   * @param upTo km; infinite for any distance
   * @param bytesPerSecond 1 or more
   */
  public record Step(double upTo, long bytesPerSecond) {}

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if a step does not reach further than the one before
   */
  public Rates {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("no rate is given; write one such as 2Mbit/s");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).upTo() <= steps.get(i - 1).upTo()) {
        throw new IllegalArgumentException(
            "each step reaches further than the one before; sort them by distance");
      }
    }
  }

  /** One rate at every distance. */
  public static Rates of(long bytesPerSecond) {
    return new Rates(List.of(new Step(Double.POSITIVE_INFINITY, bytesPerSecond)));
  }

  /** How far the last step reaches, km. */
  double reach() {
    return steps.getLast().upTo();
  }

  /** Which step a distance falls into; the number of steps if beyond all. */
  int stepAt(double range) {
    int step = 0;
    while (step < steps.size() && range > steps.get(step).upTo()) {
      step++;
    }
    return step;
  }
}
