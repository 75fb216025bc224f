package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.node.Effects;
import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.node.NodeLoop;
import dev.holdfast.gateway.plan.PlanKeeper;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.twin.TwinAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A gateway with its real node and its real web server, a store in memory, and a link that is never
 * connected. Every answer is held against the OpenAPI document.
 */
public final class SmallGateway implements AutoCloseable {
  static final Path PLAN = Path.of("contacts.txt");

  public final MemoryBundleStore store = new MemoryBundleStore();
  final SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
  final List<Operations.HealthCheck> checks = new ArrayList<>();
  public final NodeLoop loop;
  final ApiServer server;
  final PlanKeeper plan;
  final NodeAccess access;
  final Operations operations;
  final SmallTwins twins;
  private final Contract contract = Contract.read();
  private final HttpClient http = HttpClient.newHttpClient();

  public SmallGateway(Path directory) throws IOException {
    this(directory, new SmallTwins(1, 1000));
  }

  SmallGateway(Path directory, SmallTwins twins) throws IOException {
    this(directory, twins, Optional.of(twins.access));
  }

  /** One more, of another region. */
  public static SmallGateway another(Path directory, int number) throws IOException {
    return new SmallGateway(directory, new SmallTwins(number, 1000));
  }

  /** Takes in what another region wrote. */
  public void hear(SmallGateway other) {
    twins.hear(other.twins);
  }

  static SmallGateway withoutTwins(Path directory) throws IOException {
    return new SmallGateway(directory, new SmallTwins(1, 1), Optional.empty());
  }

  private SmallGateway(Path directory, SmallTwins twins, Optional<TwinAccess> reached)
      throws IOException {
    this.twins = twins;
    Files.writeString(
        directory.resolve(PLAN),
        """
        a contact +0 +86400 1 2 1000000
        a range +0 +86400 1 2 1
        a contact +0 +86400 2 3 1000000
        a range +0 +86400 2 3 600
        """);
    GatewayConfig config =
        ConfigReader.parse(
            "test",
            """
            node: ipn:1
            alsoKnownAs: ["dtn://earth/"]
            store: {directory: data, spoolThreshold: 4KiB}
            plan: {file: contacts.txt, epoch: start}
            links: [{name: relay, type: tcpcl, peer: ipn:2, dial: "127.0.0.1:1"}]
            routes: [{to: "dtn://lander/**", via: relay}]
            endpoints: {register: [ipn:1.42]}
            api: {address: "127.0.0.1:0", maxUpload: 1MiB}
            """,
            directory);
    Journal journal = new Journal(1000);
    Effects effects = new Effects(new LinkDirectory(), store, clock, journal);
    Node node = new Node(settings(config), store, clock.bootId(), clock.now());
    loop = new NodeLoop(node, store, clock, effects, failure -> {});
    plan =
        new PlanKeeper(
            config.plan(),
            directory.resolve("data/plans"),
            () -> clock.now().wall(),
            this::planned);
    checks.add(new Operations.HealthCheck("node", true, true, "at work"));
    checks.add(new Operations.HealthCheck("listeners", false, true, "none are configured"));
    operations =
        new Operations(
            () -> config,
            plan,
            () -> new Operations.Reloaded(true, List.of("nothing changed")),
            () -> List.copyOf(checks));
    access = new NodeAccess(loop::ask, store, journal);
    server =
        new ApiServer(config.api().address().orElseThrow(), access, reached, operations, "0.1.0");
    loop.start();
    plan.start();
    server.start();
  }

  private void planned(ContactPlan plan) {
    loop.put(new NodeEvent.PlanLoaded(plan));
  }

  private static NodeSettings settings(GatewayConfig config) {
    return new NodeSettings(
        List.of(NodeId.ipn(1), NodeId.dtn("earth")),
        List.of(
            new LinkSettings(
                new LinkId("relay"),
                Optional.of(NodeId.ipn(2)),
                LinkSettings.Schedule.PLAN,
                0,
                Link.Confirmation.STORED,
                false,
                1 << 20)),
        config.routes().stream()
            .map(route -> new NodeSettings.StaticRoute(route.to(), route.via()))
            .toList(),
        List.of("2047"),
        config.endpoints().register().stream().map(Eid.class::cast).toList(),
        new NodeSettings.ReportSettings(-1L, 10),
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT.with(
            new NodeSettings.ForecastSettings(86_400_000, 200, 7_200_000)),
        OpportunisticSettings.NONE,
        224);
  }

  /** What came back. */
  record Reply(int status, String body, Map<String, List<String>> headers) {
    JsonNode json() {
      return new ObjectMapper().readTree(body);
    }

    String detail() {
      return json().get("detail").asString();
    }

    /** A header; nothing if it is not there. */
    String header(String name) {
      return String.join("; ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }
  }

  Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Reply post(String path, String body) {
    return send("POST", path, BodyPublishers.ofString(body));
  }

  /** Sends a request with headers: names and values by turns. */
  Reply send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> response = raw(request);
    String text = new String(response.body(), StandardCharsets.UTF_8);
    String type = response.headers().firstValue("Content-Type").orElse("");
    String bare = path.split("\\?", 2)[0];
    assertThat(contract.check(method, bare, response.statusCode(), type, text))
        .as(method + " " + path + " -> " + response.statusCode() + " " + text)
        .isEmpty();
    return new Reply(response.statusCode(), text, response.headers().map());
  }

  HttpResponse<byte[]> raw(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Where it listens, as a URL. */
  public String url() {
    return "http://" + server.address();
  }

  URI uri(String path) {
    return URI.create("http://" + server.address() + path);
  }

  @Override
  public void close() {
    server.close();
    loop.close();
  }
}
