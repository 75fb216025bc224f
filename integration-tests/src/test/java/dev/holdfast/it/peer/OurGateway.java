package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.Gateway;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.turn.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole Holdfast gateway in this process with a store and sockets of its own, driven as an
 * application would: through its HTTP interface.
 */
public final class OurGateway implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LATELY = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Gateway gateway;
  private final AtomicReference<@Nullable Throwable> failure;

  private OurGateway(Gateway gateway, AtomicReference<@Nullable Throwable> failure) {
    this.gateway = gateway;
    this.failure = failure;
  }

  /**
   * Starts one.
   *
   * @param directory where its store and its configuration go
   * @param links the configuration from {@code node:} on, without store and API
   */
  public static OurGateway start(Path directory, String links) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("gateway.yaml");
      Files.writeString(
          file,
          """
          store:
            directory: store
          api:
            address: 127.0.0.1:0
          %s\
          """
              .formatted(links));
      GatewayConfig config = ConfigReader.load(file);
      AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
      Gateway gateway =
          Gateway.open(
              config,
              () -> config,
              new SystemClock(new SystemClock.Trust(100, 10_000, 3_600_000)),
              "test",
              failure::set);
      if (gateway.start().isPresent()) {
        throw new IllegalStateException("the gateway has no plan, and refused one");
      }
      return new OurGateway(gateway, failure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands a payload in for the destination; returns when it is durable. */
  public void send(String from, String to, Octets payload) {
    HttpResponse<byte[]> answer =
        call(
            HttpRequest.newBuilder(
                    uri("/api/v1/bundles?lifetime=1h&from=" + from + "&to=" + encoded(to)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(payload.toByteArray())));
    expect(201, answer);
  }

  /**
   * A bundle as an application gets it.
   *
   * @param id its identity, as the gateway writes it
   * @param payload its payload
   */
  public record Delivered(String id, Octets payload) {}

  /** Waits for that many bundles at the endpoint, acknowledges them and returns their payloads. */
  public List<Octets> await(String endpoint, int count) {
    return awaitBundles(endpoint, count).stream().map(Delivered::payload).toList();
  }

  /** Waits for that many bundles at the endpoint, acknowledges them and returns them. */
  public List<Delivered> awaitBundles(String endpoint, int count) {
    String path = "/api/v1/endpoints/" + encoded(endpoint);
    Instant end = Instant.now().plus(PATIENCE);
    List<Delivered> bundles = new ArrayList<>();
    while (bundles.size() < count && Instant.now().isBefore(end)) {
      List<Long> keys = new ArrayList<>();
      for (JsonNode delivery :
          json(HttpRequest.newBuilder(uri(path + "/fetch?limit=64&wait=2s"))
                  .POST(HttpRequest.BodyPublishers.noBody()))
              .get("deliveries")) {
        long key = delivery.get("key").longValue();
        keys.add(key);
        HttpResponse<byte[]> payload =
            call(HttpRequest.newBuilder(uri("/api/v1/bundles/" + key + "/payload")));
        expect(200, payload);
        bundles.add(
            new Delivered(delivery.get("bundle").stringValue(), Octets.wrap(payload.body())));
      }
      json(
          HttpRequest.newBuilder(uri(path + "/acknowledge"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"keys\":" + keys + "}")));
    }
    if (bundles.size() < count) {
      throw new AssertionError(
          bundles.size() + " of " + count + " bundles at " + endpoint + "\n" + journal());
    }
    return bundles;
  }

  /** How many bundles it holds, whatever for; at most 1000 are counted. */
  public int held() {
    return bundles().size();
  }

  /** What the API says of each bundle held, at most 1000. */
  public List<JsonNode> bundles() {
    List<JsonNode> all = new ArrayList<>();
    json(HttpRequest.newBuilder(uri("/api/v1/bundles?limit=1000")))
        .get("bundles")
        .forEach(all::add);
    return all;
  }

  /** Who is there without a plan, and what is known of whom they meet. */
  public JsonNode encounters() {
    return json(HttpRequest.newBuilder(uri("/api/v1/encounters")));
  }

  /** What it did lately, one line for each. */
  public String journal() {
    try {
      List<Recent.Numbered<JournalEntry>> entries =
          gateway.journal().since(Math.max(0, gateway.journal().last() - LATELY), LATELY, 0);
      return entries.stream().map(Object::toString).collect(Collectors.joining("\n"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
    http.close();
    Throwable cause = failure.get();
    if (cause != null) {
      throw new AssertionError("the gateway stopped by itself", cause);
    }
  }

  private JsonNode json(HttpRequest.Builder request) {
    HttpResponse<byte[]> answer = call(request);
    expect(200, answer);
    return JSON.readTree(answer.body());
  }

  private static void expect(int status, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          answer.uri()
              + " answers "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private HttpResponse<byte[]> call(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://" + gateway.apiAddress().orElseThrow() + path);
  }

  private static String encoded(String eid) {
    return URLEncoder.encode(eid, StandardCharsets.UTF_8);
  }
}
