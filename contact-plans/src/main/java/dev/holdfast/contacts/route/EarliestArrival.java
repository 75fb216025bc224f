package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ContactVolume;
import java.util.List;
import java.util.Optional;

/**
 * Exact search of the best route in the order of SABR §3.2.8.1.4: earliest arrival, then fewest
 * hops, then latest termination, then smallest entry node.
 *
 * <p>Three passes. Forward, labels on nodes: the earliest arrival at each node ({@link
 * ForwardPass}). Backward from the destination and that arrival, in rounds of one hop ({@link
 * FewestHops}): the latest departure that is still in time, which leaves only what lies on some
 * best route. Forward over that ({@link WidestRoute}): the other two keys.
 *
 * <p>Thread: one, since the working memory is reused. Cost: about the pairs of the nodes that are
 * reached before the destination, times the binary search; no allocation but the route.
 */
public final class EarliestArrival {
  private final Passes passes;

  /** Prepares the search over a plan; costs about as much as reading it once. */
  public EarliestArrival(ContactPlan plan) {
    passes = new Passes(plan);
  }

  /** The plan that is searched. */
  public ContactPlan plan() {
    return passes.graph.plan;
  }

  /** What this search and others of its thread share. */
  Passes passes() {
    return passes;
  }

  /** The best route while nothing is booked. */
  public Optional<Route> route(RouteQuery query) {
    return route(query, passes.unbooked);
  }

  /**
   * The best route through what is not booked; empty if the bundle cannot get there whole, also if
   * the plan does not know one of the two nodes. A query of size 0 looks past bookings.
   *
   * @param bookings made on the very plan that is searched
   */
  public Optional<Route> route(RouteQuery query, Bookings bookings) {
    return contacts(query, bookings, Detour.NONE).flatMap(c -> along(query, c, bookings));
  }

  /** The contacts of the best route that keeps out of {@code detour}, by their index. */
  Optional<List<Integer>> contacts(RouteQuery query, Bookings bookings, Detour detour) {
    int target = passes.graph.index(query.to());
    return passes.prepare(query, target, bookings, detour) ? passes.search() : Optional.empty();
  }

  /** A bundle's way over these contacts in turn; empty if it cannot leave whole on one of them. */
  Optional<Route> along(RouteQuery query, List<Integer> contacts, Bookings bookings) {
    Transit transit = passes.transit;
    transit.prepare(query, bookings, Detour.NONE);
    long time = PlanGraph.nanos(query.at());
    DtnTime here = query.at();
    Hop[] hops = new Hop[contacts.size()];
    for (int i = 0; i < hops.length; i++) {
      int contact = contacts.get(i);
      long length = transit.transfer(contact);
      long first = transit.depart(contact, time, length);
      if (first == PlanGraph.NONE) {
        return Optional.empty();
      }
      DtnTime leaves = first == time ? here : PlanGraph.time(first);
      DtnTime left = length == 0 ? leaves : PlanGraph.time(first + length);
      time = transit.arrive(contact, first, length);
      here = PlanGraph.time(time);
      hops[i] = new Hop(plan().contacts().get(contact), leaves, left, here);
    }
    List<Hop> list = List.of(hops);
    return Optional.of(new Route(query, list, volumeLeft(query, list, contacts, bookings)));
  }

  // SABR §3.2.6.8.9: what goes over a contact must also leave the later ones before they end.
  private static long volumeLeft(
      RouteQuery query, List<Hop> hops, List<Integer> contacts, Bookings bookings) {
    long volume = Long.MAX_VALUE;
    DtnTime stop = DtnTime.FOREVER;
    for (int i = hops.size() - 1; i >= 0; i--) {
      Hop hop = hops.get(i);
      stop = DtnTime.min(stop, hop.contact().end());
      long millis = Math.max(0, stop.since(hop.firstByte()));
      volume = Math.min(volume, Contact.bytesIn(millis, hop.contact().bytesPerSecond()));
      if (query.sizeBytes() > 0 && !bookings.isWholeAt(contacts.get(i))) {
        ContactVolume left = bookings.volumeAt(contacts.get(i));
        volume = Math.min(volume, left.remainingBytes(query.at(), query.trafficClass()));
      }
    }
    return Math.max(volume, query.sizeBytes()); // Times are rounded here, and the bundle does fit.
  }
}
