package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.api.SmallGateway.Reply;
import dev.holdfast.gateway.twin.TwinAnswer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Regions, documents and carried files over HTTP, and what is told of twins in metrics. */
class TwinApiTest {
  private static final String PUMP = "/api/2/things/org.acme:pump-1";
  private static final String CANONICAL = "/api/v1/twins/org.acme:pump-1/canonical";
  private static final byte[] DIGEST = {(byte) 0xd1, 0x6e, 0x57};

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

  private Reply put(String path, String json) {
    return gateway.send("PUT", path, BodyPublishers.ofString(json));
  }

  @Test
  void tellsHowFarRegionsAreInStep() {
    put(PUMP, "{\"attributes\":{\"n\":1}}");
    JsonNode status = gateway.get("/api/v1/twins").json().get("classes").get(0);
    assertThat(status.get("class").asString()).isEqualTo("open");
    assertThat(status.get("entries").asInt()).isEqualTo(2);
    assertThat(status.get("unsealed").asInt()).isEqualTo(2);
    assertThat(status.at("/as_of/1/age_seconds").asInt()).isEqualTo(1260);
    assertThat(status.at("/as_of/2/age_seconds").isNull()).isTrue();
    assertThat(status.at("/peers/0/knows_ours").asInt()).isEqualTo(5);
    assertThat(status.at("/peers/0/heard").asString()).isEqualTo("2026-12-07T23:06:40Z");
    assertThat(status.at("/peers/1/heard").isNull()).isTrue();
  }

  @Test
  void measuresHowFarRegionsAreInStep() {
    assertThat(gateway.get("/metrics").body().lines())
        .contains(
            "holdfast_twin_age_seconds{class=\"open\",region=\"earth\"} 0",
            "holdfast_twin_age_seconds{class=\"open\",region=\"mars\"} 1260",
            "holdfast_twin_entries{class=\"open\"} 0",
            "holdfast_twin_unsealed{class=\"open\"} 0",
            "holdfast_twin_peer_in_step{class=\"open\",region=\"mars\"} 0",
            "holdfast_twin_peer_in_step{class=\"open\",region=\"moon\"} 1")
        .noneMatch(line -> line.startsWith("holdfast_twin_age_seconds{class=\"open\",region=\"mo"));
  }

  @Test
  void carriesAThingAsADocument() throws IOException {
    put(PUMP, "{\"attributes\":{\"n\":1,\"runs\":{\"$counter\":5}}}");
    Reply exported = gateway.get(CANONICAL);
    assertThat(exported.json().at("/content/runs/$counter").asInt()).isEqualTo(5);
    assertThat(exported.json().at("/metadata/signature").isString()).isTrue();
    try (SmallGateway other = new SmallGateway(directory, new SmallTwins(2, 10))) {
      Reply first = other.send("PUT", CANONICAL, BodyPublishers.ofString(exported.body()));
      assertThat(first.status()).isEqualTo(201);
      assertThat(first.header("ETag")).isEqualTo(other.get(PUMP).header("ETag"));
      assertThat(other.get(PUMP + "/attributes").body()).isEqualTo("{\"n\":1,\"runs\":5}\n");
      Reply stale = other.send("PUT", CANONICAL, BodyPublishers.ofString(exported.body()));
      assertThat(stale.status()).isEqualTo(409);
      assertThat(stale.detail())
          .startsWith("metadata/vector_clock: write ")
          .endsWith("export it anew, or import it as a replacement");
      Reply replaced =
          other.send("PUT", CANONICAL + "?mode=replace", BodyPublishers.ofString(exported.body()));
      assertThat(replaced.status()).isEqualTo(204);
    }
  }

  @Test
  void refusesDocumentsThatItCannotKeep() {
    put(PUMP, "{}");
    String document = gateway.get(CANONICAL).body();
    assertThat(put("/api/v1/twins/a:b/canonical", document).detail())
        .isEqualTo(
            "object_id: the document is of org.acme:pump-1, and this is the place of a:b; put it"
                + " to its own");
    assertThat(put(CANONICAL, document.replace("\"2.0\"", "\"3.0\"")).detail())
        .isEqualTo("schema_version: version \"3.0\" is not known; export it as version 2.0");
    assertThat(put(CANONICAL, document.replace("\"type\"", "\"typ\"")).status()).isEqualTo(400);
    assertThat(put(CANONICAL, "[").detail()).startsWith("the body is no JSON: offset 1");
    assertThat(put(CANONICAL + "?mode=force", document).detail())
        .isEqualTo("query parameter 'mode': 'force' is none of if-seen, replace");
    assertThat(gateway.get("/api/v1/twins/a:b/canonical").status()).isEqualTo(404);
  }

  @Test
  void handsOutAndTakesFilesToBeCarried() {
    HttpResponse<byte[]> digest = post("/api/v1/twins/digest", new byte[0]);
    assertThat(digest.body()).isEqualTo(DIGEST);
    assertThat(digest.headers().firstValue("Content-Type")).contains("application/octet-stream");
    HttpResponse<byte[]> taken = post("/api/v1/twins/take?answer=true", DIGEST);
    assertThat(taken.body()).asHexString().isEqualTo("DE17A5");
    assertThat(taken.headers().firstValue("Holdfast-Things")).contains("1");
    assertThat(taken.headers().firstValue("Holdfast-Problems")).contains("1");
    Reply told =
        gateway.send(
            "POST",
            "/api/v1/twins/take",
            BodyPublishers.ofByteArray(DIGEST),
            "Accept",
            "application/json");
    assertThat(told.body())
        .isEqualTo(
            "{\"file\":\"3hel\",\"things\":[\"org.acme:pump-1\"],\"problems\":[\"one is late\"]}\n");
    assertThat(gateway.post("/api/v1/twins/digest?region=pluto", "").detail())
        .isEqualTo("there is no region pluto; there are mars, moon");
    assertThat(gateway.post("/api/v1/twins/take", "").detail()).startsWith("the body is empty");
    assertThat(gateway.post("/api/v1/twins/take", "x").status()).isEqualTo(400);
    assertThat(gateway.post("/api/v1/twins/take?answer=maybe", "x").detail())
        .contains("'maybe' is neither true nor false");
    gateway.twins.next =
        Optional.of(new TwinAnswer.Failed(TwinAnswer.Reason.NO_SPACE, "the store has no room"));
    assertThat(gateway.post("/api/v1/twins/take", "x").status()).isEqualTo(507);
  }

  private HttpResponse<byte[]> post(String path, byte[] body) {
    return gateway.raw(
        HttpRequest.newBuilder(gateway.uri(path)).POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void onlyOneLargeBodyComesInAtATime() throws Exception {
    put(PUMP, "{}");
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    try (Socket slow = new Socket("127.0.0.1", gateway.uri("/").getPort())) {
      slow.getOutputStream()
          .write(
              ("PUT " + PUMP + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2000000\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      slow.getOutputStream().write(" ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
      Awaitility.await()
          .until(
              () -> {
                statuses.add(put(PUMP, " ".repeat(1 << 20) + "{}").status());
                return statuses.getLast() == 429;
              });
    }
    Awaitility.await().until(() -> put(PUMP, " ".repeat(1 << 20) + "{}").status() == 204);
  }
}
