package dev.holdfast.contacts.route;

import java.util.Arrays;
import java.util.List;

/**
 * The third and fourth key of SABR §3.2.8.1.4 among all routes of fewest hops that arrive earliest:
 * latest termination, then smallest entry node.
 *
 * <p>Goes forward hop by hop over what {@link FewestHops} found to be in time. A node keeps every
 * way that no other one beats in arrival, termination and entry node at once. Mostly there are few,
 * since only nodes on some best route take part.
 */
final class WidestRoute {
  private static final int NOBODY = -1;

  private final PlanGraph graph;
  private final Transit transit;
  private final Labels labels;
  private final FewestHops inTime;

  /** The ways that lead to each node by the hop at hand: the first one, the others by sibling. */
  private final int[] ways;

  private int[] node = new int[64];
  private long[] arrival = new long[64];
  private long[] termination = new long[64];
  private int[] entry = new int[64];
  private int[] contact = new int[64];
  private int[] before = new int[64];
  private int[] sibling = new int[64];
  private int count;

  WidestRoute(PlanGraph graph, Transit transit, Labels labels, FewestHops inTime) {
    this.graph = graph;
    this.transit = transit;
    this.labels = labels;
    this.inTime = inTime;
    this.ways = new int[graph.nodes];
    Arrays.fill(ways, NOBODY);
  }

  /** The contacts of the best route of so many hops, in order. */
  List<Integer> find(int hops) {
    count = 0;
    add(labels.source, labels.earliest[labels.source], Long.MAX_VALUE, NOBODY, NOBODY, NOBODY);
    int begin = 0;
    for (int left = hops - 1; left >= 0; left--) {
      int end = count;
      for (int way = begin; way < end; way++) {
        if (node[way] != NOBODY) {
          goOn(way, left);
        }
      }
      for (int way = end; way < count; way++) {
        if (node[way] != NOBODY) {
          ways[node[way]] = NOBODY;
        }
      }
      begin = end;
    }
    return contactsOf(best(begin), hops);
  }

  private void goOn(int way, int left) {
    int sender = node[way];
    for (int pair = graph.outBegin[sender]; pair < graph.outBegin[sender + 1]; pair++) {
      int receiver = graph.pairTo[pair];
      long deadline = inTime.latestWithin(receiver, left);
      if (deadline != PlanGraph.NONE && labels.allows(sender, receiver)) {
        goAcross(way, pair, deadline);
      }
    }
  }

  /** A later contact of a pair ends later, so that each one may be better than those before it. */
  private void goAcross(int way, int pair, long deadline) {
    long time = arrival[way];
    long least = termination[way];
    int receiver = graph.pairTo[pair];
    for (int c = graph.firstEndingAfter(pair, transit.over(time));
        c < graph.pairBegin[pair + 1];
        c++) {
      if (Math.max(graph.start[c], time) > deadline - transit.leastLag(c)) {
        return;
      }
      long first = transit.depart(c, time);
      long then = first == PlanGraph.NONE ? Long.MAX_VALUE : transit.arrive(c, first);
      if (then <= deadline) {
        int by = entry[way] == NOBODY ? receiver : entry[way];
        keep(receiver, then, Math.min(least, graph.end[c]), by, c, way);
        if (graph.end[c] >= least) {
          return;
        }
      }
    }
  }

  private void keep(int receiver, long then, long end, int by, int over, int from) {
    int previous = NOBODY;
    for (int way = ways[receiver]; way != NOBODY; way = sibling[way]) {
      if (arrival[way] <= then && termination[way] >= end && entry[way] <= by) {
        return;
      }
      if (then <= arrival[way] && end >= termination[way] && by <= entry[way]) {
        node[way] = NOBODY;
        if (previous == NOBODY) {
          ways[receiver] = sibling[way];
        } else {
          sibling[previous] = sibling[way];
        }
      } else {
        previous = way;
      }
    }
    int added = add(receiver, then, end, by, over, from);
    sibling[added] = ways[receiver];
    ways[receiver] = added;
  }

  private int add(int at, long then, long end, int by, int over, int from) {
    if (count == node.length) {
      grow();
    }
    node[count] = at;
    arrival[count] = then;
    termination[count] = end;
    entry[count] = by;
    contact[count] = over;
    before[count] = from;
    return count++;
  }

  private void grow() {
    int size = count * 2;
    node = Arrays.copyOf(node, size);
    arrival = Arrays.copyOf(arrival, size);
    termination = Arrays.copyOf(termination, size);
    entry = Arrays.copyOf(entry, size);
    contact = Arrays.copyOf(contact, size);
    before = Arrays.copyOf(before, size);
    sibling = Arrays.copyOf(sibling, size);
  }

  private int best(int begin) {
    int best = NOBODY;
    for (int way = begin; way < count; way++) {
      boolean there = node[way] == labels.target;
      if (there && (best == NOBODY || isBetter(way, best))) {
        best = way;
      }
    }
    return best;
  }

  private boolean isBetter(int way, int other) {
    return termination[way] != termination[other]
        ? termination[way] > termination[other]
        : entry[way] < entry[other];
  }

  private List<Integer> contactsOf(int last, int hops) {
    Integer[] contacts = new Integer[hops];
    int way = last;
    for (int hop = hops - 1; hop >= 0; hop--) {
      contacts[hop] = contact[way];
      way = before[way];
    }
    return List.of(contacts);
  }
}
