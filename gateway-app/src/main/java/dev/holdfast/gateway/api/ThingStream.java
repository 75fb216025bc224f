package dev.holdfast.gateway.api;

import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.crdt.twin.TwinPath;
import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinFeed;
import dev.holdfast.gateway.twin.TwinRequest;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Things as server-sent events: each time one has changed, what it is now; once for changes that
 * come together. Events are numbered within a run of the gateway, which their ids name.
 */
final class ThingStream {
  private static final int MOST_AT_ONCE = 1_000;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final TwinCalls twins;
  private final NodeAccess node;
  private final Listeners listeners;
  private String run = "";

  ThingStream(TwinCalls twins, NodeAccess node, Listeners listeners) {
    this.twins = twins;
    this.node = node;
    this.listeners = listeners;
  }

  /** How a stream begins. */
  private enum Start {
    /** With what is named, as it is. */
    NEW,
    /** With what came after the event that the client had last. */
    RESUMED,
    /** The client's last event is of another run of the gateway. */
    LOST
  }

  /** What one listener gets, from which number on. */
  private record Wanted(ThingFilter filter, Form form, String run, Start start, long since) {
    String id(long number) {
      return run + "-" + number;
    }
  }

  /** A stream of one thing. */
  void one(Context context, ThingId thing) {
    Parameters query = new Parameters(context);
    Form form = query.choice("form", Form.PLAIN, Form.class);
    Optional<TwinFields> fields = query.value("fields", TwinFields::of);
    query.end();
    some(context, new ThingFilter(List.of(thing), List.of(), fields), form);
  }

  /** A stream of all that are wanted. */
  void some(Context context, ThingFilter filter, Form form) {
    TwinFeed feed = twins.feed();
    String run = run();
    long last = feed.last();
    Optional<String> had = Optional.ofNullable(context.header("Last-Event-ID"));
    Optional<Long> number = had.flatMap(id -> number(id, run)).filter(it -> it <= last);
    Start start = had.isEmpty() ? Start.NEW : number.isPresent() ? Start.RESUMED : Start.LOST;
    Wanted wanted = new Wanted(filter, form, run, start, number.orElse(last));
    listeners.stream(context, client -> pump(client, feed, wanted));
  }

  /** Numbers begin anew with each run; no two runs of one gateway are asked at the same time. */
  private synchronized String run() {
    if (run.isEmpty()) {
      run = Long.toString(node.look().at().wall().millis(), Character.MAX_RADIX);
    }
    return run;
  }

  private static Optional<Long> number(String id, String run) {
    String prefix = run + "-";
    String number = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
    return NUMBER.matcher(number).matches() ? Optional.of(Long.valueOf(number)) : Optional.empty();
  }

  private void pump(SseClient client, TwinFeed feed, Wanted wanted) throws InterruptedException {
    long last = wanted.since();
    switch (wanted.start()) {
      case NEW -> named(client, wanted, last);
      case RESUMED -> {}
      case LOST -> {
        missed(client, wanted, last, OptionalLong.empty());
        named(client, wanted, last);
      }
    }
    while (!client.terminated()) {
      List<Recent.Numbered<TwinFeed.Change>> changes =
          feed.since(last, MOST_AT_ONCE, Listeners.HEARTBEAT_MILLIS);
      if (changes.isEmpty()) {
        client.sendComment("nothing new");
        continue;
      }
      long before = changes.getFirst().number() - 1;
      if (before > last) {
        missed(client, wanted, before, OptionalLong.of(before - last));
        named(client, wanted, before);
      }
      changed(client, wanted, changes);
      last = changes.getLast().number();
    }
  }

  /** Who looks at named things needs no list of what was missed: they are told as they are. */
  private void named(SseClient client, Wanted wanted, long number) {
    for (ThingId id : wanted.filter().ids()) {
      tell(client, wanted, id, number);
    }
  }

  private void changed(
      SseClient client, Wanted wanted, List<Recent.Numbered<TwinFeed.Change>> changes) {
    // In the order of the last change of each: whoever has an event has all before it.
    Map<String, Long> last = new LinkedHashMap<>();
    for (Recent.Numbered<TwinFeed.Change> change : changes) {
      last.remove(change.entry().thing());
      last.put(change.entry().thing(), change.number());
    }
    last.forEach(
        (thing, number) -> {
          // What others write may be of no thing that has an id here.
          ThingId.parse(thing, TwinLimits.DEFAULT)
              .toOptional()
              .filter(wanted.filter()::wants)
              .ifPresent(id -> tell(client, wanted, id, number));
        });
  }

  private void tell(SseClient client, Wanted wanted, ThingId id, long number) {
    Optional<TwinAnswer.Shown> shown =
        twins.find(new TwinRequest.Read(id, TwinPath.THING, wanted.form()));
    if (shown.isPresent()) {
      JsonNode thing = wanted.filter().fields(shown.get().json());
      client.sendEvent("message", TwinViews.json(thing), wanted.id(number));
    } else {
      JsonNode gone = JsonNodeFactory.instance.objectNode().put("thingId", id.text());
      client.sendEvent("gone", TwinViews.json(gone), wanted.id(number));
    }
  }

  private static void missed(SseClient client, Wanted wanted, long number, OptionalLong count) {
    String text =
        Json.object(
            out -> {
              if (count.isPresent()) {
                out.writeNumberProperty("changes", count.getAsLong());
              } else {
                out.writeNullProperty("changes");
              }
              out.writeStringProperty(
                  "text",
                  (count.isPresent()
                          ? "more changed meanwhile than is remembered"
                          : "your last event is none of this run of the gateway")
                      + "; read again the things that you look at");
            });
    client.sendEvent("missed", text.strip(), wanted.id(number));
  }
}
