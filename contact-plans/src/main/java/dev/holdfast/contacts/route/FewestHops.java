package dev.holdfast.contacts.route;

import java.util.Arrays;

/**
 * The second key of SABR §3.2.8.1.4 among all routes that arrive earliest: fewest hops.
 *
 * <p>Round k of the backward pass finds for each node the latest departure from which the target is
 * still reached in time over at most k contacts; the first round that reaches the source gives the
 * hops. Each node keeps its departures by round as a chain, so memory grows with improvements, not
 * with nodes times hops.
 */
final class FewestHops {
  private static final int NO_ENTRY = -1;

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

  /**
   * Goes back from the target; the number of hops of the shortest route that arrives earliest. The
   * labels must be those of this query.
   */
  int find() {
    Arrays.fill(newest, NO_ENTRY);
    entries = 0;
    improve(labels.target, 0, labels.arrival);
    frontier[0] = labels.target;
    int size = 1;
    for (int hops = 1; hops <= graph.nodes && size > 0; hops++) {
      nextSize = 0;
      for (int i = 0; i < size; i++) {
        if (goBack(frontier[i], hops)) {
          return hops;
        }
      }
      int[] done = frontier;
      frontier = nextFrontier;
      nextFrontier = done;
      size = nextSize;
    }
    throw new IllegalStateException("the target was reached, and there is no way to it");
  }

  /** Improves whoever sends to {@code receiver}; true if that is the source. */
  private boolean goBack(int receiver, int hops) {
    long deadline = latestWithin(receiver, hops - 1);
    for (int i = graph.inBegin[receiver]; i < graph.inBegin[receiver + 1]; i++) {
      int pair = graph.inPair[i];
      int sender = graph.pairFrom[pair];
      long floor = Math.max(labels.earliest[sender], latestWithin(sender, hops) + 1);
      if (floor > deadline || sender == labels.target || !labels.allows(sender, receiver)) {
        continue;
      }
      long departure = latestDeparture(pair, deadline, floor);
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
  private long latestDeparture(int pair, long deadline, long floor) {
    int begin = graph.pairBegin[pair];
    int last = graph.lastStartingBy(pair, deadline - transit.leastLag(begin));
    long over = transit.over(floor);
    long latest = PlanGraph.NONE;
    // Those before end earlier, so that what one of them allows may be later only in an overlap.
    for (int c = last; c >= begin && graph.end[c] > Math.max(over, latest); c--) {
      latest = Math.max(latest, transit.departBy(c, deadline));
    }
    return latest >= floor ? latest : PlanGraph.NONE;
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
  long latestWithin(int node, int hops) {
    int entry = newest[node];
    while (entry != NO_ENTRY && round[entry] > hops) {
      entry = previous[entry];
    }
    return entry == NO_ENTRY ? PlanGraph.NONE : latest[entry];
  }
}
