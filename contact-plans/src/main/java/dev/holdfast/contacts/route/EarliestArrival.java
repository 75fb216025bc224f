package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Exact search of the best route in the order of SABR §3.2.8.1.4: earliest arrival, then fewest
 * hops, then latest termination, then smallest entry node.
 *
 * <p>Two passes. Forward, labels on nodes: the earliest arrival at each node, where every directed
 * pair finds its usable contact by binary search. Backward from the destination and that arrival,
 * in rounds of one hop ({@link FewestHops}): the latest departure that is still in time, which
 * leaves only what lies on some best route to be compared by the other three keys.
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
  private final FewestHops fewestHops;

  /** Prepares the search over a plan; costs about as much as reading it once. */
  public EarliestArrival(ContactPlan plan) {
    graph = new PlanGraph(plan);
    unbooked = new Bookings(plan);
    transit = new Transit(graph, unbooked);
    labels = new Labels(graph.nodes);
    open = new LabelHeap(labels.earliest);
    fewestHops = new FewestHops(graph, transit, labels);
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
    transit.prepare(query, bookings);
    labels.prepare(source, target, query.at().millis() * PlanGraph.NANOS_PER_MILLI);
    for (NodeNumber neighbour : query.excluded()) {
      int index = graph.index(neighbour);
      if (index != PlanGraph.NONE) {
        labels.excluded[index] = true;
      }
    }
    labelNodes();
    labels.arrival = labels.earliest[target];
    if (labels.arrival == Labels.UNREACHED) {
      return Optional.empty();
    }
    return Optional.of(routeOver(query, fewestHops.best(), bookings));
  }

  /** Labels every node that can be reached by the time at which the target is. */
  private void labelNodes() {
    open.clear();
    open.lowered(labels.source);
    while (!open.isEmpty() && labels.earliest[open.peek()] <= labels.earliest[labels.target]) {
      int node = open.poll();
      if (node == labels.target) {
        continue;
      }
      long time = labels.earliest[node];
      for (int pair = graph.outBegin[node]; pair < graph.outBegin[node + 1]; pair++) {
        int receiver = graph.pairTo[pair];
        long known = labels.earliest[receiver];
        if (known > time && labels.allows(node, receiver)) {
          long bound = Math.min(known, labels.earliest[labels.target]);
          long arrival = earliestAcross(pair, time, bound);
          if (arrival < known) {
            labels.earliest[receiver] = arrival;
            open.lowered(receiver);
          }
        }
      }
    }
  }

  /** The earliest arrival over a pair, or UNREACHED if it is later than {@code bound}. */
  private long earliestAcross(int pair, long time, long bound) {
    long best = Labels.UNREACHED;
    long worst = bound;
    int stop = graph.pairBegin[pair + 1];
    for (int c = graph.firstEndingAfter(pair, time); c < stop; c++) {
      // A later contact of the pair can only be earlier across if its light time is shorter.
      if (Math.max(graph.start[c], time) > worst - transit.leastLag(c)) {
        break;
      }
      long first = transit.depart(c, time);
      if (first != PlanGraph.NONE) {
        long arrival = transit.arrive(c, first);
        if (arrival <= worst) {
          best = arrival;
          worst = arrival - 1;
        }
      }
    }
    return best;
  }

  private Route routeOver(RouteQuery query, List<Integer> contacts, Bookings bookings) {
    long time = labels.earliest[labels.source];
    List<Hop> hops = new ArrayList<>(contacts.size());
    for (int contact : contacts) {
      long first = transit.depart(contact, time);
      long last = first + transit.transfer(contact);
      time = transit.arrive(contact, first);
      hops.add(
          new Hop(
              graph.plan.contacts().get(contact), dtnTime(first), dtnTime(last), dtnTime(time)));
    }
    return new Route(query, hops, volumeLeft(query, hops, contacts, bookings));
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

  private static DtnTime dtnTime(long nanos) {
    return new DtnTime(Math.ceilDiv(nanos, PlanGraph.NANOS_PER_MILLI));
  }
}
