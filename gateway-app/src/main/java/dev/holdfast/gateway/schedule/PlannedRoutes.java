package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ContactVolume;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Region;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteCache;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.gateway.turn.NodeSettings.ContactSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The contact plan in force, what this node booked on it, and the best routes through the rest
 * (CCSDS 734.3-B-1 §3.2).
 */
final class PlannedRoutes {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Slots that are over are swept away after as many bookings. */
  private static final int SWEEP_EVERY = 4096;

  private final ContactSettings settings;
  private EarliestArrival search = new EarliestArrival(ContactPlan.EMPTY);
  private Bookings bookings = new Bookings(ContactPlan.EMPTY);
  private RouteCache cache = new RouteCache(search, bookings);
  private int bookedSinceSweep;

  PlannedRoutes(ContactSettings settings) {
    this.settings = settings;
  }

  ContactPlan plan() {
    return search.plan();
  }

  /** Another plan is in force; what is booked on contacts that stay as they are stays booked. */
  void plan(ContactPlan next) {
    search = new EarliestArrival(next);
    bookings = bookings.carriedTo(next);
    cache = new RouteCache(search, bookings);
  }

  /**
   * The best route of a bundle, whole if it can be, else of its least fragment.
   *
   * @param excluded neighbours by whom it must not begin
   */
  Optional<Route> best(
      Waiting bundle, NodeNumber from, NodeNumber to, DtnTime now, List<NodeNumber> excluded) {
    return targets(from, to).stream()
        .flatMap(target -> bestTo(bundle, from, target, now, excluded).stream())
        .min(Route.BEST_FIRST);
  }

  /** What is booked on contacts that are not over, to be changed by itself. */
  Bookings copyFrom(DtnTime now) {
    return bookings.copyFrom(now);
  }

  /** The destination; if no contact names it, the gateways of its regions. */
  List<NodeNumber> targets(NodeNumber from, NodeNumber to) {
    if (plan().knows(to)) {
      return List.of(to);
    }
    Set<NodeNumber> gateways = new TreeSet<>();
    for (Region region : plan().facts().regionsOf(to)) {
      gateways.addAll(region.gateways());
    }
    return gateways.contains(from) ? List.of() : List.copyOf(gateways);
  }

  private Optional<Route> bestTo(
      Waiting bundle, NodeNumber from, NodeNumber to, DtnTime now, List<NodeNumber> excluded) {
    Optional<Route> whole = route(bundle, from, to, now, excluded, consumption(bundle.bytesLeft()));
    return whole.isPresent() || !bundle.mayFragment()
        ? whole
        : route(bundle, from, to, now, excluded, leastBytes(bundle));
  }

  private Optional<Route> route(
      Waiting bundle,
      NodeNumber from,
      NodeNumber to,
      DtnTime now,
      List<NodeNumber> excluded,
      long size) {
    return cache.route(
        new RouteQuery(
            from, to, now, size, bundle.trafficClass(), excluded, settings.owltMargin()));
  }

  /** Whether a bundle, or its least fragment, can still leave in a contact. */
  boolean hasRoom(Waiting bundle, Contact contact, DtnTime now) {
    long needed = Contact.transferNanos(leastBytes(bundle), contact.bytesPerSecond());
    long at = now.millis() * NANOS_PER_MILLI;
    return bookings.volume(contact).firstFree(at, needed, bundle.trafficClass())
        != ContactVolume.NONE;
  }

  /** Books a route; a contact without a route for the least that makes sense. */
  List<Booking> book(Waiting bundle, Contact contact, Optional<Route> route, DtnTime now) {
    if (++bookedSinceSweep >= SWEEP_EVERY) {
      bookedSinceSweep = 0;
      bookings.forgetBefore(now);
    }
    Optional<List<Booking>> booked = route.flatMap(r -> r.book(bookings));
    if (booked.isPresent()) {
      return booked.get();
    }
    return bookings
        .volume(contact)
        .book(now, Math.max(1, leastBytes(bundle)), bundle.trafficClass())
        .map(List::of)
        .orElse(List.of());
  }

  void unbook(Booking booking) {
    if (isPlanned(booking.contact())) {
      bookings.unbook(booking);
    }
  }

  /** A booking stays although its bundle is no longer here: it is on its way there. */
  void pass(Booking booking) {
    if (isPlanned(booking.contact())) {
      bookings.volume(booking.contact()).pass(booking);
    }
  }

  long boundBytes(Contact contact) {
    return isPlanned(contact) ? bookings.volume(contact).bookedBytes() : 0;
  }

  long overbookedBytes(Contact contact) {
    return isPlanned(contact) ? bookings.volume(contact).overbookedBytes() : 0;
  }

  /** Nothing is booked on a contact that does not happen, until it does. */
  void close(Contact contact, boolean closed) {
    if (isPlanned(contact)) {
      bookings.close(contact, closed);
    }
  }

  private boolean isPlanned(Contact contact) {
    return plan().indexOf(contact).isPresent();
  }

  long consumption(long bytes) {
    return bytes + Math.max(100, bytes / 100 * settings.overheadPercent());
  }

  private long leastBytes(Waiting bundle) {
    long whole = consumption(bundle.bytesLeft());
    return bundle.mayFragment()
        ? Math.min(
            whole, consumption(bundle.held().sizes().head() + (long) settings.leastFragment()))
        : whole;
  }
}
