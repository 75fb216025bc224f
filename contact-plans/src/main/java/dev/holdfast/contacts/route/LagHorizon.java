package dev.holdfast.contacts.route;

import java.util.Arrays;

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
  private static final long FAR = Long.MAX_VALUE;

  private final PlanGraph graph;
  private final Transit transit;
  private final Labels labels;
  private final long[] base;
  private final long[] rest;
  private final LabelHeap open;
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
   * The first instant from which on the route may have a rival, in nanoseconds; not after {@code
   * at} if nothing is proved. To be called after the search of that route.
   *
   * @param at when the search began, in nanoseconds
   * @param best how much later the route arrives, in nanoseconds; it waits nowhere
   */
  long until(int target, long at, long best) {
    begin = at;
    lag = best;
    measureFromSource();
    measureToTarget(target);
    long until = Long.MAX_VALUE;
    for (int node = 0; node < graph.nodes && until > at; node++) {
      for (int pair = graph.outBegin[node];
          rest[node] != Labels.UNREACHED && pair < graph.outBegin[node + 1];
          pair++) {
        int receiver = graph.pairTo[pair];
        if (rest[receiver] <= lag - base[node] && labels.allows(node, receiver)) {
          until = firstRival(pair, until);
        }
      }
    }
    return until;
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
          long across = leastAcross(pair);
          if (across <= lag - base[node] && base[node] + across < base[receiver]) {
            base[receiver] = base[node] + across;
            open.lower(receiver, base[receiver]);
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

  /** No contact of a pair that has not ended has the bundle across in less. */
  private long leastAcross(int pair) {
    int first = graph.firstEndingAfter(pair, begin);
    return first == graph.pairBegin[pair + 1] ? FAR : transit.leastAcross(first, pair);
  }

  /** The first rival over a contact of this pair, if it is before {@code known}. */
  private long firstRival(int pair, long known) {
    long before = base[graph.pairFrom[pair]];
    long behind = rest[graph.pairTo[pair]];
    long until = known;
    int end = graph.pairBegin[pair + 1];
    for (int c = graph.firstEndingAfter(pair, begin + before); c < end; c++) {
      long atMost = lag - behind - transit.leastAcross(c, pair);
      if (atMost < before || graph.start[c] - atMost >= until) {
        break; // Neither this one nor a later one.
      }
      long slack = lag - behind - transit.across(c) - before;
      if (slack >= 0) {
        long opens = transit.lastOpening(c, begin + before, slack);
        until = Math.min(until, opens == PlanGraph.NONE ? until : opens - before - slack);
      }
    }
    return until;
  }
}
