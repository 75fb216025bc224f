package dev.holdfast.contacts;

import java.util.Arrays;

/**
 * Stretches of time that are taken: disjoint and ascending, adjacent ones joined. Times are
 * nanoseconds since the DTN epoch. Mutable, for one thread.
 */
final class Slots {
  /** Nothing is taken; never changed. */
  static final Slots NONE = new Slots();

  private long[] first = new long[4];
  private long[] last = new long[4];
  private int count;

  /** The same stretches, to be changed by itself. */
  Slots copy() {
    Slots copy = new Slots();
    copy.first = Arrays.copyOf(first, Math.max(4, count));
    copy.last = Arrays.copyOf(last, Math.max(4, count));
    copy.count = count;
    return copy;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** When the last of them is over; 0 if nothing is taken. */
  long end() {
    return count == 0 ? 0 : last[count - 1];
  }

  /** How much is taken from {@code from} to {@code to}. */
  long taken(long from, long to) {
    long sum = 0;
    for (int slot = firstEndingAfter(from); slot < count && first[slot] < to; slot++) {
      sum += Math.min(last[slot], to) - Math.max(first[slot], from);
    }
    return sum;
  }

  /** The earliest instant, not before {@code from}, from which {@code length} is free. */
  long firstFree(long from, long length) {
    long start = from;
    for (int slot = firstEndingAfter(start); slot < count; slot++) {
      if (first[slot] >= start && first[slot] - start >= length) {
        break;
      }
      start = last[slot];
    }
    return start;
  }

  /** The latest instant from which {@code length} is free until {@code stop} at the latest. */
  long lastFree(long stop, long length) {
    long free = stop;
    for (int slot = lastStartingBefore(free); slot >= 0; slot--) {
      if (free - last[slot] >= length) {
        break;
      }
      free = first[slot];
    }
    return free - length;
  }

  /** Takes a stretch that is free. */
  void take(long from, long to) {
    int at = firstEndingAfter(from);
    boolean joinsBefore = at > 0 && last[at - 1] == from;
    boolean joinsAfter = at < count && first[at] == to;
    if (joinsBefore && joinsAfter) {
      last[at - 1] = last[at];
      remove(at, at + 1);
    } else if (joinsBefore) {
      last[at - 1] = to;
    } else if (joinsAfter) {
      first[at] = from;
    } else {
      insert(at, from, to);
    }
  }

  /**
   * Takes as long a stretch whether it is free or not: what is taken there moves on, and what that
   * meets moves on too, as work does before which more urgent work is put.
   */
  void push(long from, long length) {
    int at = firstEndingAfter(from - 1); // One that ends where it starts is joined.
    long start = from;
    long end = from + length;
    int next = at;
    if (next < count && first[next] <= from) {
      start = first[next];
      end = last[next] + length;
      next++;
    }
    while (next < count && first[next] <= end) {
      end += last[next] - first[next];
      next++;
    }
    if (next == at) {
      insert(at, start, end);
    } else {
      first[at] = start;
      last[at] = end;
      remove(at + 1, next);
    }
  }

  /** Frees a stretch; false, and nothing changes, if it was not taken whole. */
  boolean free(long from, long to) {
    int slot = firstEndingAfter(from);
    if (slot == count || first[slot] > from || last[slot] < to) {
      return false;
    }
    long slotLast = last[slot];
    if (first[slot] == from && slotLast == to) {
      remove(slot, slot + 1);
    } else if (first[slot] == from) {
      first[slot] = to;
    } else {
      last[slot] = from;
      if (slotLast > to) {
        insert(slot + 1, to, slotLast);
      }
    }
    return true;
  }

  /** Forgets what is over by then. */
  void forgetBefore(long time) {
    remove(0, firstEndingAfter(time));
  }

  /** Pushes everything of another one in here too. */
  void pushAll(Slots other) {
    for (int slot = 0; slot < other.count; slot++) {
      push(other.first[slot], other.last[slot] - other.first[slot]);
    }
  }

  private int firstEndingAfter(long time) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int lastStartingBefore(long time) {
    int slot = firstEndingAfter(time - 1);
    return slot < count && first[slot] < time ? slot : slot - 1;
  }

  private void insert(int at, long from, long to) {
    if (count == first.length) {
      first = Arrays.copyOf(first, count * 2);
      last = Arrays.copyOf(last, count * 2);
    }
    System.arraycopy(first, at, first, at + 1, count - at);
    System.arraycopy(last, at, last, at + 1, count - at);
    first[at] = from;
    last[at] = to;
    count++;
  }

  private void remove(int from, int to) {
    System.arraycopy(first, to, first, from, count - to);
    System.arraycopy(last, to, last, from, count - to);
    count -= to - from;
  }
}
