package dev.holdfast.gateway.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to run the demo.
 *
 * @param speed how much faster than its plan it runs, 1..{@link #MAX_SPEED}
 * @param traffic for how long to send; rounded up to whole turns of the plan
 * @param keep where configurations, stores and logs stay; a directory that is empty or does not
 *     exist. Empty: a temporary one that is deleted
 * @param sabotage what to break on purpose
 */
public record DemoSettings(
    int speed, Duration traffic, Optional<Path> keep, Optional<Sabotage> sabotage) {
  /** Beyond it a contact is too short for a session to be set up and a bundle to be sent. */
  public static final int MAX_SPEED = 120;

  /** Most turns of the plan with traffic: some 60,000 bundles. */
  private static final int MAX_TURNS = 1_000;

  /** Turns after the last one with traffic, so that what is on its way can arrive. */
  private static final int TURNS_TO_ARRIVE = 3;

  /** Also a short run may last so many turns: a loaded machine takes long to start the relay. */
  private static final int LEAST_TURNS = 5;

  /** Checks the ranges. */
  public DemoSettings {
    if (speed < 1 || speed > MAX_SPEED) {
      throw new IllegalArgumentException(
          "a speed of " + speed + " is out of range; from 1 to " + MAX_SPEED);
    }
    if (traffic.isZero() || traffic.isNegative()) {
      throw new IllegalArgumentException("traffic for no time at all; give 40s or so");
    }
    if (turns(speed, traffic) > MAX_TURNS) {
      throw new IllegalArgumentException(
          "more than " + MAX_TURNS + " turns of the plan; run it shorter or slower");
    }
  }

  /** Two turns of the plan. */
  public static Duration usualTraffic(int speed) {
    return Duration.ofMillis(2 * DemoPlan.TURN_SECONDS * 1000 / speed);
  }

  /** Turns of the plan in which bundles are sent. */
  int turnsWithTraffic() {
    return (int) turns(speed, traffic);
  }

  /** Turns of the plan after which the run ends, whatever has not arrived by then. */
  int turnsInAll() {
    return Math.max(LEAST_TURNS, turnsWithTraffic() + TURNS_TO_ARRIVE);
  }

  /** Milliseconds of the run that so many seconds of the plan take. */
  long millis(double planSeconds) {
    return Math.round(planSeconds * 1000 / speed);
  }

  private static long turns(int speed, Duration traffic) {
    return Math.ceilDiv(traffic.toMillis() * speed, DemoPlan.TURN_SECONDS * 1000);
  }
}
