package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;

/**
 * A plan as flat arrays, for search. Nodes are numbered in ascending order of their node numbers,
 * so that the smaller index is the smaller node; contacts keep their index in the plan, where the
 * contacts of one directed pair stand together, ascending and disjoint. Times are nanoseconds since
 * the DTN epoch.
 */
final class PlanGraph {
  static final long NANOS_PER_MILLI = 1_000_000L;
  static final int NONE = -1;

  final ContactPlan plan;
  final int nodes;
  final long[] start;
  final long[] end;
  final long[] rate;
  final long[] owlt;

  /** The least light time of this and the later contacts of the same pair. */
  final long[] leastOwlt;

  /** The least light time of any contact. */
  final long shortestOwlt;

  /** The greatest rate of any contact. */
  final long fastestRate;

  final int[] pairFrom;
  final int[] pairTo;

  /** The greatest rate of any contact of each pair. */
  final long[] pairRate;

  /** The first contact of each pair; one entry more than there are pairs. */
  final int[] pairBegin;

  /** The first pair that leaves each node; one entry more than there are nodes. */
  final int[] outBegin;

  /** Where the pairs that lead to each node start in {@link #inPair}. */
  final int[] inBegin;

  final int[] inPair;

  /** When the last contact ends in which each node receives; 0 if there is none. */
  final long[] lastHeard;

  /** The receiver of each contact. */
  final int[] to;

  /** What leaves each node, by start. */
  final Departures departures;

  private final List<NodeNumber> numbers;

  PlanGraph(ContactPlan plan) {
    this.plan = plan;
    this.numbers = plan.nodes();
    this.nodes = numbers.size();
    List<Contact> contacts = plan.contacts();
    int count = contacts.size();
    start = new long[count];
    end = new long[count];
    rate = new long[count];
    owlt = new long[count];
    leastOwlt = new long[count];
    to = new int[count];
    int pairs = 0;
    long shortest = Long.MAX_VALUE;
    long fastest = 1;
    for (int c = 0; c < count; c++) {
      Contact contact = contacts.get(c);
      start[c] = contact.startNanos();
      end[c] = contact.endNanos();
      rate[c] = contact.bytesPerSecond();
      owlt[c] = contact.owltNanos();
      shortest = Math.min(shortest, owlt[c]);
      fastest = Math.max(fastest, rate[c]);
      pairs += c == 0 || !contact.isSamePair(contacts.get(c - 1)) ? 1 : 0;
    }
    shortestOwlt = count == 0 ? 0 : shortest;
    fastestRate = fastest;
    pairFrom = new int[pairs];
    pairTo = new int[pairs];
    pairRate = new long[pairs];
    lastHeard = new long[nodes + 1];
    lastHeard[nodes] = Long.MAX_VALUE; // Labels.anyOf
    pairBegin = new int[pairs + 1];
    outBegin = new int[nodes + 1];
    inBegin = new int[nodes + 1];
    inPair = new int[pairs];
    fillPairs(contacts);
    fillIncoming();
    departures = new Departures(this);
  }

  private void fillPairs(List<Contact> contacts) {
    int pair = 0;
    for (int c = 0; c < contacts.size(); c++) {
      Contact contact = contacts.get(c);
      if (c == 0 || !contact.isSamePair(contacts.get(c - 1))) {
        pairFrom[pair] = index(contact.from());
        pairTo[pair] = index(contact.to());
        outBegin[pairFrom[pair] + 1]++;
        inBegin[pairTo[pair] + 1]++;
        pairBegin[pair++] = c;
      }
      to[c] = pairTo[pair - 1];
      lastHeard[to[c]] = Math.max(lastHeard[to[c]], end[c]);
      pairRate[pair - 1] = Math.max(pairRate[pair - 1], rate[c]);
    }
    pairBegin[pair] = contacts.size();
    for (int c = contacts.size() - 1; c >= 0; c--) {
      boolean last = c + 1 == contacts.size() || !contacts.get(c).isSamePair(contacts.get(c + 1));
      leastOwlt[c] = last ? owlt[c] : Math.min(owlt[c], leastOwlt[c + 1]);
    }
  }

  private void fillIncoming() {
    for (int node = 0; node < nodes; node++) {
      outBegin[node + 1] += outBegin[node];
      inBegin[node + 1] += inBegin[node];
    }
    int[] next = inBegin.clone();
    for (int pair = 0; pair < inPair.length; pair++) {
      inPair[next[pairTo[pair]]++] = pair;
    }
  }

  static long nanos(DtnTime time) {
    return time.millis() * NANOS_PER_MILLI;
  }

  /** To the millisecond after. */
  static DtnTime time(long nanos) {
    return new DtnTime(Math.ceilDiv(nanos, NANOS_PER_MILLI));
  }

  /** The number of the node with this index. */
  NodeNumber number(int node) {
    return numbers.get(node);
  }

  /** The index of the sender of a contact. */
  int from(int contact) {
    return index(plan.contacts().get(contact).from());
  }

  /** The index of a node; {@link #NONE} if the plan does not know it. */
  int index(NodeNumber node) {
    int low = 0;
    int high = nodes - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = numbers.get(middle).compareTo(node);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return NONE;
  }

  /**
   * The first contact of the pair that ends after {@code time}; the pair's end if there is none.
   */
  int firstEndingAfter(int pair, long time) {
    int low = pairBegin[pair];
    int high = pairBegin[pair + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The last contact of the pair that starts by {@code time}; below its begin if there is none. */
  int lastStartingBy(int pair, long time) {
    int low = pairBegin[pair];
    int high = pairBegin[pair + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
