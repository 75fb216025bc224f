package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.OwltMargin;
import java.util.List;

/**
 * How things stand when a forecast begins.
 *
 * @param bookings what is booked already; the forecast books the rest there too
 * @param at when it begins
 * @param until how far traffic goes on
 * @param held what is held at that instant
 * @param unused pairs of nodes whose contacts are not to be used
 * @param overheadPercent what the convergence layer adds to a bundle, at least 100 bytes (CCSDS
 *     734.3-B-1 §2.4.3)
 * @param margin added to the plan's light times
 */
public record Present(
    Bookings bookings,
    DtnTime at,
    DtnTime until,
    List<Held> held,
    List<Pair> unused,
    int overheadPercent,
    OwltMargin margin) {
  private static final int USUAL_OVERHEAD_PERCENT = 3;

  /** Keeps its own lists. */
  public Present {
    held = List.copyOf(held);
    unused = List.copyOf(unused);
  }

  /**
   * Bytes that a node holds.
   *
   * @param node the node
   * @param bytes how many
   * @param until when they are gone
   */
  public record Held(NodeNumber node, long bytes, DtnTime until) {}

  /**
   * A sender and a receiver.
   *
   * @param from the sender
   * @param to the receiver
   */
  public record Pair(NodeNumber from, NodeNumber to) {}

  /** Nobody holds anything, and the plan is there from its start to its end. */
  static Present of(Bookings bookings) {
    return new Present(
        bookings,
        bookings.plan().start().orElse(DtnTime.UNKNOWN),
        bookings.plan().end().orElse(DtnTime.UNKNOWN),
        List.of(),
        List.of(),
        USUAL_OVERHEAD_PERCENT,
        OwltMargin.NONE);
  }

  /** What a bundle takes of a contact. */
  long consumption(long bytes) {
    return bytes + Math.max(100, bytes / 100 * overheadPercent);
  }
}
