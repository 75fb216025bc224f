package dev.holdfast.contacts.route;

import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Exact search from one node to many: when a bundle can be at each node, the best route to each of
 * several, and the best member of a set. One forward pass serves them all.
 *
 * <p>Thread: that of the {@link EarliestArrival} whose memory it uses.
 */
public final class TreeSearch {
  private final EarliestArrival search;
  private final Passes passes;

  /** Searches the plan of another search. */
  public TreeSearch(EarliestArrival search) {
    this.search = search;
    this.passes = search.passes();
  }

  /**
   * When the bundle can be at each node, and one way there.
   *
   * @param bookings made on the plan that is searched
   */
  public RouteTree tree(TreeQuery query, Bookings bookings) {
    return label(query, List.of(), bookings)
        ? RouteTree.of(query, passes)
        : RouteTree.nowhere(query, passes);
  }

  /**
   * The best route to each of some nodes, by all four keys: what {@link EarliestArrival#route}
   * gives for each of them. Nodes without a route, and the sender, are left out.
   *
   * @param bookings made on the plan that is searched
   */
  public SortedMap<NodeNumber, Route> routes(
      TreeQuery query, Collection<NodeNumber> to, Bookings bookings) {
    SortedMap<NodeNumber, Route> routes = new TreeMap<>();
    if (label(query, List.of(), bookings)) {
      for (NodeNumber node : new TreeSet<>(to)) {
        routeTo(query, node, bookings).ifPresent(route -> routes.put(node, route));
      }
    }
    return routes;
  }

  /**
   * The best route to whichever of some nodes is best, by all four keys and then the smaller node;
   * empty if none can be reached.
   *
   * @param members at least one; not the sender, since a bundle that is there needs no route
   * @param bookings made on the plan that is searched
   */
  public Optional<Route> anycast(
      TreeQuery query, Collection<NodeNumber> members, Bookings bookings) {
    List<NodeNumber> ascending = new ArrayList<>(new TreeSet<>(members));
    if (ascending.isEmpty() || ascending.contains(query.from())) {
      throw new IllegalArgumentException("anycast is to one or more nodes other than the sender");
    }
    if (!label(query, ascending, bookings)) {
      return Optional.empty();
    }
    // Who is reached later than another one is not the best, and the search stopped before it.
    long arrival = passes.labels.earliest[passes.labels.anyOf];
    List<Route> routes = new ArrayList<>();
    for (NodeNumber node : ascending) {
      int index = passes.graph.index(node);
      if (index != PlanGraph.NONE && passes.labels.earliest[index] == arrival) {
        routeTo(query, node, bookings).ifPresent(routes::add);
      }
    }
    return routes.stream().min(Route.BEST_FIRST);
  }

  /** The forward pass; with members it ends where the first of them is reached. */
  private boolean label(TreeQuery query, List<NodeNumber> members, Bookings bookings) {
    Labels labels = passes.labels;
    // Where the query leads does not matter for this pass; it only must not be where it starts.
    RouteQuery anywhere = query.to(new NodeNumber(~query.from().value()));
    if (!passes.prepare(anywhere, labels.anyOf, bookings, Detour.NONE)) {
      return false;
    }
    passes.mark(labels.member, members);
    passes.forward.run();
    return true;
  }

  private Optional<Route> routeTo(TreeQuery query, NodeNumber node, Bookings bookings) {
    int index = passes.graph.index(node);
    if (index == PlanGraph.NONE || index == passes.labels.source) {
      return Optional.empty();
    }
    return passes
        .contactsTo(index)
        .flatMap(contacts -> search.along(query.to(node), contacts, bookings));
  }
}
