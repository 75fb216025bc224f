package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;

/**
 * A window in which one node can send to another (CCSDS 734.3-B-1 §2.3.1): directed, with one mean
 * rate and one light time.
 *
 * <p>The end is strict: the last byte has left by {@code end}, and nothing starts at {@code end}.
 *
 * @param from the sender
 * @param to the receiver, another node
 * @param start first instant at which the sender may send
 * @param end first instant at which it may no longer; after {@code start}, not after {@link
 *     #LATEST_END}
 * @param bytesPerSecond mean rate, 1..{@link #MAX_BYTES_PER_SECOND}
 * @param owltMillis one-way light time in milliseconds, 0..{@link #MAX_OWLT_MILLIS}
 * @param confidence how likely the contact is to happen, above 0 up to 1; 1 is a scheduled contact
 */
public record Contact(
    NodeNumber from,
    NodeNumber to,
    DtnTime start,
    DtnTime end,
    long bytesPerSecond,
    long owltMillis,
    double confidence)
    implements Comparable<Contact> {

  /** 2250-01-01T00:00:00Z, so that every time of a plan is exact in nanoseconds in 64 bits. */
  public static final DtnTime LATEST_END = new DtnTime(7_889_270_400_000L);

  /** 10^12 bytes per second, far above any link. */
  public static final long MAX_BYTES_PER_SECOND = 1_000_000_000_000L;

  /** 366 days: more than eight light-days beyond the heliopause. */
  public static final long MAX_OWLT_MILLIS = 366L * 86_400_000L;

  /** Longer than any contact: the transfer time of what no contact can carry. */
  public static final long ENDLESS_NANOS = Long.MAX_VALUE / 2;

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Checks the ranges; the order of the checks is the order of the components. */
  public Contact {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a contact has two ends, this one has node " + from);
    }
    if (end.compareTo(start) <= 0) {
      throw new IllegalArgumentException("contact " + from + ">" + to + " ends before it starts");
    }
    if (end.isAfter(LATEST_END)) {
      throw new IllegalArgumentException("contact " + from + ">" + to + " ends after 2250");
    }
    if (bytesPerSecond < 1 || bytesPerSecond > MAX_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("rate out of range: " + bytesPerSecond + " bytes/s");
    }
    if (owltMillis < 0 || owltMillis > MAX_OWLT_MILLIS) {
      throw new IllegalArgumentException("light time out of range: " + owltMillis + " ms");
    }
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence is above 0 and at most 1: " + confidence);
    }
  }

  /** A scheduled contact: confidence 1. */
  public static Contact of(
      NodeNumber from,
      NodeNumber to,
      DtnTime start,
      DtnTime end,
      long bytesPerSecond,
      long owltMillis) {
    return new Contact(from, to, start, end, bytesPerSecond, owltMillis, 1.0);
  }

  /**
   * How long the bytes take to leave at a rate, in nanoseconds, rounded up; {@link #ENDLESS_NANOS}
   * if that is longer than any contact.
   *
   * @param bytes zero or more
   * @param bytesPerSecond 1..{@link #MAX_BYTES_PER_SECOND}
   */
  public static long transferNanos(long bytes, long bytesPerSecond) {
    if (bytes <= Long.MAX_VALUE / NANOS_PER_SECOND - 1) {
      return Math.ceilDiv(bytes * NANOS_PER_SECOND, bytesPerSecond);
    }
    long seconds = bytes / bytesPerSecond;
    if (seconds >= ENDLESS_NANOS / NANOS_PER_SECOND - 1) {
      return ENDLESS_NANOS;
    }
    // Below 10^12 the remainder needs 40 bits; ten of them go so that the product fits. That rounds
    // up by at most 2^10 bytes of the more than 9 GB that led here.
    long remainder = (bytes % bytesPerSecond >> 10) + 1;
    long rate = Math.max(1, bytesPerSecond >> 10);
    return seconds * NANOS_PER_SECOND + Math.ceilDiv(remainder * NANOS_PER_SECOND, rate);
  }

  /** Whether a byte may leave at {@code time}. */
  public boolean isOpenAt(DtnTime time) {
    return start.compareTo(time) <= 0 && time.compareTo(end) < 0;
  }

  /** The window's length in milliseconds, at least 1. */
  public long durationMillis() {
    return end.millis() - start.millis();
  }

  /** What the whole window can carry, in bytes (§2.3.1: duration times rate), rounded down. */
  public long volumeBytes() {
    return bytesFrom(start);
  }

  /** What can still leave from {@code time} on until the end, in bytes; zero after the end. */
  public long bytesFrom(DtnTime time) {
    DtnTime from = DtnTime.max(start, DtnTime.min(time, end));
    return bytesIn(end.millis() - from.millis(), bytesPerSecond);
  }

  /** What leaves in some milliseconds at a rate, in bytes, rounded down; cut at half of 2^63. */
  public static long bytesIn(long millis, long bytesPerSecond) {
    long seconds = millis / 1000;
    long whole = seconds * bytesPerSecond;
    if (Math.multiplyHigh(seconds, bytesPerSecond) != 0
        || whole > Long.MAX_VALUE / 2
        || whole < 0) {
      return Long.MAX_VALUE / 2;
    }
    return whole + millis % 1000 * bytesPerSecond / 1000;
  }

  /** {@code start} in nanoseconds since the DTN epoch. */
  public long startNanos() {
    return start.millis() * NANOS_PER_MILLI;
  }

  /** {@code end} in nanoseconds since the DTN epoch. */
  public long endNanos() {
    return end.millis() * NANOS_PER_MILLI;
  }

  /** The light time in nanoseconds. */
  public long owltNanos() {
    return owltMillis * NANOS_PER_MILLI;
  }

  /** Whether both join the same sender and receiver. */
  public boolean isSamePair(Contact other) {
    return from.equals(other.from) && to.equals(other.to);
  }

  /** Whether some instant lies in both windows. */
  public boolean overlaps(Contact other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** By sender, receiver, start: the order in which a plan keeps its contacts. */
  @Override
  public int compareTo(Contact other) {
    int order = from.compareTo(other.from);
    order = order != 0 ? order : to.compareTo(other.to);
    order = order != 0 ? order : start.compareTo(other.start);
    order = order != 0 ? order : end.compareTo(other.end);
    order = order != 0 ? order : Long.compare(bytesPerSecond, other.bytesPerSecond);
    order = order != 0 ? order : Long.compare(owltMillis, other.owltMillis);
    return order != 0 ? order : Double.compare(confidence, other.confidence);
  }
}
