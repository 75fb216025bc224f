package dev.holdfast.gateway.sim;

import java.util.Locale;

/** Virtual time as people read it: {@code 12d 03:04:05.678}. Any thread. */
public final class VirtualTime {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_DAY = 86_400_000;

  private VirtualTime() {}

  /** Nanoseconds since the world began, to the millisecond. */
  public static String text(long nanos) {
    long millis = nanos / NANOS_PER_MILLI;
    long ofDay = millis % MILLIS_PER_DAY;
    return String.format(
        Locale.ROOT,
        "%dd %02d:%02d:%02d.%03d",
        millis / MILLIS_PER_DAY,
        ofDay / 3_600_000,
        ofDay / 60_000 % 60,
        ofDay / 1_000 % 60,
        ofDay % 1_000);
  }
}
