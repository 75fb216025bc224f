package dev.holdfast.gateway.link.stream;

import dev.holdfast.gateway.clock.GatewayClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the bytes of a link through at its contact's rate, whatever the number of its sessions;
 * urgent ones first. Any thread; those that must wait block.
 */
public final class RateMeter {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final int UNMETERED_QUANTUM = 128 << 10;
  private static final int LEAST_QUANTUM = 512;

  /** How many quanta a second: how fine the bytes are spread. */
  private static final int QUANTA = 50;

  /** No channel of ours is that fast, and the arithmetic holds below it. */
  private static final long FASTEST = 4_000_000_000L;

  /** Being woken late is made up for, up to this. */
  private static final long LATENESS_NANOS = 20_000_000L;

  private final GatewayClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile long rate;

  /** When all that was let through has left, at the rate. */
  private long freeAtNanos;

  private int urgentWaiting;

  /** A meter that lets everything through until it is told a rate. */
  public RateMeter(GatewayClock clock) {
    this.clock = clock;
  }

  /** From now on so many bytes a second; 0 for as fast as it goes. */
  public void rate(long bytesPerSecond) {
    lock.lock();
    try {
      rate = bytesPerSecond > FASTEST ? 0 : bytesPerSecond;
      freeAtNanos = nanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The most that is to be taken at a time, so that others get their turn. */
  public int quantum() {
    long current = rate;
    return current == 0
        ? UNMETERED_QUANTUM
        : Math.clamp(current / QUANTA, LEAST_QUANTUM, UNMETERED_QUANTUM);
  }

  /** Waits until {@code bytes}, at most a {@link #quantum()}, may leave. */
  public void take(int bytes, boolean urgent) throws InterruptedException {
    if (rate == 0) {
      return;
    }
    lock.lockInterruptibly();
    try {
      urgentWaiting += urgent ? 1 : 0;
      try {
        awaitTurn(urgent);
      } finally {
        urgentWaiting -= urgent ? 1 : 0;
      }
      if (rate > 0) {
        long from = Math.max(freeAtNanos, nanos() - LATENESS_NANOS);
        freeAtNanos = from + bytes * SECOND_NANOS / rate;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(boolean urgent) throws InterruptedException {
    while (rate > 0) {
      long wait = freeAtNanos - nanos();
      if (wait > 0) {
        boolean _ = changed.await(wait, TimeUnit.NANOSECONDS);
      } else if (!urgent && urgentWaiting > 0) {
        changed.await();
      } else {
        return;
      }
    }
  }

  private long nanos() {
    return clock.now().bootNanos();
  }
}
