package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.Request;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Endpoints of this node: fetching what waits there, and saying that it was taken. */
final class EndpointRoutes {
  private static final int MOST_FETCHED = 256;
  private static final long MOST_INLINE = 64 << 10;
  private static final int MOST_BODY = 64 << 10;
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);
  private static final Duration USUAL_LEASE = Duration.ofMinutes(5);
  private static final Duration MOST_LEASE = Duration.ofDays(1);

  private final NodeAccess node;
  private final Download download;
  private final Executor readers;

  /**
   * Routes to endpoints.
   *
   * @param node the node
   * @param download where payloads come from
   * @param readers platform threads for what follows a wait
   */
  EndpointRoutes(NodeAccess node, Download download, Executor readers) {
    this.node = node;
    this.download = download;
    this.readers = readers;
  }

  void list(Context context) {
    new Parameters(context).end();
    NodeStatus status = node.look();
    List<Eid> all = new ArrayList<>(status.endpoints());
    status.queues().stream()
        .map(NodeStatus.QueueStatus::queue)
        .filter(queue -> queue.kind() == QueueKey.Wait.DELIVER && !all.contains(queue.eid()))
        .forEach(queue -> all.add(queue.eid()));
    Routes.json(
        context,
        Json.object(
            out -> Json.list(out, "endpoints", all, eid -> Views.endpoint(out, eid, status))));
  }

  void register(Context context) {
    Eid endpoint = endpoint(context);
    new Parameters(context).end();
    Answer _ = node.ask(new Request.Register(endpoint));
    context.status(204);
  }

  void bundles(Context context) {
    Eid endpoint = endpoint(context);
    Parameters query = new Parameters(context);
    int limit = (int) query.number("limit", 100, 1, 1000);
    query.end();
    List<HeldBundle> bundles =
        node.store().scan(new QueueKey(QueueKey.Wait.DELIVER, endpoint), Optional.empty(), limit);
    Routes.json(
        context,
        Json.object(
            out -> Json.list(out, "bundles", bundles, bundle -> Views.bundle(out, bundle))));
  }

  void fetch(Context context) {
    Eid endpoint = endpoint(context);
    Parameters query = new Parameters(context);
    Request.Fetch fetch =
        new Request.Fetch(
            endpoint,
            (int) query.number("limit", 1, 1, MOST_FETCHED),
            query.millis("lease", USUAL_LEASE, MOST_LEASE),
            query.millis("wait", Duration.ZERO, MOST_WAIT));
    long inline = query.number("inline", 0, 0, MOST_INLINE);
    query.end();
    CompletableFuture<Answer> answer = node.asks().apply(fetch);
    context.future(
        () ->
            answer
                .thenApplyAsync(NodeAccess::granted, readers)
                .thenAccept(given -> Routes.json(context, fetched(given, inline))));
  }

  private String fetched(Answer answer, long inline) {
    return switch (answer) {
      case Answer.Fetched(List<Answer.Delivery> deliveries) ->
          Json.object(
              out -> Json.list(out, "deliveries", deliveries, each -> delivery(out, each, inline)));
      case Answer other -> throw NodeAccess.unexpected(other);
    };
  }

  private void delivery(JsonGenerator out, Answer.Delivery delivery, long inline) {
    Views.bundle(out, delivery.bundle());
    out.writeBooleanProperty("repeated", delivery.repeated());
    if (inline > 0) {
      download
          .inline(delivery.bundle(), inline)
          .ifPresent(payload -> out.writeStringProperty("payload", payload));
    }
  }

  void acknowledge(Context context) {
    done(context, node.ask(new Request.Acknowledge(endpoint(context), keys(context))));
  }

  void giveBack(Context context) {
    done(context, node.ask(new Request.GiveBack(endpoint(context), keys(context))));
  }

  private static void done(Context context, Answer answer) {
    switch (answer) {
      case Answer.Done(int count) ->
          Routes.json(context, Json.object(out -> out.writeNumberProperty("count", count)));
      case Answer other -> throw NodeAccess.unexpected(other);
    }
  }

  private static Eid endpoint(Context context) {
    return Routes.path(context.pathParam("endpoint"), Parameters::eid);
  }

  /** The body {@code {"keys": [17, 18]}}. */
  private static List<HeldKey> keys(Context context) {
    new Parameters(context).end();
    try (InputStream in = context.req().getInputStream()) {
      byte[] body = in.readNBytes(MOST_BODY + 1);
      if (body.length > MOST_BODY) {
        throw Problem.invalid("a body of more than 64 KiB; name fewer bundles at a time");
      }
      return keys(body);
    } catch (IOException e) {
      throw Problem.invalid("the body ended early: " + e.getMessage());
    } catch (JacksonException e) {
      throw Problem.invalid("the body is not JSON: " + TwinJson.reason(e));
    }
  }

  private static List<HeldKey> keys(byte[] body) {
    TreeSet<HeldKey> keys = new TreeSet<>();
    try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      boolean opens =
          in.nextToken() == JsonToken.START_OBJECT
              && in.nextToken() == JsonToken.PROPERTY_NAME
              && in.currentName().equals("keys")
              && in.nextToken() == JsonToken.START_ARRAY;
      if (!opens) {
        throw Problem.invalid("the body must be {\"keys\": [NUMBER, …]}");
      }
      while (in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        keys.add(new HeldKey(in.getLongValue()));
      }
      if (in.currentToken() != JsonToken.END_ARRAY || in.nextToken() != JsonToken.END_OBJECT) {
        throw Problem.invalid("the body must be {\"keys\": [NUMBER, …]}");
      }
    }
    return List.copyOf(keys);
  }
}
