package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactVolume;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A way through the plan (SABR §1.4): the first contact starts at the sender, each next one where
 * the one before ends, the last one ends at the destination.
 *
 * @param query what was asked
 * @param hops the contacts in order, at least one
 * @param volumeLeft how many bytes could take this route, this bundle included (SABR §3.2.6.8.10,
 *     route volume limit)
 */
public record Route(RouteQuery query, List<Hop> hops, long volumeLeft) {
  /** The order of SABR §3.2.8.1.4: arrival, hops, termination, entry node. */
  public static final Comparator<Route> BEST_FIRST =
      Comparator.comparing(Route::arrival)
          .thenComparingInt(route -> route.hops().size())
          .thenComparing(Comparator.comparing(Route::termination).reversed())
          .thenComparing(Route::entryNode);

  /** Checks that the hops join the two ends of the query. */
  public Route {
    if (hops instanceof Course.Delayed known) {
      if (!known.lead(query)) {
        throw new IllegalArgumentException("a route leads from its sender to its destination");
      }
    } else {
      hops = List.copyOf(hops);
      checkJoined(query, hops);
    }
  }

  private static void checkJoined(RouteQuery query, List<Hop> hops) {
    if (hops.isEmpty()
        || !hops.getFirst().contact().from().equals(query.from())
        || !hops.getLast().contact().to().equals(query.to())) {
      throw new IllegalArgumentException("a route leads from its sender to its destination");
    }
    for (int i = 1; i < hops.size(); i++) {
      if (!hops.get(i).contact().from().equals(hops.get(i - 1).contact().to())) {
        throw new IllegalArgumentException("the hops of a route join");
      }
    }
  }

  /** The neighbour that gets the bundle first. */
  public NodeNumber entryNode() {
    return hops.getFirst().contact().to();
  }

  /** When the whole bundle is at the destination. */
  public DtnTime arrival() {
    return hops.getLast().arrival();
  }

  /** The first instant at which some contact of the route is over. */
  public DtnTime termination() {
    DtnTime termination = hops.getFirst().contact().end();
    for (Hop hop : hops) {
      termination = DtnTime.min(termination, hop.contact().end());
    }
    return termination;
  }

  /**
   * When a bundle would be there that leaves at {@code time} instead, if nothing else takes room of
   * the contacts; empty if it comes too late for one of them.
   */
  public Optional<DtnTime> arrivalIfLeft(DtnTime time) {
    long nanos = time.millis() * PlanGraph.NANOS_PER_MILLI;
    for (Hop hop : hops) {
      Contact contact = hop.contact();
      long first = Math.max(nanos, contact.startNanos());
      long last = first + Contact.transferNanos(query.sizeBytes(), contact.bytesPerSecond());
      if (first + query.contactEnd().leastNanos(last - first) > contact.endNanos()) {
        return Optional.empty();
      }
      nanos = Transit.received(last, query.margin().lagNanos(contact.owltNanos()));
    }
    return Optional.of(new DtnTime(nanos / PlanGraph.NANOS_PER_MILLI));
  }

  /**
   * Books the bundle on every contact of the route, or on none: empty if it no longer fits, because
   * something was booked since the route was computed, or if the query has no size.
   */
  public Optional<List<Booking>> book(Bookings bookings) {
    List<Booking> booked = new ArrayList<>();
    long time = query.at().millis() * PlanGraph.NANOS_PER_MILLI;
    for (Hop hop : hops) {
      Contact contact = hop.contact();
      ContactVolume volume = bookings.volume(contact);
      Optional<Booking> booking =
          query.sizeBytes() == 0
              ? Optional.empty()
              : volume.bookNanos(time, query.sizeBytes(), query.trafficClass());
      if (booking.isEmpty()) {
        booked.forEach(bookings::unbook);
        return Optional.empty();
      }
      booked.add(booking.get());
      long lag = query.margin().lagNanos(contact.owltNanos());
      time = Transit.received(booking.get().lastNanos(), lag);
    }
    return Optional.of(List.copyOf(booked));
  }
}
