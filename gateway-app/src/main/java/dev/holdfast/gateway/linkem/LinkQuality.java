package dev.holdfast.gateway.linkem;

import dev.holdfast.contacts.trace.LinkChange;

/**
 * What a direction of the link is like while it is open.
 *
 * @param bytesPerSecond rate, 0..{@link #UNLIMITED}; at 0 nothing leaves, and connections stay
 * @param owltNanos one-way light time in nanoseconds, 0..{@link #MAX_OWLT_NANOS}
 * @param loss probability that a packet is lost, 0 up to but not including 1
 */
public record LinkQuality(long bytesPerSecond, long owltNanos, double loss) {
  /** 10^12 bytes a second: as good as no limit. */
  public static final long UNLIMITED = 1_000_000_000_000L;

  /** 366 days, as in a trace. */
  public static final long MAX_OWLT_NANOS = LinkChange.MAX_OWLT_NANOS;

  /** No delay, no limit, no loss. */
  public static final LinkQuality PERFECT = new LinkQuality(UNLIMITED, 0, 0);

  /** Checks the ranges. */
  public LinkQuality {
    if (bytesPerSecond < 0 || bytesPerSecond > UNLIMITED) {
      throw new IllegalArgumentException("rate out of range: " + bytesPerSecond + " bytes/s");
    }
    if (owltNanos < 0 || owltNanos > MAX_OWLT_NANOS) {
      throw new IllegalArgumentException("light time out of range: 0 s to 366 d");
    }
    if (!(loss >= 0 && loss < 1)) {
      throw new IllegalArgumentException("loss out of range: 0 up to, not including, 1: " + loss);
    }
  }

  /**
   * How long that many bytes take to leave, in nanoseconds, rounded up; {@link LinkWindow#NEVER} if
   * they never do. At most 2^30 bytes.
   */
  long transmitNanos(int bytes) {
    return bytesPerSecond == 0
        ? LinkWindow.NEVER
        : Math.ceilDiv(bytes * 1_000_000_000L, bytesPerSecond);
  }
}
