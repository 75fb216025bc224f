package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.clock.Moment;
import java.util.PriorityQueue;

/** Virtual time: what is due next, in order of time and then of being asked for. */
final class SimTime {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PriorityQueue<Due> due = new PriorityQueue<>();
  private final DtnTime startWall;
  private long nowNanos;
  private long asked;

  SimTime(DtnTime startWall) {
    this.startWall = startWall;
  }

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

  /** The time as a node's clock shows it whose wall side is off by {@code wallOffsetMillis}. */
  Moment moment(long wallOffsetMillis, boolean trusted) {
    return new Moment(
        nowNanos,
        startWall.plus(nowNanos / NANOS_PER_MILLI + wallOffsetMillis),
        trusted ? 0 : Long.MAX_VALUE,
        trusted);
  }

  /** Does {@code action} after {@code delayNanos}. */
  void after(long delayNanos, Runnable action) {
    due.add(new Due(nowNanos + Math.max(0, delayNanos), asked++, action));
  }

  /** Does the next thing if it is due by {@code untilNanos}; false if there is none. */
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
