package dev.holdfast.gateway.api;

import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.turn.JournalEntry;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What happened: as a page that waits for more, or as a stream of server-sent events. */
final class EventRoutes {
  private static final int MOST_AT_ONCE = 1000;
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);

  private final Journal journal;
  private final Listeners listeners;

  /**
   * Routes to a journal.
   *
   * @param journal the journal
   * @param listeners gives every listener a (virtual) thread to wait on
   */
  EventRoutes(Journal journal, Executor listeners) {
    this.journal = journal;
    this.listeners = new Listeners(listeners);
  }

  void events(Context context) {
    Parameters query = new Parameters(context);
    Optional<Long> asked = query.value("since", Long::valueOf);
    int limit = (int) query.number("limit", 100, 1, MOST_AT_ONCE);
    long wait = query.millis("wait", Duration.ZERO, MOST_WAIT);
    query.end();
    if (Listeners.wantsStream(context)) {
      long since = resumed(context).or(() -> asked).orElseGet(journal::last);
      listeners.stream(context, client -> pump(client, since));
    } else {
      long since = asked.orElse(0L);
      listeners.page(context, page -> answer(page, since, limit, wait));
    }
  }

  private static Optional<Long> resumed(Context context) {
    String last = context.header("Last-Event-ID");
    return last == null ? Optional.empty() : Optional.of(Routes.path(last, Long::valueOf));
  }

  private void answer(Context context, long since, int limit, long wait)
      throws InterruptedException {
    List<Recent.Numbered<JournalEntry>> events = journal.since(since, limit, wait);
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

  private void pump(SseClient client, long since) throws InterruptedException {
    long last = since;
    while (!client.terminated()) {
      List<Recent.Numbered<JournalEntry>> events =
          journal.since(last, MOST_AT_ONCE, Listeners.HEARTBEAT_MILLIS);
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
}
