package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.clock.GatewayClock;
import java.util.concurrent.locks.LockSupport;

/** Nanoseconds since the epoch of a run, on the monotonic side of the clock. Any thread. */
final class LinkTime {
  private final GatewayClock clock;
  private final long epochBootNanos;

  /**
   * Time that is zero at an instant of the monotonic clock.
   *
   * @param epochBootNanos that instant, which may lie ahead
   */
  LinkTime(GatewayClock clock, long epochBootNanos) {
    this.clock = clock;
    this.epochBootNanos = epochBootNanos;
  }

  /** Nanoseconds since the epoch; negative before it. */
  long now() {
    return clock.now().bootNanos() - epochBootNanos;
  }

  /**
   * Waits until {@code nanos}.
   *
   * @throws InterruptedException if the relay is being closed
   */
  void await(long nanos) throws InterruptedException {
    for (long left = nanos - now(); left > 0; left = nanos - now()) {
      LockSupport.parkNanos(this, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
