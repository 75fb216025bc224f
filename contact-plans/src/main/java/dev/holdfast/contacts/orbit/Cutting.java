package dev.holdfast.contacts.orbit;

import java.time.Duration;

/**
 * How windows become contacts.
 *
 * @param guard taken off at both ends of a window, not where the plan begins or ends
 * @param shortest what is left below this is no contact
 * @param drift how far the light time may move within a contact, at least
 * @param relativeDrift the same as a share of the light time; the larger of the two holds
 */
public record Cutting(Duration guard, Duration shortest, Duration drift, double relativeDrift) {
  /** 5 s, 30 s, 10 ms, 1 %. */
  public static final Cutting DEFAULT =
      new Cutting(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(10), 0.01);

  /** Whether light times from {@code low} to {@code high}, seconds, may stand in one contact. */
  boolean isOne(double low, double high) {
    return high - low <= Math.max(drift.toMillis() / 1000.0, relativeDrift * low);
  }
}
