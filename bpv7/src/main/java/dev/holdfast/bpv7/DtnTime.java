package dev.holdfast.bpv7;

import java.time.Instant;

/**
 * DTN time (RFC 9171 §4.2.6): milliseconds since 2000-01-01T00:00:00Z, an unsigned 64-bit number on
 * the wire.
 *
 * <p>Zero stands for "the source has no accurate clock". The arithmetic here saturates: a time too
 * far to express is {@link #FOREVER}, one before the epoch is zero.
 *
 * @param millis milliseconds since the DTN epoch, read as unsigned
 */
public record DtnTime(long millis) implements Comparable<DtnTime> {
  /** The DTN epoch in Unix milliseconds. */
  public static final long EPOCH_UNIX_MILLIS = 946_684_800_000L;

  /** The time of a source without an accurate clock. */
  public static final DtnTime UNKNOWN = new DtnTime(0);

  /** Later than anything else. */
  public static final DtnTime FOREVER = new DtnTime(-1L);

  /** The DTN time of a Unix instant; instants before 2000 become {@link #UNKNOWN}. */
  public static DtnTime of(Instant instant) {
    return new DtnTime(Math.max(0, instant.toEpochMilli() - EPOCH_UNIX_MILLIS));
  }

  /** Whether the clock that gave this time was not accurate (§4.2.7). */
  public boolean isUnknown() {
    return millis == 0;
  }

  /** This time moved by {@code delta} milliseconds (negative: earlier), saturating at both ends. */
  public DtnTime plus(long delta) {
    long moved = millis + delta;
    if (delta >= 0) {
      return Long.compareUnsigned(moved, millis) < 0 ? FOREVER : new DtnTime(moved);
    }
    return Long.compareUnsigned(moved, millis) > 0 ? UNKNOWN : new DtnTime(moved);
  }

  /**
   * This time moved later by {@code unsignedDelta} milliseconds, read as unsigned, saturating at
   * {@link #FOREVER}.
   */
  public DtnTime plusUnsigned(long unsignedDelta) {
    long moved = millis + unsignedDelta;
    return Long.compareUnsigned(moved, millis) < 0 ? FOREVER : new DtnTime(moved);
  }

  /**
   * Milliseconds from {@code earlier} to this; negative if this is earlier; saturates at the ends
   * of long.
   */
  public long since(DtnTime earlier) {
    long difference = millis - earlier.millis;
    boolean later = Long.compareUnsigned(millis, earlier.millis) >= 0;
    if (later) {
      return difference < 0 ? Long.MAX_VALUE : difference;
    }
    return difference > 0 ? Long.MIN_VALUE : difference;
  }

  /** Whether this is before {@code other}. */
  public boolean isBefore(DtnTime other) {
    return compareTo(other) < 0;
  }

  /** Whether this is after {@code other}. */
  public boolean isAfter(DtnTime other) {
    return compareTo(other) > 0;
  }

  /** The earlier of two times. */
  public static DtnTime min(DtnTime a, DtnTime b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** The later of two times. */
  public static DtnTime max(DtnTime a, DtnTime b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** As a Unix instant; times past the year 292,000,000 are cut there. */
  public Instant toInstant() {
    long cut = millis < 0 ? Long.MAX_VALUE - EPOCH_UNIX_MILLIS : millis;
    return Instant.ofEpochMilli(
        cut > Long.MAX_VALUE - EPOCH_UNIX_MILLIS ? Long.MAX_VALUE : cut + EPOCH_UNIX_MILLIS);
  }

  @Override
  public int compareTo(DtnTime other) {
    return Long.compareUnsigned(millis, other.millis);
  }

  @Override
  public String toString() {
    return isUnknown() ? "unknown" : equals(FOREVER) ? "forever" : toInstant().toString();
  }
}
