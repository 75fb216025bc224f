package dev.holdfast.gateway.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT and SIGTERM as something to wait for. While it is open, the process does not end before it
 * is closed, or five seconds after the signal.
 */
final class StopSignal implements AutoCloseable {
  private static final long GRACE_SECONDS = 5;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignal() {}

  /** Listens from now on. */
  static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop-signal"));
    return signal;
  }

  /** Waits for the signal, at most so long; whether it came. */
  boolean await(long nanos) throws InterruptedException {
    return asked.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void stop() {
    asked.countDown();
    try {
      var _ = done.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
