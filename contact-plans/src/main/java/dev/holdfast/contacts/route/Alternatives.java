package dev.holdfast.contacts.route;

import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The best routes of a query that enter no node twice, one after the other (Yen's method): each
 * further one leaves some earlier one at some node, by a contact that none with the same way up to
 * there has taken.
 *
 * <p>For people who ask what else there is, and for copies over several neighbours; the one route
 * of a bundle comes from {@link EarliestArrival}. One thread.
 */
public final class Alternatives {
  private final EarliestArrival search;
  private final Bookings bookings;

  /** A contact sequence and the route it is. */
  private record Way(List<Integer> contacts, Route route) {
    boolean beginsLike(Way other, int length) {
      return contacts.size() > length
          && contacts.subList(0, length).equals(other.contacts.subList(0, length));
    }
  }

  /**
   * Routes of a plan.
   *
   * @param bookings made on the plan that is searched
   */
  public Alternatives(EarliestArrival search, Bookings bookings) {
    this.search = search;
    this.bookings = bookings;
  }

  /**
   * The {@code most} best routes, best first; fewer if there are no more.
   *
   * @param most at least 1
   */
  public List<Route> best(RouteQuery query, int most) {
    List<Way> taken = new ArrayList<>();
    TreeSet<Way> candidates =
        new TreeSet<>(
            Comparator.comparing(Way::route, Route.BEST_FIRST)
                .thenComparing(way -> way.contacts.toString()));
    way(query, Detour.NONE).ifPresent(candidates::add);
    while (taken.size() < most && !candidates.isEmpty()) {
      Way next = candidates.removeFirst();
      taken.add(next);
      for (int leave = 0; leave < next.contacts.size(); leave++) {
        leaving(query, next, leave, taken).ifPresent(candidates::add);
      }
    }
    return taken.stream().map(Way::route).toList();
  }

  /**
   * The best route over each neighbour that has one, best first: where the copies of a critical
   * bundle go (SABR §3.2.8.1.3).
   */
  public List<Route> byNeighbour(RouteQuery query) {
    List<Route> routes = new ArrayList<>();
    ContactPlan plan = search.plan();
    TreeSet<NodeNumber> excluded = new TreeSet<>(query.excluded());
    Optional<Route> next = search.route(query, bookings);
    while (next.isPresent()) {
      routes.add(next.get());
      excluded.add(next.get().entryNode());
      boolean more = plan.neighbours(query.from()).stream().anyMatch(n -> !excluded.contains(n));
      next =
          more ? search.route(query.excluding(List.copyOf(excluded)), bookings) : Optional.empty();
    }
    return routes;
  }

  private Optional<Way> way(RouteQuery query, Detour detour) {
    return search
        .contacts(query, bookings, detour)
        .flatMap(
            contacts ->
                search.along(query, contacts, bookings).map(route -> new Way(contacts, route)));
  }

  /** The best way that follows another one over so many contacts and no further. */
  private Optional<Way> leaving(RouteQuery query, Way other, int length, List<Way> taken) {
    BitSet used = new BitSet();
    for (Way way : taken) {
      if (way.beginsLike(other, length)) {
        used.set(way.contacts.get(length));
      }
    }
    RouteQuery rest = query;
    List<NodeNumber> entered = new ArrayList<>();
    if (length > 0) {
      for (Hop hop : other.route.hops().subList(0, length)) {
        entered.add(hop.contact().from());
      }
      Hop last = other.route.hops().get(length - 1);
      rest = query.onward(last.contact().to(), last.arrival());
    }
    return search
        .contacts(rest, bookings, new Detour(used, entered))
        .flatMap(tail -> joined(query, other, length, tail));
  }

  private Optional<Way> joined(RouteQuery query, Way other, int length, List<Integer> tail) {
    List<Integer> contacts = new ArrayList<>(other.contacts.subList(0, length));
    contacts.addAll(tail);
    return search.along(query, contacts, bookings).map(route -> new Way(contacts, route));
  }
}
