package dev.holdfast.gateway.clock;

import dev.holdfast.bpv7.DtnTime;

/**
 * One reading of both sides of the clock.
 *
 * @param bootNanos monotonic side: nanoseconds since the machine's boot; durations are measured
 *     here and nowhere else
 * @param wall wall side: DTN time
 * @param wallErrorMillis how far the wall side may be off, in milliseconds; {@link Long#MAX_VALUE}
 *     if it cannot be trusted at all
 * @param trusted whether the wall side is good enough to expire bundles and open contacts by
 */
public record Moment(long bootNanos, DtnTime wall, long wallErrorMillis, boolean trusted) {
  /** Milliseconds since boot. */
  public long bootMillis() {
    return bootNanos / 1_000_000;
  }

  /** The earliest time it may be. */
  public DtnTime earliestWall() {
    return wallErrorMillis == Long.MAX_VALUE ? DtnTime.UNKNOWN : wall.plus(-wallErrorMillis);
  }
}
