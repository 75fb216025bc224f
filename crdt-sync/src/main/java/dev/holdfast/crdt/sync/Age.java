package dev.holdfast.crdt.sync;

/**
 * How old something is at most, in 16 bits: 0 if not known; else 1 more than a number of seconds up
 * to 4,095, and from there on in steps that grow, rounded up by 1 part in 2,048 at most.
 *
 * <pre>
 *   code - 1 = exponent (5 bits), mantissa (11 bits)
 *   exponent 0: mantissa seconds; else (2,048 + mantissa) * 2^(exponent - 1) seconds
 * </pre>
 */
final class Age {
  /** Stands for an age that is not known. */
  static final long UNKNOWN = -1;

  static final int CODE_MAX = 0xffff;
  private static final int BITS = 11;
  private static final int ONE = 1 << BITS;

  private Age() {}

  /** The code of an age in seconds; of the highest one if it is higher than that. */
  static int code(long seconds) {
    if (seconds == UNKNOWN) {
      return 0;
    }
    if (seconds > seconds(CODE_MAX)) {
      return CODE_MAX;
    }
    if (seconds < 2 * ONE) {
      return (int) seconds + 1;
    }
    int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(seconds);
    long mantissa = (seconds + (1L << shift) - 1) >>> shift;
    // A mantissa that is rounded up to 2 * ONE carries into the exponent.
    return (int) ((long) shift * ONE + mantissa) + 1;
  }

  /** The seconds that a code stands for. */
  static long seconds(int code) {
    if (code == 0) {
      return UNKNOWN;
    }
    int exponent = (code - 1) >>> BITS;
    int mantissa = (code - 1) & (ONE - 1);
    return exponent == 0 ? mantissa : (long) (ONE + mantissa) << (exponent - 1);
  }
}
