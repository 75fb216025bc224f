package dev.holdfast.contacts.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The second to fourth key of SABR §3.2.8.1.4 among all routes that arrive earliest: fewest hops,
 * then latest termination, then smallest entry node.
 *
 * <p>Round k of the backward pass finds for each node the latest departure from which the target is
 * still reached in time over at most k contacts; the first round that reaches the source gives the
 * hops. Termination: while the pass succeeds with only those contacts that end later than the best
 * route so far does, that route was not the best. Each node keeps its departures by round as a
 * chain, so memory grows with improvements, not with nodes times hops.
 */
final class FewestHops {
  private static final int NO_ENTRY = -1;
  private static final int DIRECT_STEPS = 4;

  private final PlanGraph graph;
  private final Transit transit;
  private final Labels labels;

  /** The newest entry of each node; entries of one node have descending rounds. */
  private final int[] newest;

  private int[] round = new int[64];
  private long[] latest = new long[64];
  private int[] previous = new int[64];
  private int entries;
  private int[] frontier;
  private int[] nextFrontier;
  private int nextSize;

  FewestHops(PlanGraph graph, Transit transit, Labels labels) {
    this.graph = graph;
    this.transit = transit;
    this.labels = labels;
    this.newest = new int[graph.nodes];
    this.frontier = new int[graph.nodes];
    this.nextFrontier = new int[graph.nodes];
  }

  /** The contacts of the best route, in order. The labels must be those of this query. */
  List<Integer> best() {
    int hops = roundsToSource(0, graph.nodes);
    long termination = latestTermination(hops);
    int again = roundsToSource(termination, hops);
    if (again != hops) {
      throw new IllegalStateException("a route of " + hops + " hops was there and is not");
    }
    return pick(hops, termination);
  }

  /**
   * The latest termination of a route of so many hops. The first few steps ask for anything better,
   * which mostly ends there; then the time that is left is halved, so that no plan needs many
   * steps.
   */
  private long latestTermination(int hops) {
    long best = widest(hops, 0);
    long tooLate = graph.lastEnd + 1;
    for (int step = 1; best + PlanGraph.NANOS_PER_MILLI < tooLate; step++) {
      long least = best + (step <= DIRECT_STEPS ? PlanGraph.NANOS_PER_MILLI : (tooLate - best) / 2);
      if (roundsToSource(least, hops) == hops) {
        best = widest(hops, least);
      } else {
        tooLate = least;
      }
    }
    return best;
  }

  /**
   * Goes back from the target over contacts that end at {@code leastEnd} or later; the number of
   * hops at which the source is reached in time, 0 if it is not within {@code limit}.
   */
  private int roundsToSource(long leastEnd, int limit) {
    Arrays.fill(newest, NO_ENTRY);
    entries = 0;
    improve(labels.target, 0, labels.arrival);
    frontier[0] = labels.target;
    int size = 1;
    for (int hops = 1; hops <= limit && size > 0; hops++) {
      nextSize = 0;
      for (int i = 0; i < size; i++) {
        if (goBack(frontier[i], hops, leastEnd)) {
          return hops;
        }
      }
      int[] done = frontier;
      frontier = nextFrontier;
      nextFrontier = done;
      size = nextSize;
    }
    return 0;
  }

  /** Improves whoever sends to {@code receiver}; true if that is the source. */
  private boolean goBack(int receiver, int hops, long leastEnd) {
    long deadline = latestWithin(receiver, hops - 1);
    for (int i = graph.inBegin[receiver]; i < graph.inBegin[receiver + 1]; i++) {
      int pair = graph.inPair[i];
      int sender = graph.pairFrom[pair];
      long floor = Math.max(labels.earliest[sender], latestWithin(sender, hops) + 1);
      if (floor > deadline || sender == labels.target || !labels.allows(sender, receiver)) {
        continue;
      }
      long departure = latestDeparture(pair, deadline, floor, leastEnd);
      if (departure != PlanGraph.NONE) {
        if (sender == labels.source) {
          return true;
        }
        improve(sender, hops, departure);
      }
    }
    return false;
  }

  /** The latest departure over a pair that is in time, if it is not before {@code floor}. */
  private long latestDeparture(int pair, long deadline, long floor, long leastEnd) {
    int begin = graph.pairBegin[pair];
    int last = graph.lastStartingBy(pair, deadline - transit.leastLag(begin));
    for (int c = last; c >= begin && graph.end[c] > floor && graph.end[c] >= leastEnd; c--) {
      long departure = transit.departBy(c, deadline);
      if (departure != PlanGraph.NONE) {
        return departure >= floor ? departure : PlanGraph.NONE;
      }
    }
    return PlanGraph.NONE;
  }

