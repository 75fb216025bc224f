package dev.holdfast.gateway.linkem;

import java.util.concurrent.locks.ReentrantLock;

/** The transmitter of a direction, shared by all connections and flows. Any thread. */
final class SharedTransmitter {
  /**
   * How far ahead of its time a stream's bytes may be taken, so that the transmitter never idles
   * for the time it takes to wake a thread.
   */
  private static final long LOOKAHEAD_NANOS = 10_000_000;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final Transmitter transmitter;
  private final LinkTime time;

  SharedTransmitter(LinkTimeline timeline, LinkTime time) {
    this.transmitter = new Transmitter(timeline);
    this.time = time;
  }

  /** Sends up to {@code bytes} bytes now. */
  Transmitter.Passage send(int bytes) {
    lock.lock();
    try {
      return transmitter.send(time.now(), bytes);
    } finally {
      lock.unlock();
    }
  }

  /** How long something handed over now waits before its first byte leaves. */
  long backlogNanos() {
    lock.lock();
    try {
      return transmitter.backlogNanos(time.now());
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it pays to read more of a stream. */
  void awaitNearlyIdle() throws InterruptedException {
    for (long ahead = backlogNanos(); ahead > LOOKAHEAD_NANOS; ahead = backlogNanos()) {
      time.await(time.now() + ahead - LOOKAHEAD_NANOS);
    }
  }
}
