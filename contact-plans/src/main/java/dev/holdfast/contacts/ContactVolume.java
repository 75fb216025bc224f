package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is booked on one contact, by traffic class (CCSDS 734.3-B-1 §3.2.6.8.8). A class sees only
 * what is booked for itself and for more urgent ones; what it books moves the less urgent on, as it
 * will be when they leave, and the last of them may find the contact over: it is overbooked.
 *
 * <p>The same number of bytes that arrives later is never sent earlier (first free slot), which
 * keeps earliest-arrival search exact. Times are nanoseconds since the DTN epoch. Mutable, for one
 * thread.
 */
public final class ContactVolume {
  /** No slot is free. */
  public static final long NONE = -1;

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final int CLASSES = TrafficClass.values().length;

  private final Contact contact;

  /** What each class booked, where it booked it. */
  private final @Nullable Slots[] own = new @Nullable Slots[CLASSES];

  /** What each class sees, where it has moved to; kept only if several classes booked. */
  private final @Nullable Slots[] moved = new @Nullable Slots[CLASSES];

  /** Bytes that each class booked and that were neither given back nor passed on. */
  private final long[] owed = new long[CLASSES];

  private long forgottenBefore = Long.MIN_VALUE;
  private boolean closed;

  /** Nothing booked yet. */
  public ContactVolume(Contact contact) {
    this.contact = contact;
  }

  /** The same bookings, to be changed by themselves. */
  ContactVolume copy() {
    ContactVolume copy = new ContactVolume(contact);
    for (int c = 0; c < CLASSES; c++) {
      Slots slots = own[c];
      copy.own[c] = slots == null ? null : slots.copy();
      copy.owed[c] = owed[c];
    }
    copy.forgottenBefore = forgottenBefore;
    copy.closed = closed;
    return copy;
  }

  /** The contact whose volume this is. */
  public Contact contact() {
    return contact;
  }

  /** Bytes that are booked and neither given back nor passed on. */
  public long bookedBytes() {
    return owed(TrafficClass.BULK);
  }

  private long owed(TrafficClass trafficClass) {
    long sum = 0;
    for (int c = trafficClass.code(); c < CLASSES; c++) {
      sum += owed[c];
    }
    return sum;
  }

  /** Whether nothing is taken and it is not closed. */
  public boolean isWhole() {
    for (Slots slots : own) {
      if (slots != null && !slots.isEmpty()) {
        return false;
      }
    }
    return !closed;
  }

  /** Whether nothing can be booked now. */
  public boolean isClosed() {
    return closed;
  }

  /** Nothing is free from now on until it is opened again; what is booked stays so. */
  public void close() {
    closed = true;
  }

  /** It can be booked again. */
  public void open() {
    closed = false;
  }

  /**
   * Bytes of a class that can still be promised at {@code time}: what the contact can carry from
   * then on, less everything booked for it and for more urgent ones, sent or not; never negative.
   */
  public long remainingBytes(DtnTime time, TrafficClass trafficClass) {
    if (closed || !time.isBefore(contact.end())) {
      return 0;
    }
    long from = Math.max(contact.startNanos(), time.millis() * NANOS_PER_MILLI);
    long taken = seen(trafficClass).taken(from, contact.endNanos());
    long free = (contact.endNanos() - from - taken) / NANOS_PER_MILLI;
    long left = Contact.bytesIn(free, contact.bytesPerSecond());
    return Math.max(0, Math.min(left, contact.bytesFrom(time) - owed(trafficClass)));
  }

  /**
   * Bytes booked that cannot leave before the end, because more urgent ones were booked later: as
   * many, of the least urgent, need another way.
   */
  public long overbookedBytes() {
    long beyond = seen(TrafficClass.BULK).end() - contact.endNanos();
    return beyond <= 0
        ? 0
        : Math.max(1, Contact.bytesIn(beyond / NANOS_PER_MILLI, contact.bytesPerSecond()));
  }

  /**
   * Books the first free slot in which the bytes can leave whole, not before {@code time}. Empty if
   * there is none; then nothing changes.
   *
   * @param bytes at least 1
   */
  public Optional<Booking> book(DtnTime time, long bytes, TrafficClass trafficClass) {
    if (time.compareTo(contact.end()) >= 0) {
      return Optional.empty();
    }
    return bookNanos(time.millis() * NANOS_PER_MILLI, bytes, trafficClass);
  }

