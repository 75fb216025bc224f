package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.Fault;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ApiTest {
  private static final String TO_SELF = "/api/v1/bundles?to=ipn:1.42";

  @TempDir Path directory;
  private SmallGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = new SmallGateway(directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void servesExactlyWhatTheDocumentSays() {
    TreeSet<String> served =
        gateway.server.routes().stream()
            .map(route -> route.method() + " " + route.path().replace("<path>", "{path}"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(served).isEqualTo(Contract.read().operations());
    assertThat(gateway.get("/api/v1/openapi.json").json().get("openapi").asString())
        .isEqualTo("3.1.0");
  }

  @Test
  void takesEveryParameterOfTheDocumentAndNoOther() {
    for (String operation : Contract.read().operations()) {
      String[] parts = operation.split(" ", 2);
      if (parts[0].equals("GET") && !parts[1].contains("{") && !parts[1].equals("/metrics")) {
        String known = String.join(", ", Contract.read().query("GET", parts[1]));
        SmallGateway.Reply reply = rawGet(parts[1] + "?wombat=1");
        if (reply.status() == 400) {
          assertThat(reply.detail()).contains("'wombat'").endsWith("there are " + known);
        } else {
          assertThat(known).as(operation).isEmpty();
        }
      }
    }
  }

  private SmallGateway.Reply rawGet(String path) {
    HttpResponse<byte[]> response = gateway.raw(HttpRequest.newBuilder(gateway.uri(path)));
    return new SmallGateway.Reply(
        response.statusCode(),
        new String(response.body(), StandardCharsets.UTF_8),
        response.headers().map());
  }

  @Test
  void passesABundleFromOneApplicationToAnother() {
    SmallGateway.Reply submitted = gateway.post(TO_SELF + "&from=ipn:1.7&class=urgent", "hello");
    assertThat(submitted.status()).isEqualTo(201);
    String bundle = submitted.json().get("bundle").asString();
    assertThat(bundle).startsWith("ipn:1.7/");

    JsonNode waiting = gateway.get("/api/v1/endpoints/ipn:1.42/bundles").json().get("bundles");
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).get("class").asString()).isEqualTo("urgent");
    assertThat(waiting.get(0).get("payload_bytes").asInt()).isEqualTo(5);

    JsonNode delivery = fetch("inline=1000").get(0);
    assertThat(delivery.get("bundle").asString()).isEqualTo(bundle);
    assertThat(delivery.get("repeated").asBoolean()).isFalse();
    assertThat(Base64.getDecoder().decode(delivery.get("payload").asString()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("hello");
    assertThat(fetch("")).isEmpty();

    long key = delivery.get("key").asLong();
    assertThat(
            gateway
                .post("/api/v1/endpoints/ipn:1.42/acknowledge", keys(key))
                .json()
                .get("count")
                .asInt())
        .isEqualTo(1);
    assertThat(gateway.get("/api/v1/bundles").json().get("bundles")).isEmpty();
    assertThat(gateway.get("/api/v1/bundles/" + key).status()).isEqualTo(404);
  }

  @Test
  void handsOutAgainWhatWasGivenBackAndSaysSo() {
    gateway.post(TO_SELF, "hello");
    long key = fetch("").get(0).get("key").asLong();
    gateway.post("/api/v1/endpoints/ipn:1.42/give-back", keys(key));
    assertThat(fetch("").get(0).get("repeated").asBoolean()).isTrue();
  }

  @Test
  void waitsForABundle() {
    CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> fetch("wait=30s"));
    gateway.post(TO_SELF, "hello");
    assertThat(waiting.join()).hasSize(1);
    assertThat(fetch("wait=50ms")).isEmpty();
  }

  @Test
  void streamsLargePayloadsThroughTheStore() {
    byte[] payload = new byte[700_000];
    new Random(1).nextBytes(payload);
    SmallGateway.Reply submitted =
        gateway.send("POST", TO_SELF, BodyPublishers.ofByteArray(payload));
    assertThat(submitted.status()).isEqualTo(201);
    assertThat(gateway.store.untiedPayloads()).isZero();
    String id = submitted.json().get("bundle").asString().replace("/", "%2F");
    HttpResponse<byte[]> back =
        gateway.raw(HttpRequest.newBuilder(gateway.uri("/api/v1/bundles/" + id + "/payload")));
    assertThat(back.body()).isEqualTo(payload);
    assertThat(back.headers().firstValueAsLong("Content-Length")).hasValue(700_000);
  }

  @Test
  void takesShortPayloadsOfUnknownLengthAndAsksForTheLengthOfLongOnes() {
    assertThat(unmeasured(4096).status()).isEqualTo(201);
    assertThat(unmeasured(4097).status()).isEqualTo(411);
    assertThat(gateway.store.untiedPayloads()).isZero();
  }

  private SmallGateway.Reply unmeasured(int length) {
    return gateway.send(
        "POST",
        TO_SELF,
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])));
  }

  @Test
  void writesProblemsInUtf8() {
    SmallGateway.Reply refused = gateway.post("/api/v1/bundles?to=mars", "hello");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).contains("RFC 9171 §");
  }

  @Test
  void refusesAPayloadOverTheLimit() {
    SmallGateway.Reply refused =
        gateway.send("POST", TO_SELF, BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.detail()).contains("over the limit of 1 MiB").contains("api.maxUpload");
  }

  @Test
  void refusesBundlesWhileTheStoreIsFull() {
    gateway.store.fault(MemoryBundleStore.Fault.FULL);
    SmallGateway.Reply spooled =
        gateway.send("POST", TO_SELF, BodyPublishers.ofByteArray(new byte[100_000]));
    assertThat(spooled.status()).isEqualTo(507);
    CompletableFuture<SmallGateway.Reply> inline =
        CompletableFuture.supplyAsync(() -> gateway.post(TO_SELF, "hello"));
    org.awaitility.Awaitility.await().until(gateway.loop::isFull);
    SmallGateway.Reply refused = gateway.post(TO_SELF, "hello");
    assertThat(refused.status()).isEqualTo(507);
    assertThat(refused.detail()).contains("no room");
    gateway.store.fault(MemoryBundleStore.Fault.NONE);
    assertThat(inline.join().status()).isEqualTo(201);
    assertThat(gateway.post(TO_SELF, "hello").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/api/v1/bundles?to=mars | 'mars' is no endpoint: an identifier begins with ipn: or dtn:",
        "/api/v1/bundles?to=ipn:x.1 | 'ipn:x.1' is no endpoint: not a digit",
        "/api/v1/bundles?to=dtn:none | the destination is the null endpoint",
        "/api/v1/bundles | 'to' is missing",
        "/api/v1/bundles?to=ipn:2.1&from=ipn:9.9 | ipn:9.9 is no endpoint of this node",
        "/api/v1/bundles?to=ipn:2.1&lifetime=3 | '3' is no duration",
        "/api/v1/bundles?to=ipn:2.1&lifetime=0s | the lifetime is 0 ms",
        "/api/v1/bundles?to=ipn:2.1&class=high | 'high' is none of bulk, normal, expedited, urgent",
        "/api/v1/bundles?to=ipn:2.1&hop_limit=256 | 256 is out of range; from 0 to 255",
        "/api/v1/bundles?to=ipn:2.1&to=ipn:3.1 | 'to' is given twice",
        "/api/v1/bundles?to=ipn:2.1&report=receipt | 'receipt' is none of reception",
        "/api/v1/bundles?to=ipn:2.1&lifetme=3s | there is no query parameter 'lifetme'",
        "/api/v1/endpoints/ipn:2.1/fetch | ipn:2.1 is no endpoint of this node",
        "/api/v1/endpoints/mars/fetch | 'mars' is no endpoint",
        "/api/v1/endpoints/ipn:1.42/fetch?wait=2h | 2h is more than 1m",
        "/api/v1/endpoints/ipn:1.42/acknowledge | the body must be {\"keys\"",
      })
  void refusesWhatMakesNoSense(String path, String detail) {
    SmallGateway.Reply refused = gateway.post(path, "[1]");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).contains(detail);
  }

  @Test
  void namesEndpointsOfEitherScheme() {
    assertThat(
            gateway
                .send("PUT", "/api/v1/endpoints/dtn:%2F%2Fearth%2Fin", BodyPublishers.noBody())
                .status())
        .isEqualTo(204);
    assertThat(gateway.send("PUT", "/api/v1/endpoints/ipn:2.1", BodyPublishers.noBody()).status())
        .isEqualTo(400);
    gateway.post("/api/v1/bundles?to=dtn://earth/in", "hello");
    JsonNode endpoints = gateway.get("/api/v1/endpoints").json().get("endpoints");
    assertThat(endpoints).hasSize(2);
    assertThat(endpoints.get(1).get("endpoint").asString()).isEqualTo("dtn://earth/in");
    assertThat(endpoints.get(1).get("bundles").asInt()).isEqualTo(1);
  }

  @Test
  void listsBundlesPageByPageAndCancelsThem() {
    for (int i = 0; i < 5; i++) {
      gateway.post("/api/v1/bundles?to=ipn:3." + i, "hello");
    }
    JsonNode first = gateway.get("/api/v1/bundles?limit=3").json();
    assertThat(first.get("bundles")).hasSize(3);
    JsonNode second =
        gateway.get("/api/v1/bundles?limit=3&after=" + first.get("next").asLong()).json();
    assertThat(second.get("bundles")).hasSize(2);
    assertThat(second.get("next").isNull()).isTrue();

    String id = second.get("bundles").get(0).get("bundle").asString().replace("/", "%2F");
    assertThat(gateway.get("/api/v1/bundles/" + id).json().get("destination").asString())
        .isEqualTo("ipn:3.3");
    assertThat(gateway.send("DELETE", "/api/v1/bundles/" + id, BodyPublishers.noBody()).status())
        .isEqualTo(204);
    assertThat(gateway.send("DELETE", "/api/v1/bundles/" + id, BodyPublishers.noBody()).status())
        .isEqualTo(404);
    assertThat(gateway.get("/api/v1/bundles/hello").status()).isEqualTo(400);
  }

  @Test
  void tellsHowLinksContactsQueuesAndRoutesAre() {
    gateway.post("/api/v1/bundles?to=ipn:3.1&class=bulk", "hello");
    JsonNode link = gateway.get("/api/v1/links").json().get("links").get(0);
    assertThat(link.get("state").asString()).isEqualTo("not_acquired");
    assertThat(link.get("because").asString()).isNotEmpty();
    assertThat(gateway.get("/api/v1/contacts").json().get("contacts")).hasSize(1);
    JsonNode queue = gateway.get("/api/v1/queue").json().get("queues").get(0);
    assertThat(queue.get("queue").asString()).isEqualTo("ipn:3.0");
    assertThat(queue.get("bundles").asInt()).isEqualTo(1);
    assertThat(gateway.get("/api/v1/counters").json().get("bundles_sourced").asInt()).isEqualTo(1);
    assertThat(gateway.get("/api/v1/status").json().get("store").get("bundles").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "ipn:3.1, planned, earliest arrival",
    "ipn:1.42, local, is an endpoint of this node",
    "dtn://lander/x, static, dtn://lander/**",
    "ipn:9.1, none, does not know node 9",
    "dtn://mars/x, none, a static route can lead"
  })
  void saysWhichWayABundleWouldTake(String to, String kind, String because) {
    JsonNode way = gateway.get("/api/v1/routes?to=" + to + "&size=64KiB").json().get("way");
    assertThat(way.get("kind").asString()).isEqualTo(kind);
    assertThat(way.get("because").asString()).contains(because);
    if (kind.equals("planned")) {
      assertThat(way.get("hops")).hasSize(2);
    }
  }

  @Test
  void readsThePlanAnewAndKeepsTheOldOneIfItIsWrong() throws IOException {
    assertThat(gateway.get("/api/v1/plan").json().get("contacts")).hasSize(2);
    Path plan = directory.resolve(SmallGateway.PLAN);
    String old = Files.readString(plan);
    Files.writeString(plan, old + "a contact +noon +90000 2 1 1000\n");
    SmallGateway.Reply refused = gateway.post("/api/v1/plan", "");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.detail()).startsWith(plan + ":5:");
    assertThat(gateway.get("/api/v1/plan").json().get("version").asInt()).isEqualTo(1);
    assertThat(gateway.get("/metrics").body()).contains("holdfast_config_last_reload_successful 0");

    Files.writeString(plan, old + "a contact +0 +90000 2 1 1000\na range +0 +90000 2 1 1\n");
    assertThat(gateway.post("/api/v1/plan", "").json().get("added").asInt()).isEqualTo(1);
    assertThat(gateway.get("/api/v1/plan").json().get("version").asInt()).isEqualTo(2);
    assertThat(gateway.post("/api/v1/reload", "").json().get("lines")).hasSize(1);
    assertThat(gateway.get("/api/v1/config").json().get("node").asString()).isEqualTo("ipn:1.0");
    assertThat(gateway.get("/api/v1/config").json().at("/contacts/owltMargin").asString())
        .isEqualTo("0s");
  }

  @Test
  void tellsWhatHappened() {
    gateway.post(TO_SELF, "hello");
    JsonNode page = gateway.get("/api/v1/events?since=0&limit=1000").json();
    assertThat(page.get("events").valueStream().map(e -> e.get("event").asString()))
        .contains("plan", "submitted");
    long next = page.get("next").asLong();
    CompletableFuture<JsonNode> later =
        CompletableFuture.supplyAsync(
            () -> gateway.get("/api/v1/events?since=" + next + "&wait=30s").json());
    gateway.post(TO_SELF, "hello");
    assertThat(later.join().get("events").get(0).get("number").asLong()).isEqualTo(next + 1);
  }

  @Test
  void streamsWhatHappens() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri("/api/v1/events?since=0"))
            .header("Accept", "text/event-stream")
            .build();
    try (var client = java.net.http.HttpClient.newHttpClient()) {
      HttpResponse<java.util.stream.Stream<String>> stream =
          client.send(request, HttpResponse.BodyHandlers.ofLines());
      gateway.post(TO_SELF, "hello");
      assertThat(stream.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      List<String> lines =
          stream.body().takeWhile(line -> !line.contains("event: submitted")).toList();
      assertThat(lines).contains("event: plan").anyMatch(line -> line.startsWith("id: 1"));
      client.shutdownNow();
    }
  }

  @Test
  void isReadyWhateverTheLinksDo() {
    assertThat(gateway.get("/livez").status()).isEqualTo(200);
    assertThat(gateway.get("/readyz").status()).isEqualTo(200);
    assertThat(gateway.get("/healthz?verbose").json().get("checks")).hasSize(2);
    gateway.checks.set(
        1, new Operations.HealthCheck("listeners", false, false, "port 4556 is taken"));
    assertThat(gateway.get("/livez").status()).isEqualTo(200);
    SmallGateway.Reply not = gateway.get("/readyz");
    assertThat(not.status()).isEqualTo(503);
    assertThat(not.json().get("checks").get(0).get("text").asString()).contains("4556");
  }

  @Test
  void measuresItself() {
    gateway.post("/api/v1/bundles?to=ipn:3.1&class=bulk", "hello");
    gateway.post(TO_SELF, "hello");
    assertThat(gateway.get("/metrics").body().lines())
        .contains(
            "holdfast_link_planned{link=\"relay\"} 1",
            "holdfast_link_up{link=\"relay\"} 0",
            "holdfast_light_time_seconds{link=\"relay\"} 1",
            "holdfast_contact_capacity_bytes{link=\"relay\"} 86400000000",
            "holdfast_custody_bundles{region=\"ipn:3.0\",priority=\"bulk\"} 1",
            "holdfast_custody_bundles{region=\"local\",priority=\"normal\"} 1",
            "holdfast_bundles_expired_total{reason=\"lifetime\"} 0",
            "holdfast_bundles_sourced_total 2",
            "holdfast_clock_error_bound_seconds 0.1",
            "holdfast_config_last_reload_successful 1")
        .anyMatch(line -> line.startsWith("holdfast_build_info{version=\"0.1.0\",java=\"25"))
        .anyMatch(line -> line.startsWith("holdfast_custody_bytes{region=\"local\""));
  }

  @Test
  void measuresSinceWhenTheOldestBundleIsHeld() {
    assertThat(oldest()).isEmpty();
    double before = unixSeconds();
    gateway.post(TO_SELF, "first");
    double after = unixSeconds();
    gateway.post("/api/v1/bundles?to=ipn:3.1&class=urgent", "second");
    assertThat(oldest().orElseThrow()).isBetween(before, after);

    long key = fetch("").get(0).get("key").asLong();
    double first = oldest().orElseThrow();
    gateway.post("/api/v1/endpoints/ipn:1.42/acknowledge", keys(key));
    assertThat(oldest().orElseThrow()).isGreaterThanOrEqualTo(first);
  }

  private double unixSeconds() {
    return (gateway.clock.now().wall().millis() + DtnTime.EPOCH_UNIX_MILLIS) / 1000.0;
  }

  private OptionalDouble oldest() {
    return gateway
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("holdfast_custody_oldest_timestamp_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst();
  }

  @Test
  void tellsWhatANeighbourDoesAgainstTheRules() {
    JsonNode before = gateway.get("/api/v1/links").json().get("links").get(0);
    assertThat(before.get("protocol_errors").asInt()).isZero();
    assertThat(before.get("last_protocol_error").isNull()).isTrue();

    LinkId relay = new LinkId("relay");
    gateway.loop.offer(new LinkEvent.Violated(relay, new Fault(7, "RFC 9174 §4.6", "one")));
    gateway.loop.offer(new LinkEvent.Violated(relay, new Fault(99, "RFC 9174 §5.2.5", "two")));
    gateway.loop.offer(
        new LinkEvent.Violated(new LinkId("peer ipn:9.0"), new Fault(0, "RFC 9174 §4.3", "gone")));

    JsonNode after = gateway.get("/api/v1/links").json().get("links").get(0);
    assertThat(after.get("protocol_errors").asInt()).isEqualTo(2);
    assertThat(after.get("last_protocol_error").asString())
        .isEqualTo("offset 99, RFC 9174 §5.2.5: two");
    assertThat(gateway.get("/metrics").body().lines())
        .contains("holdfast_link_protocol_errors_total{link=\"relay\"} 2");
  }

  @Test
  void turnsWebPagesAway() {
    HttpRequest.Builder page =
        HttpRequest.newBuilder(gateway.uri("/api/v1/links"))
            .header("Origin", "https://evil.example");
    assertThat(gateway.raw(page).statusCode()).isEqualTo(403);
    HttpRequest.Builder own =
        HttpRequest.newBuilder(gateway.uri("/api/v1/links"))
            .header("Origin", "http://127.0.0.1:8480");
    assertThat(gateway.raw(own).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsUnknownPathsAndMethodsInTheSameForm() {
    assertThat(rawGet("/api/v1/wombats"))
        .satisfies(
            reply -> {
              assertThat(reply.status()).isEqualTo(404);
              assertThat(reply.detail()).contains("openapi.json");
            });
    HttpRequest.Builder patch =
        HttpRequest.newBuilder(gateway.uri("/api/v1/links"))
            .method("PATCH", BodyPublishers.noBody());
    assertThat(gateway.raw(patch).statusCode()).isEqualTo(405);
  }

  @Test
  void saysThatItsPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        ApiServer second =
            new ApiServer(
                new HostPort("127.0.0.1", taken.getLocalPort()),
                gateway.access,
                Optional.empty(),
                gateway.operations,
                "0.1.0")) {
      assertThatThrownBy(second::start).isInstanceOf(BindException.class);
    }
  }

  private JsonNode fetch(String query) {
    return gateway.post("/api/v1/endpoints/ipn:1.42/fetch?" + query, "").json().get("deliveries");
  }

  private static String keys(long key) {
    return "{\"keys\": [" + key + "]}";
  }
}
