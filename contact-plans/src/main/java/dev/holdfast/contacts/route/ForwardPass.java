package dev.holdfast.contacts.route;

import java.util.Arrays;

/**
 * The first pass of a search: the earliest arrival at each node that the target may still be
 * reached from in time, in order of time.
 *
 * <p>At its label a node passes on over the contacts that are open then, and later over each one as
 * it opens ({@link Departures}), so that a search looks at what happens between the query and the
 * arrival and not at the whole plan. Every label is final when its node is first taken.
 */
final class ForwardPass {
  private static final int LOOK_AHEAD = 16;

  private final PlanGraph graph;
  private final Transit transit;
  private final Labels labels;
  private final LabelHeap open;

  /** The next contact of each node that opens after its label; what is due there is that start. */
  private final int[] next;

  /** The contact by which each node has its label. */
  final int[] by;

  /** When the first byte leaves on that contact. */
  final long[] left;

  /** When nobody can send to the target any more: whoever is reached later is of no use. */
  private long lastHeard;

  ForwardPass(PlanGraph graph, Transit transit, Labels labels) {
    this.graph = graph;
    this.transit = transit;
    this.labels = labels;
    open = new LabelHeap(graph.nodes);
    next = new int[graph.nodes];
    by = new int[graph.nodes];
    left = new long[graph.nodes];
  }

  /** Labels the nodes; the labels must be prepared. */
  void run() {
    Departures departures = graph.departures;
    Arrays.fill(next, PlanGraph.NONE);
    open.clear();
    open.lower(labels.source, labels.earliest[labels.source]);
    long crossing = transit.leastCrossing();
    int unsettled = graph.nodes;
    lastHeard = transit.closing(graph.lastHeard[labels.target]);
    while (!open.isEmpty()
        && open.least() <= labels.earliest[labels.target] - crossing
        && open.least() < lastHeard) {
      long time = open.least();
      int node = open.poll();
      if (node == labels.target) {
        continue;
      }
      int at = next[node];
      if (at == PlanGraph.NONE) {
        if (--unsettled == 0) {
          return; // Each node has its label, and no later contact makes one earlier.
        }
        at = departures.firstStartingAfter(node, time);
        passOpen(node, at - 1, time);
      }
      at = passLater(node, at);
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
    long over = transit.over(time);
    for (int at = last; at >= first; ) {
      if (departures.end[at] <= over) {
        at = departures.longer[at];
        continue;
      }
      if (labels.earliest[departures.receiver[at]] > time) {
        pass(node, departures.contact[at], time);
      }
      at--;
    }
  }

  /**
   * Passes on over the next few contacts that open, as they open: that is cheaper than to take the
   * node up again for each one. Where to go on, then at the start of the contact there; most
   * searches end before.
   */
  private int passLater(int node, int from) {
    Departures departures = graph.departures;
    int end = departures.begin[node + 1];
    int stop = Math.min(end, from + LOOK_AHEAD);
    for (int at = from; at < stop; at++) {
      long start = departures.start[at];
      if (start > labels.earliest[labels.target] || start >= lastHeard) {
        return end;
      }
      if (labels.earliest[departures.receiver[at]] > start) {
        pass(node, departures.contact[at], start);
      }
    }
    return stop;
  }

  private void pass(int node, int contact, long time) {
    int receiver = graph.to[contact];
    if (labels.earliest[receiver] <= time || !labels.allows(node, receiver)) {
      return;
    }
    long length = transit.transfer(contact);
    long first = transit.depart(contact, time, length);
    if (first == PlanGraph.NONE) {
      return;
    }
    long arrival = transit.arrive(contact, first, length);
    if (arrival < labels.earliest[receiver] && arrival <= labels.earliest[labels.target]) {
      labels.earliest[receiver] = arrival;
      by[receiver] = contact;
      left[receiver] = first;
      if (labels.member[receiver]) {
        labels.earliest[labels.target] = Math.min(arrival, labels.earliest[labels.target]);
      }
      open.lower(receiver, arrival);
    }
  }
}
