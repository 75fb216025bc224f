package dev.holdfast.contacts.orbit;

import java.time.Instant;
import java.util.List;

/**
 * The zero that a plan's seconds count from, and what other clocks show then.
 *
 * @param start the first instant of the plan, UTC, 2000 or later
 */
record TimeBase(Instant start) {
  /** TAI minus UTC since 1999; no further leap second is announced. */
  static final List<Leap> LEAPS =
      List.of(
          new Leap(1999, 1, 32),
          new Leap(2006, 1, 33),
          new Leap(2009, 1, 34),
          new Leap(2012, 7, 35),
          new Leap(2015, 7, 36),
          new Leap(2017, 1, 37));

  private static final double TT_AHEAD_OF_TAI = 32.184;
  private static final double J2000_UNIX_SECONDS = 946_728_000;
  private static final double DAY = 86_400;

  /**
   * A step of UTC.
   *
   * @param year in which the offset begins
   * @param month on whose first day it does
   * @param seconds by which TAI is ahead from then on
   */
  record Leap(int year, int month, int seconds) {
    private Instant from() {
      return Instant.parse("%04d-%02d-01T00:00:00Z".formatted(year, month));
    }
  }

  /** By how many seconds TAI is ahead of UTC at the start; held for the whole plan. */
  int leapSeconds() {
    int seconds = LEAPS.getFirst().seconds();
    for (Leap leap : LEAPS) {
      if (!start.isBefore(leap.from())) {
        seconds = leap.seconds();
      }
    }
    return seconds;
  }

  /** Days of Terrestrial Time from J2000 to the start. */
  double daysTt() {
    double unix = start.getEpochSecond() + start.getNano() * 1e-9;
    return (unix - J2000_UNIX_SECONDS + leapSeconds() + TT_AHEAD_OF_TAI) / DAY;
  }
}
