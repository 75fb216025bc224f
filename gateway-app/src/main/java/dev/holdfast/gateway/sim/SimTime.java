package dev.holdfast.gateway.sim;

import java.util.PriorityQueue;

/** Virtual time: what is due next, in order of time and then of being asked for. */
final class SimTime {
  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private long nowNanos;
  private long asked;
  private long calls;

  private record Due(long nanos, long order, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** Nanoseconds since the world began. */
  long nanos() {
    return nowNanos;
  }

  /** Counts one call of a node, a link or a session. */
  void called() {
    calls++;
  }

  /** How many calls there were. */
  long calls() {
    return calls;
  }

  /** Does {@code action} after {@code delayNanos}. */
  void after(long delayNanos, Runnable action) {
    at(nowNanos + Math.max(0, delayNanos), action);
  }

  /** Does {@code action} then, or now if that is past. */
  void at(long nanos, Runnable action) {
    due.add(new Due(Math.max(nowNanos, nanos), asked++, action));
  }

  /** When the next thing is due; {@link Long#MAX_VALUE} if there is none. */
  long next() {
    Due next = due.peek();
    return next == null ? Long.MAX_VALUE : next.nanos;
  }

  /** Does the next thing if it is due by {@code untilNanos}; else time is then and false. */
  boolean step(long untilNanos) {
    Due next = due.peek();
    if (next == null || next.nanos > untilNanos) {
      nowNanos = Math.max(nowNanos, untilNanos);
      return false;
    }
    due.remove();
    nowNanos = next.nanos;
    next.action.run();
    return true;
  }
}
