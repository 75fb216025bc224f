package dev.holdfast.gateway.linkem;

/**
 * A time in which one direction of the link carries bytes. Times are nanoseconds since the epoch of
 * the run.
 *
 * @param startNanos first instant at which bytes may leave
 * @param endNanos first instant at which they may no longer; the last byte has left by then
 * @param quality what it is like meanwhile
 * @param deliversInFlight if it closes then: whether bytes that have left still arrive
 */
public record LinkWindow(
    long startNanos, long endNanos, LinkQuality quality, boolean deliversInFlight) {
  /** Before everything; leaves room for arithmetic. */
  public static final long ALWAYS = Long.MIN_VALUE / 4;

  /** After everything; leaves room for arithmetic. */
  public static final long NEVER = Long.MAX_VALUE / 4;

  /** Checks that it has a length and stays within the bounds. */
  public LinkWindow {
    if (endNanos <= startNanos || startNanos < ALWAYS || endNanos > NEVER) {
      throw new IllegalArgumentException("a window ends after it starts");
    }
  }

  /** A window after which what has left arrives. */
  public LinkWindow(long startNanos, long endNanos, LinkQuality quality) {
    this(startNanos, endNanos, quality, true);
  }

  /** A window that never closes. */
  public static LinkWindow always(LinkQuality quality) {
    return new LinkWindow(ALWAYS, NEVER, quality);
  }

  /** Whether a byte may leave at that instant. */
  public boolean isOpenAt(long nanos) {
    return startNanos <= nanos && nanos < endNanos;
  }
}
