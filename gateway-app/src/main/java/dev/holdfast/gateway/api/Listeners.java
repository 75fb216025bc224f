package dev.holdfast.gateway.api;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who wait for something to happen, each on a thread of its own, and not too many. */
final class Listeners {
  /** A stream on which nothing happens says so this often. */
  static final long HEARTBEAT_MILLIS = 15_000;

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final int MOST = 64;

  private final Executor threads;
  private final Semaphore places = new Semaphore(MOST);

  /** Waits on threads of {@code threads}, which are virtual. */
  Listeners(Executor threads) {
    this.threads = threads;
  }

  /** What a listener does; it ends when the gateway stops, by an interrupt. */
  @FunctionalInterface
  interface Work<T> {
    /** Waits and tells. */
    void on(T listener) throws InterruptedException;
  }

  /** Whether the answer is to be a stream of server-sent events. */
  static boolean wantsStream(Context context) {
    return Optional.ofNullable(context.header("Accept")).orElse("").contains("text/event-stream");
  }

  /** Answers once the work is done. */
  void page(Context context, Work<Context> work) {
    take();
    context.future(
        () ->
            CompletableFuture.runAsync(() -> run(work, context), threads)
                .whenComplete((_, _) -> places.release()));
  }

  /** Answers with a stream that the work writes to until its client has gone. */
  void stream(Context context, Work<SseClient> work) {
    take();
    SseHandler handler = new SseHandler(client -> follow(client, work));
    try {
      handler.handle(context);
    } catch (Exception e) {
      places.release();
      throw new Problem(Problem.Kind.FAULT, "the stream did not begin: " + e.getMessage());
    }
  }

  private void take() {
    if (!places.tryAcquire()) {
      throw new Problem(Problem.Kind.TOO_MANY, MOST + " listeners are here already");
    }
  }

  private void follow(SseClient client, Work<SseClient> work) {
    client.keepAlive();
    client.onClose(places::release);
    threads.execute(
        () -> {
          try {
            run(work, client);
          } catch (RuntimeException e) {
            LOG.debug("a stream ends: {}", e.toString());
          } finally {
            client.close();
          }
        });
  }

  private static <T> void run(Work<T> work, T listener) {
    try {
      work.on(listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
