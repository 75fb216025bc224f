package dev.holdfast.gateway.linkem;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is between the two ends: things in the order in which they left, each with the time of its
 * arrival, bounded by bytes. Nothing overtakes. Any thread; one taker.
 */
final class DelayLine<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Travelling<T>> travelling = new ArrayDeque<>();
  private final LinkTime time;
  private final long capacityBytes;
  private long heldBytes;
  private long lastArrival = LinkWindow.ALWAYS;
  private boolean abandoned;

  private record Travelling<T>(T thing, long bytes, long arrivesAt) {}

  /**
   * An empty line.
   *
   * @param capacityBytes how much it holds; one thing is taken even if it is larger
   */
  DelayLine(LinkTime time, long capacityBytes) {
    this.time = time;
    this.capacityBytes = capacityBytes;
  }

  /**
   * Adds something that arrives then, or with the thing before it; waits while there is no room.
   */
  void put(T thing, long bytes, long arrivesAt) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!hasRoom(bytes) && !abandoned) {
        changed.await();
      }
      add(thing, bytes, arrivesAt);
    } finally {
      lock.unlock();
    }
  }

  /** Adds something if there is room. */
  boolean offer(T thing, long bytes, long arrivesAt) {
    lock.lock();
    try {
      boolean room = hasRoom(bytes);
      if (room) {
        add(thing, bytes, arrivesAt);
      }
      return room;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next thing when it arrives. */
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Travelling<T> next = travelling.peek();
        if (next == null) {
          changed.await();
          continue;
        }
        long left = next.arrivesAt - time.now();
        if (left <= 0) {
          travelling.remove();
          heldBytes -= next.bytes;
          changed.signalAll();
          return next.thing;
        }
        var _ = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes any more: whatever is added is forgotten, and nobody waits for room. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      travelling.clear();
      heldBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(long bytes) {
    return travelling.isEmpty() || heldBytes + bytes <= capacityBytes;
  }

  private void add(T thing, long bytes, long arrivesAt) {
    if (abandoned) {
      return;
    }
    lastArrival = Math.max(lastArrival, arrivesAt);
    travelling.add(new Travelling<>(thing, bytes, lastArrival));
    heldBytes += bytes;
    changed.signalAll();
  }
}
