package dev.holdfast.gateway.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTP API of one gateway, as far as the demo uses it. Any thread; every call blocks, and fails
 * with an {@link IOException} that says what the gateway answered.
 */
final class GatewayApi {
  private static final int NOT_FOUND = 404;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_PROBLEM_BYTES = 64 << 10;

  private final URI base;
  private final HttpClient http;

  /** The API of a gateway that listens at that port of this machine. */
  GatewayApi(int port) {
    this.base = URI.create("http://127.0.0.1:" + port);
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(SHORT_PATIENCE)
            .build();
  }

  /**
   * A bundle that a gateway hands out.
   *
   * @param key its number in that gateway
   * @param bundle its identity
   * @param destination where it goes
   * @param size payload bytes
   */
  record Handed(long key, String bundle, String destination, long size) {}

  /**
   * Something that happened in a gateway.
   *
   * @param number its number
   * @param at when
   * @param event what
   * @param link the link concerned
   * @param bundle the bundle concerned
   */
  record Event(
      long number, String at, String event, Optional<String> link, Optional<String> bundle) {}

  /**
   * What a gateway holds.
   *
   * @param bundles how many bundles
   * @param bytes their bytes
   */
  record Holding(long bundles, long bytes) {}

  /** Whether the gateway is ready; false also if nobody answers. */
  boolean isReady() {
    try (InputStream _ = open(request("/readyz", SHORT_PATIENCE).GET())) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Hands a bundle in; returns its identity once the gateway holds it. */
  String submit(Consignment what, InputStream payload) throws IOException {
    String query =
        "?to=%s&from=%s&class=%s&lifetime=1d"
            .formatted(
                what.to().endpoint(),
                what.from().endpoint(),
                what.trafficClass().name().toLowerCase(Locale.ROOT));
    BodyPublisher body =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> payload), what.size());
    return json(request("/api/v1/bundles" + query, PATIENCE).POST(body))
        .path("bundle")
        .stringValue();
  }

  /** Fetches what waits at an endpoint, under a lease; waits a while if there is nothing. */
  List<Handed> fetch(String endpoint, int limit, Duration lease, Duration wait) throws IOException {
    String query =
        "?limit=%d&lease=%dms&wait=%dms".formatted(limit, lease.toMillis(), wait.toMillis());
    JsonNode answer = json(request(path(endpoint, "fetch") + query, PATIENCE).POST(none()));
    return handed(answer.path("deliveries"));
  }

  /** Bundles that the gateway holds, the first of them. */
  List<Handed> held(int limit) throws IOException {
    return handed(json(request("/api/v1/bundles?limit=" + limit, PATIENCE).GET()).path("bundles"));
  }

  /** The payload of a bundle that the gateway holds; to be closed. */
  InputStream payload(long key) throws IOException {
    return open(request("/api/v1/bundles/" + key + "/payload", PATIENCE).GET());
  }

  /** Tells the gateway that a bundle was received for good. */
  void acknowledge(String endpoint, long key) throws IOException {
    BodyPublisher body = BodyPublishers.ofString("{\"keys\": [" + key + "]}");
    JsonNode _ = json(request(path(endpoint, "acknowledge"), PATIENCE).POST(body));
  }

  /** Cancels a bundle. */
  void cancel(long key) throws IOException {
    open(request("/api/v1/bundles/" + key, PATIENCE).DELETE()).close();
  }

  /** What happened after event number {@code since}, at most 1,000 events. */
  List<Event> events(long since) throws IOException {
    JsonNode answer =
        json(request("/api/v1/events?limit=1000&since=" + since, SHORT_PATIENCE).GET());
    List<Event> events = new ArrayList<>();
    for (JsonNode event : answer.path("events")) {
      events.add(
          new Event(
              event.path("number").longValue(),
              event.path("at").stringValue(),
              event.path("event").stringValue(),
              event.path("link").stringValueOpt(),
              event.path("bundle").stringValueOpt()));
    }
    return events;
  }

  /** What the gateway holds. */
  Holding holding() throws IOException {
    JsonNode store = json(request("/api/v1/status", SHORT_PATIENCE).GET()).path("store");
    return new Holding(store.path("bundles").longValue(), store.path("bytes").longValue());
  }

  /** Lets the gateway read its plan again. */
  void reloadPlan() throws IOException {
    JsonNode _ = json(request("/api/v1/plan", PATIENCE).POST(none()));
  }

  private static List<Handed> handed(JsonNode bundles) {
    List<Handed> handed = new ArrayList<>();
    for (JsonNode bundle : bundles) {
      handed.add(
          new Handed(
              bundle.path("key").longValue(),
              bundle.path("bundle").stringValue(),
              bundle.path("destination").stringValue(),
              bundle.path("payload_bytes").longValue()));
    }
    return handed;
  }

  private static BodyPublisher none() {
    return BodyPublishers.noBody();
  }

  private static String path(String endpoint, String verb) {
    return "/api/v1/endpoints/"
        + URLEncoder.encode(endpoint, StandardCharsets.UTF_8).replace("%3A", ":")
        + "/"
        + verb;
  }

  /** A request to that gateway. */
  HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(patience);
  }

  /** What it answers, as JSON; a missing node if it says nothing. */
  JsonNode json(HttpRequest.Builder request) throws IOException {
    try (InputStream body = open(request)) {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new IOException(base + " answers something else than JSON", e);
    }
  }

  /**
   * What it answers; to be closed.
   *
   * @throws FileNotFoundException if there is no such thing
   */
  InputStream open(HttpRequest.Builder request) throws IOException {
    HttpRequest built = request.build();
    try {
      HttpResponse<InputStream> response = http.send(built, BodyHandlers.ofInputStream());
      if (response.statusCode() < 300) {
        return response.body();
      }
      try (InputStream body = response.body()) {
        String problem =
            new String(body.readNBytes(MOST_PROBLEM_BYTES), StandardCharsets.UTF_8).strip();
        String text =
            "%s %s: %d %s".formatted(built.method(), built.uri(), response.statusCode(), problem);
        throw response.statusCode() == NOT_FOUND
            ? new FileNotFoundException(text)
            : new IOException(text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