  private void improve(int node, int hops, long departure) {
    int entry = newest[node];
    if (entry != NO_ENTRY && round[entry] == hops) {
      latest[entry] = departure;
      return;
    }
    if (entries == round.length) {
      round = Arrays.copyOf(round, entries * 2);
      latest = Arrays.copyOf(latest, entries * 2);
      previous = Arrays.copyOf(previous, entries * 2);
    }
    round[entries] = hops;
    latest[entries] = departure;
    previous[entries] = entry;
    newest[node] = entries++;
    if (hops > 0) {
      nextFrontier[nextSize++] = node;
    }
  }

  /** The latest departure from a node that needs at most so many hops, or NONE. */
  private long latestWithin(int node, int hops) {
    int entry = newest[node];
    while (entry != NO_ENTRY && round[entry] > hops) {
      entry = previous[entry];
    }
    return entry == NO_ENTRY ? PlanGraph.NONE : latest[entry];
  }

  /** The termination of one route of so many hops, which at each hop takes the latest end. */
  private long widest(int hops, long leastEnd) {
    long termination = Long.MAX_VALUE;
    int node = labels.source;
    long time = labels.earliest[node];
    for (int left = hops - 1; left >= 0; left--) {
      int best = NO_ENTRY;
      for (int pair = graph.outBegin[node]; pair < graph.outBegin[node + 1]; pair++) {
        best = widestAcross(pair, time, left, leastEnd, best);
      }
      time = transit.arrive(best, transit.depart(best, time));
      termination = Math.min(termination, graph.end[best]);
      node = receiverOf(best, node);
    }
    return termination;
  }

  private int widestAcross(int pair, long time, int left, long leastEnd, int best) {
    long deadline = deadlineOver(pair, left);
    int found = best;
    for (int c = graph.firstEndingAfter(pair, time); c < graph.pairBegin[pair + 1]; c++) {
      if (Math.max(graph.start[c], time) > deadline - transit.leastLag(c)) {
        break;
      }
      boolean wider = found == NO_ENTRY || graph.end[c] > graph.end[found];
      if (wider && graph.end[c] >= leastEnd && isInTime(c, time, deadline)) {
        found = c;
      }
    }
    return found;
  }

  /**
   * One route of so many hops over contacts that end at {@code leastEnd} or later: the smallest
   * entry node, and then at each hop the earliest arrival at the next node.
   */
  private List<Integer> pick(int hops, long leastEnd) {
    List<Integer> route = new ArrayList<>(hops);
    int node = labels.source;
    long time = labels.earliest[node];
    for (int left = hops - 1; left >= 0; left--) {
      int best = NO_ENTRY;
      for (int pair = graph.outBegin[node]; pair < graph.outBegin[node + 1]; pair++) {
        int found = soonestAcross(pair, time, left, leastEnd);
        if (found != NO_ENTRY && (best == NO_ENTRY || isSooner(found, best, time))) {
          best = found;
          if (node == labels.source) {
            break;
          }
        }
      }
      route.add(best);
      time = transit.arrive(best, transit.depart(best, time));
      node = receiverOf(best, node);
    }
    return route;
  }

  private int soonestAcross(int pair, long time, int left, long leastEnd) {
    long deadline = deadlineOver(pair, left);
    int best = NO_ENTRY;
    for (int c = graph.firstEndingAfter(pair, time); c < graph.pairBegin[pair + 1]; c++) {
      if (Math.max(graph.start[c], time) > deadline - transit.leastLag(c)) {
        break;
      }
      if (graph.end[c] >= leastEnd && isInTime(c, time, deadline)) {
        best = best == NO_ENTRY || isSooner(c, best, time) ? c : best;
      }
    }
    return best;
  }

  private boolean isSooner(int contact, int other, long time) {
    long mine = transit.arrive(contact, transit.depart(contact, time));
    long theirs = transit.arrive(other, transit.depart(other, time));
    return mine != theirs ? mine < theirs : graph.end[contact] > graph.end[other];
  }

  private boolean isInTime(int contact, long time, long deadline) {
    long first = transit.depart(contact, time);
    return first != PlanGraph.NONE && transit.arrive(contact, first) <= deadline;
  }

  /** By when a pair's receiver must have the bundle with so many hops left; NONE if it cannot. */
  private long deadlineOver(int pair, int left) {
    return labels.allows(graph.pairFrom[pair], graph.pairTo[pair])
        ? latestWithin(graph.pairTo[pair], left)
        : PlanGraph.NONE;
  }

  private int receiverOf(int contact, int sender) {
    for (int pair = graph.outBegin[sender]; pair < graph.outBegin[sender + 1]; pair++) {
      if (contact < graph.pairBegin[pair + 1]) {
        return graph.pairTo[pair];
      }
    }
    throw new IllegalStateException("contact " + contact + " does not leave this node");
  }
}
