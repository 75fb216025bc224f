package dev.holdfast.contacts.route;

import java.util.Arrays;

/**
 * The contacts of a plan by sender and start, and which of them are open at an instant.
 *
 * <p>A contact that opens before an instant and is still open stands anywhere before it in that
 * order, so each position knows the latest end up to it, and each block of positions its own: a
 * node with one contact that never ends costs a look at each block, not at each contact.
 */
final class Departures {
  private static final int BLOCK_BITS = 5;
  static final int BLOCK = 1 << BLOCK_BITS;

  /** Where the contacts of each node begin; one entry more than there are nodes. */
  final int[] begin;

  /** The contact at each position. */
  final int[] contact;

  /** Its start. */
  final long[] start;

  /** Its end. */
  final long[] end;

  /** Its receiver. */
  final int[] receiver;

  /** The latest end of this and the positions before it of the same node. */
  private final long[] lastEnd;

  private final long[] blockEnd;

  Departures(PlanGraph graph) {
    int count = graph.start.length;
    begin = new int[graph.nodes + 1];
    contact = new int[count];
    start = new long[count];
    end = new long[count];
    receiver = new int[count];
    lastEnd = new long[count];
    blockEnd = new long[(count >>> BLOCK_BITS) + 1];
    int at = 0;
    for (int node = 0; node < graph.nodes; node++) {
      begin[node] = at;
      at = fill(graph, node, at);
    }
    begin[graph.nodes] = at;
    for (int position = 0; position < count; position++) {
      int block = position >>> BLOCK_BITS;
      blockEnd[block] = Math.max(blockEnd[block], end[position]);
    }
  }

  private int fill(PlanGraph graph, int node, int first) {
    int from = graph.pairBegin[graph.outBegin[node]];
    int until = graph.pairBegin[graph.outBegin[node + 1]];
    // By start, then by contact: the start in front, and the place among the node's contacts.
    long[] order = new long[until - from];
    Integer[] sorted = new Integer[until - from];
    for (int i = 0; i < order.length; i++) {
      order[i] = graph.start[from + i];
      sorted[i] = i;
    }
    Arrays.sort(sorted, (a, b) -> Long.compare(order[a], order[b]));
    long latest = 0;
    for (int i = 0; i < sorted.length; i++) {
      int c = from + sorted[i];
      contact[first + i] = c;
      start[first + i] = graph.start[c];
      end[first + i] = graph.end[c];
      receiver[first + i] = graph.to[c];
      latest = Math.max(latest, graph.end[c]);
      lastEnd[first + i] = latest;
    }
    return first + sorted.length;
  }

  /** The first position of a node whose contact starts after {@code time}. */
  int firstStartingAfter(int node, long time) {
    int low = begin[node];
    int high = begin[node + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * The next position down from {@code position} that may be open at {@code time}: whole blocks of
   * contacts that are all over are left out. Below {@code first} if there is none.
   */
  int down(int position, int first, long time) {
    int at = position;
    while (at - BLOCK + 1 >= first
        && (at & BLOCK - 1) == BLOCK - 1
        && blockEnd[at >>> BLOCK_BITS] <= time) {
      at -= BLOCK;
    }
    return at >= first && lastEnd[at] > time ? at : first - 1;
  }
}
