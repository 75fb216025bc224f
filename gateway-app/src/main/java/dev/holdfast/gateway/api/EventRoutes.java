package dev.holdfast.gateway.api;

import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.turn.JournalEntry;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.javalin.http.sse.SseHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** What happened: as a page that waits for more, or as a stream of server-sent events. */
final class EventRoutes {
  private static final int MOST_AT_ONCE = 1000;
  private static final int LISTENERS = 64;
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Journal journal;
  private final Executor listeners;
  private final Semaphore places = new Semaphore(LISTENERS);

  /**
   * Routes to a journal.
   *
   * @param journal the journal
   * @param listeners gives every listener a (virtual) thread to wait on
   */
  EventRoutes(Journal journal, Executor listeners) {
    this.journal = journal;
    this.listeners = listeners;
  }

  void events(Context context) {
    Parameters query = new Parameters(context);
    Optional<Long> asked = query.value("since", Long::valueOf);
    int limit = (int) query.number("limit", 100, 1, MOST_AT_ONCE);
    long wait = query.millis("wait", Duration.ZERO, MOST_WAIT);
    query.end();
    boolean stream =
        Optional.ofNullable(context.header("Accept")).orElse("").contains("text/event-stream");
    if (!places.tryAcquire()) {
      throw new Problem(Problem.Kind.TOO_MANY, LISTENERS + " listeners are here already");
    }
    if (stream) {
      long since = resumed(context).or(() -> asked).orElseGet(journal::last);
      stream(context, since);
    } else {
      page(context, asked.orElse(0L), limit, wait);
    }
  }

  private static Optional<Long> resumed(Context context) {
    String last = context.header("Last-Event-ID");
    return last == null ? Optional.empty() : Optional.of(Routes.path(last, Long::valueOf));
  }

  private void page(Context context, long since, int limit, long wait) {
    context.future(
        () ->
            CompletableFuture.runAsync(() -> answer(context, since, limit, wait), listeners)
                .whenComplete((_, _) -> places.release()));
  }

  private void answer(Context context, long since, int limit, long wait) {
    List<Recent.Numbered<JournalEntry>> events = read(since, limit, wait);
    long first = events.isEmpty() ? since + 1 : events.getFirst().number();
    long next = events.isEmpty() ? Math.min(since, journal.last()) : events.getLast().number();
    Routes.json(
        context,
        Json.object(
            out -> {
              Json.list(out, "events", events, event -> Views.event(out, event));
              out.writeNumberProperty("next", next);
              out.writeNumberProperty("missed", Math.max(0, first - since - 1));
            }));
  }

  private void stream(Context context, long since) {
    SseHandler handler = new SseHandler(client -> follow(client, since));
    try {
      handler.handle(context);
    } catch (Exception e) {
      places.release();
      throw new Problem(Problem.Kind.FAULT, "the stream did not begin: " + e.getMessage());
    }
  }

  private void follow(SseClient client, long since) {
    client.keepAlive();
    client.onClose(places::release);
    listeners.execute(() -> pump(client, since));
  }

  private void pump(SseClient client, long since) {
    long last = since;
    while (!client.terminated()) {
      List<Recent.Numbered<JournalEntry>> events = read(last, MOST_AT_ONCE, HEARTBEAT_MILLIS);
      if (events.isEmpty()) {
        client.sendComment("nothing new");
      }
      for (Recent.Numbered<JournalEntry> event : events) {
        client.sendEvent(
            Json.code(event.entry().kind()),
            Json.object(out -> Views.event(out, event)).strip(),
            Long.toString(event.number()));
        last = event.number();
      }
    }
  }

  private List<Recent.Numbered<JournalEntry>> read(long since, int limit, long wait) {
    try {
      return journal.since(since, limit, wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
