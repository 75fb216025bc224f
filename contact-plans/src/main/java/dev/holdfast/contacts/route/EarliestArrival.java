package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Exact search of the best route in the order of SABR §3.2.8.1.4: earliest arrival, then fewest
 * hops, then latest termination, then smallest entry node.
 *
 * <p>Three passes. Forward, labels on nodes: the earliest arrival at each node, from contacts that
 * are open at its label and those that open later ({@link Departures}). Backward from the
 * destination and that arrival, in rounds of one hop ({@link FewestHops}): the latest departure
 * that is still in time, which leaves only what lies on some best route. Forward over that ({@link
 * WidestRoute}): the other two keys.
 *
 * <p>Thread: one, since the working memory is reused. Cost: about the pairs of the nodes that are
 * reached before the destination, times the binary search; no allocation but the route.
 */
public final class EarliestArrival {
  private final PlanGraph graph;
  private final Bookings unbooked;
  private final Transit transit;
  private final Labels labels;
  private final LabelHeap open;

  /** The next contact of each node that opens after its label; what is due there is that start. */
  private final int[] next;

  private final FewestHops fewestHops;
  private final WidestRoute widest;

  /** Prepares the search over a plan; costs about as much as reading it once. */
  public EarliestArrival(ContactPlan plan) {
    graph = new PlanGraph(plan);
    unbooked = new Bookings(plan);
    transit = new Transit(graph, unbooked);
    labels = new Labels(graph.nodes);
    open = new LabelHeap(graph.nodes);
    next = new int[graph.nodes];
    fewestHops = new FewestHops(graph, transit, labels);
    widest = new WidestRoute(graph, transit, labels, fewestHops);
  }

  /** The plan that is searched. */
  public ContactPlan plan() {
    return graph.plan;
  }

  /** The best route while nothing is booked. */
  public Optional<Route> route(RouteQuery query) {
    return route(query, unbooked);
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
    if (!bookings.plan().equals(graph.plan)) {
      throw new IllegalArgumentException("these bookings are on another plan");
    }
    int source = graph.index(query.from());
    int target = graph.index(query.to());
    if (source == PlanGraph.NONE
        || target == PlanGraph.NONE
        || query.at().compareTo(Contact.LATEST_END) >= 0) {
      return Optional.empty();
    }
    transit.prepare(query, bookings, detour);
    labels.prepare(source, target, nanos(query.at()));
    query.excluded().forEach(neighbour -> mark(labels.excluded, neighbour));
    detour.nodes().forEach(node -> mark(labels.closed, node));
    labelNodes();
    labels.arrival = labels.earliest[target];
    return labels.arrival == Labels.UNREACHED
        ? Optional.empty()
        : Optional.of(widest.find(fewestHops.find()));
  }

  private void mark(boolean[] nodes, NodeNumber node) {
    int index = graph.index(node);
    if (index != PlanGraph.NONE) {
      nodes[index] = true;
    }
  }

  /**
   * Labels every node from which the target may still be reached in time, in order of time: at its
   * label a node passes on over the contacts that are open then, and later over each one as it
   * opens.
   */
  private void labelNodes() {
    Departures departures = graph.departures;
    Arrays.fill(next, PlanGraph.NONE);
    open.clear();
    open.lower(labels.source, labels.earliest[labels.source]);
    long crossing = transit.leastCrossing();
    while (!open.isEmpty() && open.least() <= labels.earliest[labels.target] - crossing) {
      long time = open.least();
      int node = open.poll();
      if (node == labels.target) {
        continue;
      }
      int at = next[node];
      if (at == PlanGraph.NONE) {
        at = departures.firstStartingAfter(node, time);
        passOpen(node, at - 1, time);
      } else {
        pass(node, departures.contact[at++], time);
      }
      at = nextUseful(node, at);
      next[node] = at;
      if (at < departures.begin[node + 1]) {
        open.lower(node, departures.start[at]);
      }
    }
  }

  /** Passes on over every contact of a node that opened by {@code last} and is open. */
  private void passOpen(int node, int last, long time) {
    Departures departures = graph.departures;
    int first = departures.begin[node];
    for (int at = departures.down(last, first, time); at >= first; ) {
      int stop = Math.max(first, at & -Departures.BLOCK);
      for (; at >= stop; at--) {
        if (departures.end[at] > time && labels.earliest[departures.receiver[at]] > time) {
          pass(node, departures.contact[at], time);
        }
      }
      at = departures.down(at, first, time);
    }
  }

  /** The next contact of a node whose receiver has no label by its start. */
  private int nextUseful(int node, int from) {
    Departures departures = graph.departures;
    int at = from;
    while (at < departures.begin[node + 1]
        && labels.earliest[departures.receiver[at]] <= departures.start[at]) {
      at++;
    }
    return at;
  }

  private void pass(int node, int contact, long time) {
    int receiver = graph.to[contact];
    if (labels.earliest[receiver] <= time || !labels.allows(node, receiver)) {
      return;
    }
    long first = transit.depart(contact, time);
    if (first == PlanGraph.NONE) {
      return;
    }
    long arrival = transit.arrive(contact, first);
    if (arrival < labels.earliest[receiver] && arrival <= labels.earliest[labels.target]) {
      labels.earliest[receiver] = arrival;
      open.lower(receiver, arrival);
    }
  }

  /** A bundle's way over these contacts in turn; empty if it cannot leave whole on one of them. */
  Optional<Route> along(RouteQuery query, List<Integer> contacts, Bookings bookings) {
    transit.prepare(query, bookings, Detour.NONE);
    long time = nanos(query.at());
    List<Hop> hops = new ArrayList<>(contacts.size());
    for (int contact : contacts) {
      long first = transit.depart(contact, time);
      if (first == PlanGraph.NONE) {
        return Optional.empty();
      }
      long last = first + transit.transfer(contact);
      time = transit.arrive(contact, first);
      hops.add(
          new Hop(
              graph.plan.contacts().get(contact), dtnTime(first), dtnTime(last), dtnTime(time)));
    }
    return Optional.of(new Route(query, hops, volumeLeft(query, hops, contacts, bookings)));
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
      if (query.sizeBytes() > 0 && bookings.isBookedAt(contacts.get(i))) {
        volume = Math.min(volume, bookings.volumeAt(contacts.get(i)).remainingBytes(query.at()));
      }
    }
    return Math.max(volume, query.sizeBytes()); // Times are rounded here, and the bundle does fit.
  }

  private static long nanos(DtnTime time) {
    return time.millis() * PlanGraph.NANOS_PER_MILLI;
  }

  private static DtnTime dtnTime(long nanos) {
    return new DtnTime(Math.ceilDiv(nanos, PlanGraph.NANOS_PER_MILLI));
  }
}
