package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactVolume;

/**
 * When a bundle of one size can leave on a contact, and when it is across: the first free slot
 * after an instant, the last one before a deadline. Both never go back when the instant goes on, so
 * label-setting search is exact with bookings too.
 */
final class Transit {
  private final PlanGraph graph;
  private Bookings bookings;
  private OwltMargin margin = OwltMargin.NONE;
  private Detour detour = Detour.NONE;
  private boolean detoured;
  private long size;
  private long least = 1;
  private TrafficClass trafficClass = TrafficClass.NORMAL;

  Transit(PlanGraph graph, Bookings bookings) {
    this.graph = graph;
    this.bookings = bookings;
  }

  void prepare(RouteQuery query, Bookings booked, Detour around) {
    this.bookings = booked;
    this.detour = around;
    this.detoured = !around.contacts().isEmpty();
    this.margin = query.margin();
    this.size = query.sizeBytes();
    this.least = query.contactEnd().leastNanos(0);
    this.trafficClass = query.trafficClass();
  }

  /** The earliest instant, not before {@code time}, at which the first byte can leave, or NONE. */
  long depart(int contact, long time) {
    return depart(contact, time, transfer(contact));
  }

  /** The same with what {@link #transfer} says. */
  long depart(int contact, long time, long length) {
    if (isForbidden(contact)) {
      return PlanGraph.NONE;
    }
    long first = Math.max(graph.start[contact], time);
    // With a strict end a bundle without bytes still leaves before the end, not at it.
    if (graph.end[contact] - first < Math.max(least, length)) {
      return PlanGraph.NONE;
    }
    return isBooked(contact) ? volume(contact).firstFree(first, length, trafficClass) : first;
  }

  /** The latest instant at which the first byte can leave to be across by the deadline, or NONE. */
  long departBy(int contact, long deadline) {
    if (isForbidden(contact)) {
      return PlanGraph.NONE;
    }
    long length = transfer(contact);
    long wholeDeadline = deadline - Math.floorMod(deadline, PlanGraph.NANOS_PER_MILLI);
    long sent = Math.min(graph.end[contact], wholeDeadline - lag(contact));
    if (isBooked(contact)) {
      return volume(contact).lastFree(sent, length, trafficClass);
    }
    long first = Math.min(graph.end[contact] - Math.max(least, length), sent - length);
    return first >= graph.start[contact] ? first : PlanGraph.NONE;
  }

  /** The latest end of a contact that lets nothing go any more at {@code time}. */
  long over(long time) {
    return time - 1 + least;
  }

  /** The time after which nothing leaves over a contact that ends at {@code end}. */
  long closing(long end) {
    return end == Long.MAX_VALUE ? end : end + 1 - least;
  }

  /** When the receiver has the whole bundle if its first byte leaves at {@code first}. */
  long arrive(int contact, long first) {
    return arrive(contact, first, transfer(contact));
  }

  /** The same with what {@link #transfer} says. */
  long arrive(int contact, long first, long length) {
    return received(first + length, lag(contact));
  }

  /**
   * When a node has what was sent by {@code last}. Nodes keep time in milliseconds, so they act on
   * a bundle from the next whole one on; slots on a contact stay exact, or a fast contact would
   * lose most of its volume to small bundles.
   */
  static long received(long last, long lag) {
    return Math.ceilDiv(last + lag, PlanGraph.NANOS_PER_MILLI) * PlanGraph.NANOS_PER_MILLI;
  }

  long transfer(int contact) {
    return size == 0 ? 0 : Contact.transferNanos(size, graph.rate[contact]);
  }

  /** No later contact of the pair has a signal across in less. */
  long leastLag(int contact) {
    return margin.lagNanos(graph.leastOwlt[contact]);
  }

  /** How much later a bundle arrives that a contact lets go at once, at a whole millisecond. */
  long across(int contact) {
    return received(transfer(contact), lag(contact));
  }

  /** This and the later contacts of its pair have a bundle across in no less. */
  long leastAcross(int contact, int pair) {
    long sending = size == 0 ? 0 : Contact.transferNanos(size, graph.pairRate[pair]);
    return received(sending, leastLag(contact));
  }

  /**
   * When a contact begins to let a bundle go at once: NONE if it does at {@code time} and for
   * {@code slack} from then on, or never will before something is given back; the start of the plan
   * if bookings leave that open.
   */
  long lastOpening(int contact, long time, long slack) {
    if (graph.start[contact] > time) {
      return graph.start[contact];
    }
    if (!isBooked(contact)) {
      return PlanGraph.NONE;
    }
    long length = transfer(contact);
    long first = volume(contact).firstFree(time, length, trafficClass);
    if (first == ContactVolume.NONE) {
      return PlanGraph.NONE;
    }
    if (slack == 0) {
      return first > time ? first : PlanGraph.NONE;
    }
    return volume(contact).firstFree(time, length + slack, trafficClass) == time
        ? PlanGraph.NONE
        : 0;
  }

  /** No contact of the plan has the bundle across in less. */
  long leastCrossing() {
    long sending = size == 0 ? 0 : Contact.transferNanos(size, graph.fastestRate);
    return margin.lagNanos(graph.shortestOwlt) + sending;
  }

  private long lag(int contact) {
    return margin.lagNanos(graph.owlt[contact]);
  }

  private boolean isForbidden(int contact) {
    return detoured && detour.forbids(contact);
  }

  private boolean isBooked(int contact) {
    return size > 0 && !bookings.isWholeAt(contact);
  }

  private ContactVolume volume(int contact) {
    return bookings.volumeAt(contact);
  }
}
