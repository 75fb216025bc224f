package dev.holdfast.contacts.route;

import java.util.Arrays;
import java.util.Optional;

/**
 * Until when a route that never waits stays the best one while time goes on and its arrival with
 * it, proved without a search at each instant.
 *
 * <p>Let the best route at {@code t0} arrive a lag {@code D} later without waiting anywhere. A
 * route P that at a later {@code t} arrives by {@code t + D} is a rival. Each contact c of P has at
 * least the lag {@code base} before it and {@code rest} behind it: shortest distances over whatever
 * the plan still has, whether it is open or not. If every contact of P lets a bundle go at once
 * from {@code t0 + base} on, P needed no waiting at {@code t0} either, and was one of the routes
 * that the search then compared: it is no better in hops, termination and entry node, none of which
 * changes. So a rival that is new has a contact that opens later than that, and cannot arrive
 * before {@code start + lag + rest}. Up to the least of these, less D, there is none.
 *
 * <p>More bookings only take rivals away. A contact that is booked already counts as open if no
 * booking lies where a rival could need it; otherwise nothing is proved.
 */
final class LagHorizon {
  private final PlanGraph graph;
  private final Transit transit;
  private final Labels labels;
  private final long[] base;
  private final long[] rest;
  private final LabelHeap open;

  /**
   * The query for which {@link #base} holds: it does for every other one alike but in time and end.
   */
  private Optional<RouteQuery> measured = Optional.empty();

  private long begin;
  private long lag;

  /** Uses what the last search has prepared. */
  LagHorizon(Passes passes) {
    graph = passes.graph;
    transit = passes.transit;
    labels = passes.labels;
    base = new long[graph.nodes];
    rest = new long[graph.nodes];
    open = new LabelHeap(graph.nodes);
  }

  /**
   * The first instant from which on the route may have a rival, in nanoseconds; not after its query
   * if nothing is proved. To be called after the search of that route, which waits nowhere.
   */
  long until(Route route) {
    RouteQuery query = route.query();
    begin = PlanGraph.nanos(query.at());
    lag = PlanGraph.nanos(route.arrival()) - begin;
    if (measured.filter(known -> isAlike(known, query)).isEmpty()) {
      measureFromSource();
      measured = Optional.of(query);
    }
    measureToTarget(graph.index(query.to()));
    long until = Long.MAX_VALUE;
    for (int node = 0; node < graph.nodes && until > begin; node++) {
      if (rest[node] != Labels.UNREACHED) {
        until = firstRivalBy(node, until);
      }
    }
    return until;
  }

  private static boolean isAlike(RouteQuery known, RouteQuery query) {
    return known.from().equals(query.from())
        && known.sizeBytes() == query.sizeBytes()
        && known.margin().equals(query.margin())
        && known.excluded().equals(query.excluded());
  }

  private void measureFromSource() {
    Arrays.fill(base, Labels.UNREACHED);
    base[labels.source] = 0;
    open.clear();
    open.lower(labels.source, 0);
    while (!open.isEmpty()) {
      int node = open.poll();
      for (int pair = graph.outBegin[node]; pair < graph.outBegin[node + 1]; pair++) {
        int receiver = graph.pairTo[pair];
        if (base[receiver] > base[node] && labels.allows(node, receiver)) {
          long distance = base[node] + leastAcross(pair);
          if (distance >= 0 && distance < base[receiver]) {
            base[receiver] = distance;
            open.lower(receiver, distance);
          }
        }
      }
    }
  }

  /** Only nodes from which the way on is, with the way there, no longer than the route. */
  private void measureToTarget(int target) {
    Arrays.fill(rest, Labels.UNREACHED);
    rest[target] = 0;
    open.clear();
    open.lower(target, 0);
    while (!open.isEmpty()) {
      int node = open.poll();
      for (int i = graph.inBegin[node]; i < graph.inBegin[node + 1]; i++) {
        int sender = graph.pairFrom[graph.inPair[i]];
        if (rest[sender] > rest[node]
            && base[sender] <= lag - rest[node]
            && labels.allows(sender, node)) {
          long across = leastAcross(graph.inPair[i]);
          if (across <= lag - rest[node] - base[sender] && rest[node] + across < rest[sender]) {
            rest[sender] = rest[node] + across;
            open.lower(sender, rest[sender]);
          }
        }
      }
    }
  }

  /** No contact of a pair has the bundle across in less. */
  private long leastAcross(int pair) {
    return transit.leastAcross(graph.pairBegin[pair], pair);
  }

  /** The first rival over a contact in which this node sends, if it is before {@code known}. */
  private long firstRivalBy(int node, long known) {
    Departures departures = graph.departures;
    long there = begin + base[node];
    int first = departures.begin[node];
    int later = departures.firstStartingAfter(node, there);
    long over = transit.over(there);
    long until = known;
    for (int at = later; at < departures.begin[node + 1]; at++) {
      if (departures.start[at] - lag >= until) {
        break;
      }
      until = Math.min(until, rivalOver(node, at, there));
    }
    for (int at = later - 1; at >= first && until > begin; ) {
      if (departures.end[at] <= over) {
        at = departures.longer[at];
      } else {
        until = Math.min(until, rivalOver(node, at, there));
        at--;
      }
    }
    return until;
  }

  private long rivalOver(int node, int at, long there) {
    int receiver = graph.departures.receiver[at];
    int contact = graph.departures.contact[at];
    if (rest[receiver] > lag - base[node] || !labels.allows(node, receiver)) {
      return Long.MAX_VALUE;
    }
    long slack = lag - base[node] - rest[receiver] - transit.across(contact);
    if (slack < 0) {
      return Long.MAX_VALUE;
    }
    long opens = transit.lastOpening(contact, there, slack);
    return opens == PlanGraph.NONE ? Long.MAX_VALUE : opens - base[node] - slack;
  }
}
