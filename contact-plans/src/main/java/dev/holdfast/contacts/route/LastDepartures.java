package dev.holdfast.contacts.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Until when a bundle may leave each node and still get to a destination, as far as the plan alone
 * can tell: without size, margin and bookings, over contacts whose end counts. No query is allowed
 * more, so that after it there is no route, and no search is needed to say so.
 *
 * <p>That is worth a pass over the plan for a destination that was sought in vain, since bundles
 * for it go on coming; a search that finds something stops long before it has seen the whole plan.
 */
final class LastDepartures {
  /** Departures kept: 8 MB. */
  private static final int MOST_DEPARTURES = 1 << 20;

  private final PlanGraph graph;
  private final LabelHeap open;

  /** By destination, then by node; {@link PlanGraph#NONE} if there never is a way. */
  private final long[] @Nullable [] departures;

  private int known;

  LastDepartures(PlanGraph graph) {
    this.graph = graph;
    this.open = new LabelHeap(graph.nodes);
    this.departures = new long[graph.nodes][];
  }

  /** Whether it is too late at a node for a destination; false also if that is not known. */
  boolean isOver(int node, int destination, long time) {
    long[] last = departures[destination];
    return last != null && time > last[node];
  }

  /** Finds out about a destination, unless it has been done. */
  void learn(int destination) {
    if (departures[destination] != null) {
      return;
    }
    if ((known + 1L) * graph.nodes > MOST_DEPARTURES) {
      Arrays.fill(departures, null);
      known = 0;
    }
    known++;
    departures[destination] = backFrom(destination);
  }

  /** Nodes in the order of their last departures, the latest first. */
  private long[] backFrom(int destination) {
    long[] last = new long[graph.nodes];
    Arrays.fill(last, PlanGraph.NONE);
    last[destination] = Long.MAX_VALUE;
    open.lower(destination, -Long.MAX_VALUE);
    while (!open.isEmpty()) {
      int receiver = open.poll();
      for (int i = graph.inBegin[receiver]; i < graph.inBegin[receiver + 1]; i++) {
        int pair = graph.inPair[i];
        int sender = graph.pairFrom[pair];
        long departure = lastOver(pair, last[receiver], last[sender]);
        if (departure > last[sender]) {
          last[sender] = departure;
          open.lower(sender, -departure);
        }
      }
    }
    return last;
  }

  /** The last departure over a pair that is across by then; NONE if none is after {@code floor}. */
  private long lastOver(int pair, long deadline, long floor) {
    int begin = graph.pairBegin[pair];
    int at = graph.lastStartingBy(pair, deadline - graph.leastOwlt[begin]);
    long latest = PlanGraph.NONE;
    // Those before end earlier: what one of them allows may be later only in an overlap.
    while (at >= begin && graph.end[at] > Math.max(floor, latest)) {
      long departure = Math.min(graph.end[at], deadline - graph.owlt[at]);
      if (departure >= graph.start[at]) {
        latest = Math.max(latest, departure);
      }
      at--;
    }
    return latest;
  }
}
