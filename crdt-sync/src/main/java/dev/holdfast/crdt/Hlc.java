package dev.holdfast.crdt;

/**
 * A hybrid logical clock: close to the wall clock where that can be trusted, and always after what
 * was seen. It orders what people are shown; it never decides that something is deleted.
 *
 * @param millis milliseconds since 2000-01-01T00:00:00Z (DTN time), 0 to {@value #MILLIS_MAX}
 * @param counter tells apart what falls into one millisecond, 0 to {@value #COUNTER_MAX}
 */
public record Hlc(long millis, int counter) implements Comparable<Hlc> {
  /** The latest millisecond: 48 bits, in the year 10919. */
  public static final long MILLIS_MAX = (1L << 48) - 1;

  /** The highest counter: 16 bits. */
  public static final int COUNTER_MAX = 0xffff;

  /** Before everything. */
  public static final Hlc ZERO = new Hlc(0, 0);

  /** Checks the ranges. */
  public Hlc {
    if (millis < 0 || millis > MILLIS_MAX || counter < 0 || counter > COUNTER_MAX) {
      throw new IllegalArgumentException("no hybrid time: " + millis + "." + counter);
    }
  }

  /** The time that {@link #packed()} made that number of. */
  public static Hlc unpack(long packed) {
    return new Hlc(packed >>> 16, (int) (packed & COUNTER_MAX));
  }

  /** Both in one unsigned 64-bit number of the same order: milliseconds above, counter below. */
  public long packed() {
    return millis << 16 | counter;
  }

  /**
   * The time of the next local event: after this, and not before the wall clock.
   *
   * @param wallMillis the wall clock in milliseconds since 2000; may jump either way
   */
  public Hlc next(long wallMillis) {
    if (wallMillis > millis) {
      return new Hlc(Math.min(wallMillis, MILLIS_MAX), 0);
    }
    return counter < COUNTER_MAX ? new Hlc(millis, counter + 1) : new Hlc(millis + 1, 0);
  }

  /**
   * This clock once it has seen {@code other}, so that the next local event comes after it. A time
   * too far ahead of the wall clock does not move it: else one wrong clock would take all others
   * along.
   *
   * @param other a time from elsewhere
   * @param wallMillis the wall clock in milliseconds since 2000
   * @param driftMillis how far ahead a time may be and still be followed
   */
  public Hlc witness(Hlc other, long wallMillis, long driftMillis) {
    return other.compareTo(this) > 0 && other.aheadOf(wallMillis) <= driftMillis ? other : this;
  }

  /** How far this is ahead of the wall clock, in milliseconds; negative if behind. */
  public long aheadOf(long wallMillis) {
    return Math.subtractExact(millis, wallMillis);
  }

  /** By time, then by counter. */
  @Override
  public int compareTo(Hlc other) {
    return Long.compareUnsigned(packed(), other.packed());
  }
}
