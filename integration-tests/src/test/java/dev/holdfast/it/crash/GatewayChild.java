package dev.holdfast.it.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code holdfast run} as a child process that may be killed, and its HTTP interface. */
final class GatewayChild implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long STOP_SECONDS = 15;
  private static final int INLINE = 64 << 10;
  private static final Pattern DELIVERY =
      Pattern.compile(
          "\"key\":(\\d+),\"bundle\":\"([^\"]+)\".*?\"payload_bytes\":(\\d+)"
              + ".*?\"repeated\":(true|false)(?:,\"payload\":\"([^\"]*)\")?");

  private final int node;
  private final Path log;
  private final int api;
  private final List<String> command;
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> process = Optional.empty();

  /** What an application fetched. */
  record Delivery(long key, String bundle, boolean repeated, byte[] payload) {}

  /**
   * A gateway that is not started yet, with its endpoint ipn:NODE.5.
   *
   * @param links the rest of its configuration: listen, links and routes
   * @param before what its command line begins with, such as a tracer
   */
  GatewayChild(Path directory, int node, int api, String links, List<String> before)
      throws IOException {
    this.node = node;
    this.api = api;
    this.log = directory.resolve("gateway" + node + ".log");
    Path config = directory.resolve("gateway" + node + ".yaml");
    Files.writeString(
        config,
        """
        node: ipn:%d
        store: {directory: "%s"}
        endpoints: {register: [ipn:%d.5]}
        api: {address: "127.0.0.1:%d"}
        log: {level: warn}
        """
                .formatted(node, directory.resolve("store" + node), node, api)
            + links);
    this.command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
    command.addAll(List.of("dev.holdfast.gateway.Main", "run", "--config", config.toString()));
  }

  /** Starts it and waits until it is ready. */
  void start() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process = Optional.of(started);
    Awaitility.await("gateway " + node + " is ready")
        .atMost(READY)
        .pollInterval(Duration.ofMillis(50))
        .pollDelay(Duration.ZERO)
        .failFast("gateway " + node + " has died, see " + log, () -> !started.isAlive())
        .until(this::isReady);
  }

  private boolean isReady() throws InterruptedException {
    try {
      return call("GET", "/readyz", new byte[0]).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Lets it run for a while; false if it ends by itself meanwhile. */
  boolean runsFor(long millis) throws InterruptedException {
    return !process.orElseThrow().waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.orElseThrow().destroyForcibly().waitFor();
  }

  /** Hands in a bundle; empty if it was refused. */
  Optional<String> submit(int to, byte[] payload) throws IOException, InterruptedException {
    String path = "/api/v1/bundles?to=ipn:" + to + ".5&from=ipn:" + node + ".5&lifetime=1h";
    HttpResponse<byte[]> answer = call("POST", path, payload);
    return answer.statusCode() == 201 ? Optional.of(text(answer)) : Optional.empty();
  }

  /** Fetches what waits at its endpoint, at most 32, and waits a second for the first. */
  List<Delivery> fetch() throws IOException, InterruptedException {
    String path =
        "/api/v1/endpoints/ipn:" + node + ".5/fetch?limit=32&lease=60s&wait=1s&inline=" + INLINE;
    List<Delivery> all = new ArrayList<>();
    Matcher found = DELIVERY.matcher(text(good(call("POST", path, new byte[0]))));
    while (found.find()) {
      long key = Long.parseLong(found.group(1));
      byte[] payload =
          found.group(5) == null
              ? good(call("GET", "/api/v1/bundles/" + key + "/payload", new byte[0])).body()
              : Base64.getDecoder().decode(found.group(5));
      all.add(new Delivery(key, found.group(2), found.group(4).equals("true"), payload));
    }
    return all;
  }

  /** Says that they were taken; returns once that is durable. */
  void acknowledge(List<Delivery> deliveries) throws IOException, InterruptedException {
    String body = "{\"keys\":" + deliveries.stream().map(Delivery::key).toList().toString() + "}";
    HttpResponse<byte[]> _ =
        good(
            call(
                "POST",
                "/api/v1/endpoints/ipn:" + node + ".5/acknowledge",
                body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether it holds no bundle at all. */
  boolean holdsNothing() throws IOException, InterruptedException {
    return text(good(call("GET", "/api/v1/bundles?limit=1", new byte[0])))
        .contains("\"bundles\":[]");
  }

  private HttpResponse<byte[]> call(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + path))
            .timeout(ANSWER)
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> good(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answers " + answer.statusCode() + ": " + text(answer));
    }
    return answer;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** What it printed. */
  String output() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    http.shutdownNow();
    if (process.isPresent()) {
      Process running = process.get();
      List<ProcessHandle> below = running.descendants().toList();
      below.forEach(ProcessHandle::destroy); // A tracer ends with what it traces.
      if (below.isEmpty()) {
        running.destroy();
      }
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        below.forEach(ProcessHandle::destroyForcibly);
        int _ = running.destroyForcibly().waitFor();
      }
    }
  }
}
