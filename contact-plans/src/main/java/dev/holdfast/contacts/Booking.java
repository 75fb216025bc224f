package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;

/**
 * A slot of a contact that is kept for some bytes.
 *
 * @param contact whose volume it takes
 * @param trafficClass whose slot it is
 * @param bytes how many, at least 1
 * @param firstNanos when the first byte leaves, in nanoseconds since the DTN epoch
 * @param lastNanos when the last byte has left, in nanoseconds since the DTN epoch
 */
public record Booking(
    Contact contact, TrafficClass trafficClass, long bytes, long firstNanos, long lastNanos) {
  /** The slot lies within its contact. */
  public Booking {
    if (bytes < 1 || firstNanos < contact.startNanos() || lastNanos > contact.endNanos()) {
      throw new IllegalArgumentException("a booking lies within its contact");
    }
    if (lastNanos <= firstNanos) {
      throw new IllegalArgumentException("a booking takes time");
    }
  }

  /** When the first byte leaves, to the millisecond before. */
  public DtnTime first() {
    return new DtnTime(firstNanos / 1_000_000L);
  }

  /** When the last byte has left, to the millisecond after. */
  public DtnTime last() {
    return new DtnTime(Math.ceilDiv(lastNanos, 1_000_000L));
  }
}
