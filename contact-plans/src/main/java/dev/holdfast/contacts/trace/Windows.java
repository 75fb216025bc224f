package dev.holdfast.contacts.trace;

import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Windows that come in order of their starts, turned into ups and downs in order of time: the ends
 * of open windows wait in a heap. What ends at an instant does so before what starts at it.
 */
final class Windows {
  private static final LinkChange DOWN = new LinkChange.Down(true);

  /** The end of an open window; {@code order} is that of the starts. */
  private record End(long nanos, long order, String from, String to) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int first = Long.compare(nanos, other.nanos);
      return first != 0 ? first : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<End> ends = new PriorityQueue<>();
  private long started;

  /** How many windows are open. */
  int open() {
    return ends.size();
  }

  /** The start of a window, after everything that ends by then was taken with {@link #endBy}. */
  TraceEvent start(TraceEvent up, long endNanos) {
    ends.add(new End(endNanos, started++, up.from(), up.to()));
    return up;
  }

  /** The next end, if it is not after {@code nanos}. */
  Optional<TraceEvent> endBy(long nanos) {
    End next = ends.peek();
    if (next == null || next.nanos() > nanos) {
      return Optional.empty();
    }
    ends.remove();
    return Optional.of(new TraceEvent(next.nanos(), next.from(), next.to(), DOWN));
  }
}
