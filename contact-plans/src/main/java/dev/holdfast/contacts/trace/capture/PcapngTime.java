package dev.holdfast.contacts.trace.capture;

/**
 * What the numbers of an interface's clock mean.
 *
 * @param unitsPerSecond ticks in a second, at least 1
 * @param offsetSeconds what is to be added
 */
record PcapngTime(long unitsPerSecond, long offsetSeconds) {
  static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Latest second since 1970 whose nanoseconds fit into 64 bits, about the year 2262. */
  static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

  private static final int MOST_DECIMALS = 18;
  private static final int MOST_BITS = 62;
  private static final int FINE_BITS = 33;

  /** Microseconds, as if nothing is said. */
  static final PcapngTime MICROS = new PcapngTime(1_000_000, 0);

  /**
   * Ticks by the option if_tsresol: powers of ten, or of two if the high bit is set. -1 if none.
   */
  static long unitsPerSecond(int resolution) {
    int power = resolution & 0x7f;
    if ((resolution & 0x80) != 0) {
      return power <= MOST_BITS ? 1L << power : -1;
    }
    long units = 1;
    for (int i = 0; i < power && power <= MOST_DECIMALS; i++) {
      units *= 10;
    }
    return power <= MOST_DECIMALS ? units : -1;
  }

  /** Nanoseconds since 1970, or -1 if that is no time from 1970 to 2262. */
  long unixNanos(long ticks) {
    long seconds = Long.divideUnsigned(ticks, unitsPerSecond) + offsetSeconds;
    if (seconds < 0 || seconds > MAX_SECONDS) {
      return -1;
    }
    long fraction = Long.remainderUnsigned(ticks, unitsPerSecond);
    return seconds * NANOS_PER_SECOND + nanos(fraction);
  }

  private long nanos(long fraction) {
    if (unitsPerSecond <= NANOS_PER_SECOND) {
      return fraction * NANOS_PER_SECOND / unitsPerSecond;
    }
    if (Long.bitCount(unitsPerSecond) > 1) {
      return fraction / (unitsPerSecond / NANOS_PER_SECOND);
    }
    // A power of two: 33 bits of it are finer than a nanosecond, and the product fits.
    int shift = Math.max(0, Long.numberOfTrailingZeros(unitsPerSecond) - FINE_BITS);
    return (fraction >>> shift) * NANOS_PER_SECOND / (unitsPerSecond >>> shift);
  }
}
