package dev.holdfast.gateway.link.stream;

import dev.holdfast.custody.BundleStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Platform threads on which links read payloads from the store and write large ones to it: native
 * code would pin the carrier of a virtual thread.
 *
 * <p>What waits to be written is bounded by credits: a link that has none left stops reading its
 * socket. Any thread.
 */
public final class StoreThreads implements AutoCloseable {
  private static final int CREDIT_UNIT = 1024;
  private static final int UNLIMITED = 1 << 29;

  private final BundleStore store;
  private final Consumer<Throwable> fatal;
  private final ExecutorService threads;
  private final Semaphore credits;
  private final int allCredits;

  /**
   * Starts nothing yet; threads come as they are needed.
   *
   * @param count most threads at a time
   * @param waitingBytes most payload bytes that wait to be written
   * @param fatal told of failures of the store that are not a full disk
   */
  public StoreThreads(BundleStore store, int count, long waitingBytes, Consumer<Throwable> fatal) {
    this.store = store;
    this.fatal = fatal;
    this.allCredits = Math.clamp(waitingBytes / CREDIT_UNIT, 1, UNLIMITED);
    this.credits = new Semaphore(allCredits);
    this.threads =
        Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("link-store-", 0).factory());
  }

  /** Does work that touches the store; nothing any more once this is closed. */
  public void execute(Runnable work) {
    try {
      threads.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error failure) {
              fatal.accept(failure);
            }
          });
    } catch (RejectedExecutionException closed) {
      // The links are being closed: what a reader still had is not acknowledged, and comes again.
    }
  }

  /** A way into the store for one large payload. */
  SpoolLane lane() {
    return new SpoolLane(this, store);
  }

  /** Takes credits for bytes that will wait; blocks while there are not enough. */
  int takeCredits(int bytes) {
    int cost = Math.clamp(bytes / CREDIT_UNIT, 1, allCredits);
    credits.acquireUninterruptibly(cost);
    return cost;
  }

  void giveCredits(int cost) {
    credits.release(cost);
  }

  /** Ends the threads after the work that is queued. */
  @Override
  public void close() {
    if (!threads.isShutdown()) {
      threads.shutdown();
      credits.release(UNLIMITED); // nobody gives credits back any more, and nobody shall wait
    }
  }
}
