package dev.holdfast.gateway.sim;

/**
 * What one direction of a link is like while it is open.
 *
 * @param lightNanos one-way light time in nanoseconds, 0 or more
 * @param bytesPerSecond rate; 0 for no limit
 * @param loss how likely a bundle or segment is lost: 0..1
 */
public record Channel(long lightNanos, long bytesPerSecond, double loss) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** No delay, no limit, no loss. */
  public static final Channel PERFECT = new Channel(0, 0, 0);

  /** Checks the ranges. */
  public Channel {
    if (lightNanos < 0 || bytesPerSecond < 0 || !(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException(
          "no channel: " + lightNanos + " ns, " + bytesPerSecond + " B/s, loss " + loss);
    }
  }

  /** Without loss. */
  public static Channel of(long lightMillis, long bytesPerSecond) {
    return new Channel(lightMillis * NANOS_PER_MILLI, bytesPerSecond, 0);
  }
}
