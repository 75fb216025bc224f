package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is booked on one contact: busy slots in time, disjoint and ascending, adjacent ones joined.
 * The same number of bytes that arrives later is never sent earlier (first free slot), which keeps
 * earliest-arrival search exact.
 *
 * <p>Times are nanoseconds since the DTN epoch. Mutable, for one thread.
 */
public final class ContactVolume {
  /** No slot is free. */
  public static final long NONE = -1;

  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Contact contact;
  private long[] first = new long[4];
  private long[] last = new long[4];
  private int slots;
  private long bookedBytes;

  /** Nothing booked yet. */
  public ContactVolume(Contact contact) {
    this.contact = contact;
  }

  /** The contact whose volume this is. */
  public Contact contact() {
    return contact;
  }

  /** Bytes that are booked and not given back. */
  public long bookedBytes() {
    return bookedBytes;
  }

  /**
   * Bytes that can still be promised at {@code time}: what the contact can carry from then on less
   * everything booked and not given back, sent or not; never negative.
   */
  public long remainingBytes(DtnTime time) {
    return Math.max(0, contact.bytesFrom(time) - bookedBytes);
  }

  /**
   * Books the first free slot in which the bytes can leave whole, not before {@code time}. Empty if
   * there is none; then nothing changes.
   *
   * @param bytes at least 1
   */
  public Optional<Booking> book(DtnTime time, long bytes) {
    if (time.compareTo(contact.end()) >= 0) {
      return Optional.empty();
    }
    return bookNanos(time.millis() * NANOS_PER_MILLI, bytes);
  }

  /** As {@link #book}, with the time in nanoseconds since the DTN epoch. */
  public Optional<Booking> bookNanos(long time, long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a booking has at least one byte: " + bytes);
    }
    long length = Contact.transferNanos(bytes, contact.bytesPerSecond());
    long start = firstFree(time, length);
    if (start == NONE) {
      return Optional.empty();
    }
    occupy(start, start + length);
    bookedBytes += bytes;
    return Optional.of(new Booking(contact, bytes, start, start + length));
  }

  /**
   * Gives a booking back.
   *
   * @throws IllegalArgumentException if it is none of this contact, or not booked now
   */
  public void unbook(Booking booking) {
    if (!booking.contact().equals(contact) || booking.bytes() > bookedBytes) {
      throw new IllegalArgumentException("not booked here: " + booking);
    }
    int slot = firstEndingAfter(booking.firstNanos());
    if (slot == slots || first[slot] > booking.firstNanos() || last[slot] < booking.lastNanos()) {
      throw new IllegalArgumentException("not booked here: " + booking);
    }
    release(slot, booking.firstNanos(), booking.lastNanos());
    bookedBytes -= booking.bytes();
  }

  /**
   * The earliest time, not before {@code time}, at which a slot of {@code length} nanoseconds is
   * free; {@link #NONE} if there is none by the end of the contact.
   */
  public long firstFree(long time, long length) {
    long start = Math.max(time, contact.startNanos());
    for (int slot = firstEndingAfter(start); slot < slots; slot++) {
      if (first[slot] >= start && first[slot] - start >= length) {
        break;
      }
      start = last[slot];
    }
    return contact.endNanos() - start >= Math.max(1, length) ? start : NONE;
  }

  /**
   * The latest time at which a slot of {@code length} nanoseconds starts that is over by {@code
   * deadline}; {@link #NONE} if there is none.
   */
  public long lastFree(long deadline, long length) {
    long stop = Math.min(deadline, contact.endNanos());
    for (int slot = lastStartingBefore(stop); slot >= 0; slot--) {
      if (stop - last[slot] >= length) {
        break;
      }
      stop = first[slot];
    }
    return stop - contact.startNanos() >= length ? stop - length : NONE;
  }

  private int firstEndingAfter(long time) {
    int low = 0;
    int high = slots;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int lastStartingBefore(long time) {
    int slot = firstEndingAfter(time - 1);
    return slot < slots && first[slot] < time ? slot : slot - 1;
  }

  private void occupy(long from, long to) {
    int at = firstEndingAfter(from);
    boolean joinsBefore = at > 0 && last[at - 1] == from;
    boolean joinsAfter = at < slots && first[at] == to;
    if (joinsBefore && joinsAfter) {
      last[at - 1] = last[at];
      remove(at);
    } else if (joinsBefore) {
      last[at - 1] = to;
    } else if (joinsAfter) {
      first[at] = from;
    } else {
      insert(at, from, to);
    }
  }

  private void release(int slot, long from, long to) {
    long slotFirst = first[slot];
    long slotLast = last[slot];
    if (slotFirst == from && slotLast == to) {
      remove(slot);
    } else if (slotFirst == from) {
      first[slot] = to;
    } else {
      last[slot] = from;
      if (slotLast > to) {
        insert(slot + 1, to, slotLast);
      }
    }
  }

  private void insert(int at, long from, long to) {
    if (slots == first.length) {
      first = Arrays.copyOf(first, slots * 2);
      last = Arrays.copyOf(last, slots * 2);
    }
    System.arraycopy(first, at, first, at + 1, slots - at);
    System.arraycopy(last, at, last, at + 1, slots - at);
    first[at] = from;
    last[at] = to;
    slots++;
  }

  private void remove(int at) {
    slots--;
    System.arraycopy(first, at + 1, first, at, slots - at);
    System.arraycopy(last, at + 1, last, at, slots - at);
  }
}
