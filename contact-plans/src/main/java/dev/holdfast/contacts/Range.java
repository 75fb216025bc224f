package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;

/**
 * A window in which the light time from one node to another is constant (CCSDS 734.3-B-1 §2.3.1).
 * Directed: it says nothing about the way back.
 *
 * @param from the sender
 * @param to the receiver
 * @param start first instant of the window
 * @param end first instant after it; after {@code start}
 * @param owltMillis one-way light time in milliseconds, 0..{@link Contact#MAX_OWLT_MILLIS}
 */
public record Range(NodeNumber from, NodeNumber to, DtnTime start, DtnTime end, long owltMillis) {
  /** Checks the window and the light time. */
  public Range {
    if (end.compareTo(start) <= 0) {
      throw new IllegalArgumentException("range " + from + ">" + to + " ends before it starts");
    }
    if (owltMillis < 0 || owltMillis > Contact.MAX_OWLT_MILLIS) {
      throw new IllegalArgumentException("light time out of range: " + owltMillis + " ms");
    }
  }

  /** The window in which a contact can be used; its light time is this range's. */
  public static Range of(Contact contact) {
    return new Range(
        contact.from(), contact.to(), contact.start(), contact.end(), contact.owltMillis());
  }

  /** The same distance for the way back. */
  public Range reversed() {
    return new Range(to, from, start, end, owltMillis);
  }

  /** The part of this range between two instants, which must leave some of it. */
  public Range between(DtnTime first, DtnTime last) {
    return new Range(from, to, DtnTime.max(start, first), DtnTime.min(end, last), owltMillis);
  }
}
