package dev.holdfast.contacts.route;

import java.util.Arrays;

/**
 * What one search knows of each node: when the bundle can be there at the earliest.
 *
 * <p>Its target is a node, or stands for several ({@link #anyOf}): then it has the label of the
 * member that is reached first, and that of a target without members never ends the search.
 */
final class Labels {
  static final long UNREACHED = Long.MAX_VALUE;

  /**
   * Earliest arrival by node; exact for every node that can send on in time for {@link #arrival}.
   */
  final long[] earliest;

  /** Neighbours that must not be the entry node. */
  final boolean[] excluded;

  /** Nodes that must not be entered. */
  final boolean[] closed;

  /** Nodes that the target stands for. */
  final boolean[] member;

  /** The target that is no node. */
  final int anyOf;

  int source;
  int target;

  /** The earliest arrival at the target. */
  long arrival;

  Labels(int nodes) {
    anyOf = nodes;
    earliest = new long[nodes + 1];
    member = new boolean[nodes];
    excluded = new boolean[nodes];
    closed = new boolean[nodes];
  }

  void prepare(int from, int to, long at) {
    source = from;
    target = to;
    arrival = UNREACHED;
    Arrays.fill(earliest, UNREACHED);
    Arrays.fill(excluded, false);
    Arrays.fill(closed, false);
    Arrays.fill(member, false);
    earliest[from] = at;
  }

  /** Whether the bundle may go from one node directly to the other on this query. */
  boolean allows(int from, int to) {
    return !closed[to] && !closed[from] && (from != source || !excluded[to]);
  }
}
