package dev.holdfast.contacts.trace;

import java.util.Arrays;

/**
 * What a text has said so far, to find the line that contradicts it: the time of its last event,
 * and which links are up, or until when.
 */
final class LinkBook {
  private static final int FIRST_SIZE = 64;
  private static final long FREE = -1;
  private static final long OPEN = Long.MAX_VALUE;

  private final TraceLines lines;
  private final TraceLimits limits;
  private final Names names;

  private long last;
  private long[] links = fresh(FIRST_SIZE);

  /** For each link: when it goes down, {@link #OPEN} while that is unknown, 0 while it is down. */
  private long[] ends = new long[FIRST_SIZE];

  private int count;

  LinkBook(TraceLines lines, TraceLimits limits) {
    this.lines = lines;
    this.limits = limits;
    this.names = new Names(lines, limits);
  }

  Names names() {
    return names;
  }

  /** The time of an event. */
  void at(long nanos) {
    if (nanos < last) {
      throw lines.bad(
          "time runs backwards: " + Decimals.seconds(nanos) + " after " + Decimals.seconds(last),
          "sort the lines by time");
    }
    last = nanos;
  }

  /** A link by the numbers of its two ends: where to ask for it until another one is asked for. */
  int link(int from, int to) {
    if (from == to) {
      throw lines.bad(
          "the link " + names.name(from) + ">" + names.name(to) + " has one end",
          "name two different nodes");
    }
    long key = (long) from << 32 | to;
    int slot = find(key);
    if (links[slot] == FREE) {
      if (count >= limits.links()) {
        throw lines.bad("more than " + limits.links() + " links", "split the trace");
      }
      links[slot] = key;
      count++;
      if (2 * count > links.length) {
        grow();
        slot = find(key);
      }
    }
    return slot;
  }

  boolean isUp(int link) {
    return ends[link] == OPEN;
  }

  void set(int link, boolean isUp) {
    ends[link] = isUp ? OPEN : 0;
  }

  /** Until when the link is up by what was told of it; 0 if it never was. */
  long end(int link) {
    return ends[link];
  }

  /** The link is up until then. */
  void setEnd(int link, long nanos) {
    ends[link] = nanos;
  }

  /** The link goes up, which it must not be. */
  void up(int link) {
    if (isUp(link)) {
      throw lines.bad(
          "the link " + name(link) + " is up already",
          "let it go down before, or write what changes (rate, delay)");
    }
    set(link, true);
  }

  /** The link goes down, which it must not be. */
  void down(int link) {
    requireUp(link, "it cannot go down");
    set(link, false);
  }

  /** Something happens that needs a link which is up. */
  void requireUp(int link, String otherwise) {
    if (!isUp(link)) {
      throw lines.bad(
          "the link " + name(link) + " is not up, so " + otherwise, "let it go up before");
    }
  }

  /** The link as a trace writes it. */
  String name(int link) {
    return names.name((int) (links[link] >>> 32)) + ">" + names.name((int) links[link]);
  }

  private int find(long key) {
    int mask = links.length - 1;
    long mixed = key * 0x9e3779b97f4a7c15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (links[slot] != FREE && links[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldLinks = links;
    long[] oldEnds = ends;
    links = fresh(2 * oldLinks.length);
    ends = new long[links.length];
    for (int i = 0; i < oldLinks.length; i++) {
      if (oldLinks[i] != FREE) {
        int slot = find(oldLinks[i]);
        links[slot] = oldLinks[i];
        ends[slot] = oldEnds[i];
      }
    }
  }

  private static long[] fresh(int size) {
    long[] slots = new long[size];
    Arrays.fill(slots, FREE);
    return slots;
  }
}