  /** As {@link #book}, with the time in nanoseconds since the DTN epoch. */
  public Optional<Booking> bookNanos(long time, long bytes, TrafficClass trafficClass) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a booking has at least one byte: " + bytes);
    }
    long length = Contact.transferNanos(bytes, contact.bytesPerSecond());
    long start = firstFree(time, length, trafficClass);
    if (start == NONE) {
      return Optional.empty();
    }
    own(trafficClass).take(start, start + length);
    for (int level = 0; level <= trafficClass.code(); level++) {
      Slots known = moved[level];
      if (known != null) {
        known.push(start, length);
      }
    }
    owed[trafficClass.code()] += bytes;
    return Optional.of(new Booking(contact, trafficClass, bytes, start, start + length));
  }

  /**
   * Gives a booking back.
   *
   * @throws IllegalArgumentException if it is none of this contact, or not booked now
   */
  public void unbook(Booking booking) {
    boolean ours =
        booking.contact().equals(contact) && booking.bytes() <= owed[booking.trafficClass().code()];
    boolean over = booking.lastNanos() <= forgottenBefore;
    if (!ours
        || !(over || own(booking.trafficClass()).free(booking.firstNanos(), booking.lastNanos()))) {
      throw new IllegalArgumentException("not booked here: " + booking);
    }
    owed[booking.trafficClass().code()] -= booking.bytes();
    recompute(booking.trafficClass());
  }

  /**
   * A booking will not be given back: its bundle is on its way to this contact, at another node.
   * Its slot stays taken until it is over.
   */
  public void pass(Booking booking) {
    owed[booking.trafficClass().code()] -= booking.bytes();
  }

  /** Forgets slots that are over by then. Bookings in them can still be given back. */
  public void forgetBefore(DtnTime time) {
    long nanos = Math.min(time.millis() * NANOS_PER_MILLI, contact.endNanos());
    forgottenBefore = Math.max(forgottenBefore, nanos);
    for (Slots slots : own) {
      if (slots != null) {
        slots.forgetBefore(nanos);
      }
    }
    recompute(TrafficClass.URGENT);
  }

  /**
   * The earliest time, not before {@code time}, at which a slot of {@code length} nanoseconds is
   * free; {@link #NONE} if there is none by the end of the contact.
   */
  public long firstFree(long time, long length, TrafficClass trafficClass) {
    if (closed) {
      return NONE;
    }
    long start = seen(trafficClass).firstFree(Math.max(time, contact.startNanos()), length);
    return contact.endNanos() - start >= Math.max(1, length) ? start : NONE;
  }

  /**
   * The latest time at which a slot of {@code length} nanoseconds starts that is over by {@code
   * deadline}; {@link #NONE} if there is none.
   */
  public long lastFree(long deadline, long length, TrafficClass trafficClass) {
    if (closed) {
      return NONE;
    }
    long start = seen(trafficClass).lastFree(Math.min(deadline, contact.endNanos()), length);
    return start >= contact.startNanos() ? start : NONE;
  }

  private Slots own(TrafficClass trafficClass) {
    Slots slots = own[trafficClass.code()];
    if (slots == null) {
      slots = new Slots();
      own[trafficClass.code()] = slots;
    }
    return slots;
  }

  /** What a class finds taken: if only one class booked, that is where it booked. */
  private Slots seen(TrafficClass trafficClass) {
    Slots only = Slots.NONE;
    boolean several = false;
    for (int c = trafficClass.code(); c < CLASSES; c++) {
      Slots slots = own[c];
      if (slots != null && !slots.isEmpty()) {
        several |= !only.isEmpty();
        only = slots;
      }
    }
    return several ? moved(trafficClass.code()) : only;
  }

  private Slots moved(int level) {
    Slots known = moved[level];
    if (known == null) {
      known = new Slots();
      for (int c = level; c < CLASSES; c++) {
        Slots slots = own[c];
        if (slots != null) {
          known.pushAll(slots);
        }
      }
      moved[level] = known;
    }
    return known;
  }

  private void recompute(TrafficClass upTo) {
    for (int level = 0; level <= upTo.code(); level++) {
      moved[level] = null;
    }
  }
}
