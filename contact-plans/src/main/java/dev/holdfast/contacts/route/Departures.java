package dev.holdfast.contacts.route;

import java.util.Arrays;

/**
 * The contacts of a plan by sender and start, and which of them are open at an instant.
 *
 * <p>A contact that opens before an instant and is still open stands anywhere before it in that
 * order. Going down from there, whoever is over leads to the next one that ends later than it: what
 * lies between is over too. So a node with one contact that never ends costs a look at that one,
 * not at each contact after its start.
 */
final class Departures {
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

  /** The last position before each one whose contact ends later; below the node's if none does. */
  final int[] longer;

  Departures(PlanGraph graph) {
    int count = graph.start.length;
    begin = new int[graph.nodes + 1];
    contact = new int[count];
    start = new long[count];
    end = new long[count];
    receiver = new int[count];
    longer = new int[count];
    int at = 0;
    for (int node = 0; node < graph.nodes; node++) {
      begin[node] = at;
      at = fill(graph, node, at);
    }
    begin[graph.nodes] = at;
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
    for (int i = 0; i < sorted.length; i++) {
      int c = from + sorted[i];
      contact[first + i] = c;
      start[first + i] = graph.start[c];
      end[first + i] = graph.end[c];
      receiver[first + i] = graph.to[c];
      int before = first + i - 1;
      while (before >= first && end[before] <= graph.end[c]) {
        before = longer[before];
      }
      longer[first + i] = before;
    }
    return first + sorted.length;
  }

  /** The first position of a node whose contact starts after {@code time}. */
  int firstStartingAfter(int node, long time) {
    int low = begin[node];
    int left = begin[node + 1] - low;
    while (left > 0) { // Halves by a sum, not by a jump, since no processor guesses which half.
      int half = (left + 1) >>> 1;
      low += start[low + half - 1] <= time ? half : 0;
      left -= half;
    }
    return low;
  }
}
