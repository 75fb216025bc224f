package dev.holdfast.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.api.SmallGateway.Reply;
import dev.holdfast.gateway.twin.TwinAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Things over HTTP: every status code and text, on twins with their real rules. */
class ThingApiTest {
  private static final String PUMP = "/api/2/things/org.acme:pump-1";
  private static final String MERGE = "application/merge-patch+json";
  private static final String THING =
      """
      {"attributes": {"model": "P7", "flow": 2.50, "runs": {"$counter": 5},
       "tags": {"$set": ["a"]}, "list": {"$list": [1, 3]}, "fuel": {"$stock": 9}},
       "features": {"lamp": {"properties": {"on": true}}}}
      """;

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

  private Reply put(String path, String json, String... headers) {
    return gateway.send("PUT", path, BodyPublishers.ofString(json), headers);
  }

  private Reply patch(String path, String json, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", MERGE));
    all.addAll(List.of(headers));
    return gateway.send("PATCH", path, BodyPublishers.ofString(json), all.toArray(String[]::new));
  }

  private Reply delete(String path, String... headers) {
    return gateway.send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  private Reply get(String path, String... headers) {
    return gateway.send("GET", path, BodyPublishers.noBody(), headers);
  }

  @Test
  void createsReadsChangesAndDeletesAThing() {
    Reply created = put(PUMP, THING);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(PUMP);
    Reply read = get(PUMP);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Content-Type")).isEqualTo("application/json");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag")).matches("\"[0-9a-f]+\"");
    assertThat(read.body())
        .isEqualTo(
            "{\"thingId\":\"org.acme:pump-1\",\"attributes\":{\"flow\":2.5,\"fuel\":9,"
                + "\"list\":[1,3],\"model\":\"P7\",\"runs\":5,\"tags\":[\"a\"]},"
                + "\"features\":{\"lamp\":{\"properties\":{\"on\":true}}}}\n");

    Reply again = put(PUMP, THING);
    assertThat(again.status()).isEqualTo(204);
    assertThat(again.header("ETag")).isEqualTo(read.header("ETag"));
    Reply leaf = put(PUMP + "/attributes/model", "\"P8\"");
    assertThat(leaf.status()).isEqualTo(204);
    assertThat(leaf.header("ETag")).isNotEqualTo(read.header("ETag"));
    assertThat(put(PUMP + "/attributes/serial", "7").status()).isEqualTo(201);
    assertThat(put(PUMP + "/attributes/serial2", "7").header("Location"))
        .isEqualTo(PUMP + "/attributes/serial2");
    assertThat(patch(PUMP, "{\"attributes\": {\"serial\": null, \"flow\": 3}}").status())
        .isEqualTo(204);
    assertThat(get(PUMP + "/attributes").json().has("serial")).isFalse();
    assertThat(get(PUMP + "/attributes/flow").body()).isEqualTo("3\n");
    assertThat(delete(PUMP + "/features/lamp").status()).isEqualTo(204);
    assertThat(get(PUMP + "/features/lamp").status()).isEqualTo(404);
    assertThat(delete(PUMP).status()).isEqualTo(204);
    Reply gone = get(PUMP);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.detail()).isEqualTo("there is no such thing; put the whole thing first");
  }

  @Test
  void tellsHowKindsAreDeclaredAndHowOldWhatIsHereIs() {
    put(PUMP, THING);
    assertThat(get(PUMP + "/attributes/runs?form=typed").body()).isEqualTo("{\"$counter\":5}\n");
    assertThat(get(PUMP).header("Holdfast-As-Of"))
        .isEqualTo("open/earth=7@0s, open/mars__far=3@1260s, open/moon=0@?");
    assertThat(get(PUMP).header("Last-Modified")).isEqualTo("Mon, 07 Dec 2026 23:06:40 GMT");
  }

  @Test
  void showsConflictsAndAgesInTheFullView() throws IOException {
    put(PUMP, "{\"attributes\": {\"model\": \"ours\"}}");
    SmallTwins mars = new SmallTwins(2, 10);
    try (SmallGateway other = new SmallGateway(directory.resolve("."), mars)) {
      other.send("PUT", PUMP, BodyPublishers.ofString("{\"attributes\":{\"model\":\"theirs\"}}"));
      gateway.twins.hear(mars);
    }
    JsonNode full = get(PUMP + "/attributes?view=full").json();
    assertThat(full.get("tag").asString()).isEqualTo(get(PUMP).header("ETag").replace("\"", ""));
    JsonNode conflict = full.get("conflicts").get(0);
    assertThat(conflict.get("path").asString()).isEqualTo("attributes/model");
    assertThat(conflict.get("candidates").valueStream().map(it -> it.get("value").asString()))
        .containsExactlyInAnyOrder("ours", "theirs");
    JsonNode shown = conflict.get("candidates").get(0);
    assertThat(shown.get("shown").asBoolean()).isTrue();
    assertThat(full.get("value").get("model")).isEqualTo(shown.get("value"));
    assertThat(shown.get("writer").asString()).matches("[0-9a-f]{32}");
    assertThat(shown.get("at").asString()).startsWith("2026-12-07T23:06:40");
    assertThat(full.get("as_of").get(1).get("age_seconds").asInt()).isEqualTo(1260);
    assertThat(full.get("as_of").get(2).get("age_seconds").isNull()).isTrue();
    assertThat(full.get("last_write").asString()).startsWith("2026-12-07");
  }

  @Test
  void readsPartsOfAThing() {
    put(PUMP, THING);
    assertThat(get(PUMP + "?fields=thingId,attributes/model,attributes/runs,features/none").body())
        .isEqualTo(
            "{\"thingId\":\"org.acme:pump-1\",\"attributes\":{\"model\":\"P7\",\"runs\":5}}\n");
    assertThat(get(PUMP + "/attributes?fields=/model").body()).isEqualTo("{\"model\":\"P7\"}\n");
    assertThat(get(PUMP + "?fields=attributes(model)").detail())
        .isEqualTo(
            "query parameter 'fields': 'attributes(model)' is no path; write such as"
                + " thingId,attributes/model,attributes/serial");
    assertThat(get(PUMP + "?fields=" + "a,".repeat(64) + "a").detail())
        .endsWith("65 paths, 64 at most");
    assertThat(get(PUMP + "?form=fancy").detail())
        .isEqualTo("query parameter 'form': 'fancy' is none of plain, typed");
    assertThat(get(PUMP + "?vew=full").detail())
        .isEqualTo("there is no query parameter 'vew'; there are form, fields, view");
  }

  @Test
  void anyNameHasAPath() {
    put(PUMP, "{\"attributes\": {}}");
    for (String name :
        List.of(
            "a/b", "a~b", "a b", "a+b", "100%", "ä", "日", "a;b", "a?b#c", "a\\b", "\"", "a:b,c",
            "%2F")) {
      String part = URLEncoder.encode(name.replace("~", "~0"), StandardCharsets.UTF_8);
      String path = PUMP + "/attributes/" + part.replace("+", "%20");
      assertThat(put(path, "1").status()).as(name).isEqualTo(201);
      assertThat(get(PUMP + "/attributes").json().has(name)).as(name).isTrue();
      assertThat(get(path).body()).as(name).isEqualTo("1\n");
    }
    // The server itself takes this for the folder above, however it is written.
    assertThat(rawStatus(PUMP + "/attributes/%2e%2e")).isEqualTo(400);
    assertThat(get(PUMP + "/attributes/a~1b").body()).isEqualTo("1\n");
    assertThat(get(PUMP + "/attributes/a~1b/").body()).isEqualTo("1\n");
    String odd = "/api/2/things/:p%20%2B;%C4%80~1";
    assertThat(put(odd, "{}").status()).isEqualTo(201);
    assertThat(get(odd).json().get("thingId").asString()).isEqualTo(":p +;Ā~1");
  }

  private int rawStatus(String path) {
    return gateway.raw(HttpRequest.newBuilder(gateway.uri(path))).statusCode();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT | /api/2/things/pump | {} | 400 | 'pump' is no id: offset 4, Ditto, namespaces and"
            + " names: no colon",
        "PUT | /api/2/things/a:b/wombats | 1 | 400 | offset 0, RFC 6901 §3: ",
        "PUT | /api/2/things/a:b/attributes/$set | 1 | 400 | $set stands for a type",
        "PUT | /api/2/things/a:b/attributes/a~2 | 1 | 400 | a tilde is written ~0",
        "PUT | /api/2/things/a:b | {\"a\": | 400 | the body is no JSON: offset 5, RFC 8259: ",
        "PUT | /api/2/things/a:b | {\"attributes\":{\"a\":1,\"a\":2}} | 400 | Duplicate",
        "PUT | /api/2/things/a:b | `` | 400 | the body is no JSON: offset 0, RFC 8259: no JSON",
        "PUT | /api/2/things/a:b | 7 | 400 | a thing is an object; put {}",
        "PUT | /api/2/things/a:b/attributes/x | 7 | 404 | there is no such thing; put the whole",
        "PUT | /api/2/things/org.acme:pump-1/attributes | 7 | 400 | attributes: this cannot stand",
        "PUT | /api/2/things/org.acme:pump-1/attributes/model/x | 1 | 409 | attributes/model: a"
            + " value is there, which has no members; delete it",
        "PUT | /api/2/things/org.acme:pump-1/attributes/runs | `\"x\"` | 409 | attributes/runs: a"
            + " counter is there, and this is none; say {\"$counter\": ...}",
        "PUT | /api/2/things/org.acme:pump-1/attributes/fuel | {\"$stock\":8} | 409 |"
            + " attributes/fuel: the stock holds 9 and cannot be set to 8; take from it",
        "POST | /api/2/things/org.acme:pump-1/attributes/tags | {\"$count\":1} | 409 |"
            + " attributes/tags: a set is there, not",
        "POST | /api/2/things/org.acme:pump-1/attributes/tags | {\"$grow\":1} | 400 | no such edit:"
            + " $grow; there are $add",
        "POST | /api/2/things/org.acme:pump-1/attributes/tags | 1 | 400 | an edit is an object",
        "POST | /api/2/things/org.acme:pump-1/attributes/none | {\"$count\":1} | 404 |"
            + " attributes/none: there is nothing at this path; put it",
        "POST | /api/2/things/org.acme:pump-1/attributes/list | {\"$delete\":2} | 400 |"
            + " attributes/list: ",
        "DELETE | /api/2/things/org.acme:pump-1/thingId | `` | 400 | an id never changes",
        "DELETE | /api/2/things/org.acme:pump-1/attributes/none | `` | 404 | attributes/none",
        "DELETE | /api/2/things/org.acme:pump-1?now=1 | `` | 400 | there is no query parameter",
      })
  void saysWhatIsWrongWhereAndHowToMendIt(
      String method, String path, String body, int status, String detail) {
    put(PUMP, THING);
    String tag = get(PUMP).header("ETag");
    Reply refused = gateway.send(method, path, BodyPublishers.ofString(body));
    assertThat(refused.detail()).contains(detail);
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.detail().lines()).hasSize(1);
    assertThat(get(PUMP).header("ETag")).isEqualTo(tag);
  }

  @Test
  void refusesWhatNestsTooDeepOrIsTooLarge() {
    put(PUMP, "{}");
    String deep = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
    assertThat(put(PUMP + "/attributes", deep).detail())
        .contains("more than 32 levels, the path's included; store it flatter");
    Reply large = put(PUMP + "/attributes", "{\"a\":\"" + "x".repeat(65_536) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.detail())
        .startsWith("attributes/a: ")
        .endsWith("65536 at most; split it over several paths");
    String blob = Base64.getEncoder().encodeToString(new byte[2 << 20]);
    assertThat(put(PUMP + "/attributes", "{\"a\":{\"$blob\":\"" + blob + "\"}}").status())
        .isEqualTo(201);
    assertThat(get(PUMP + "/attributes/a").body()).hasSize(blob.length() + 3);
    Reply longer =
        gateway.send(
            "PUT",
            PUMP,
            BodyPublishers.fromPublisher(BodyPublishers.ofString(" ".repeat((32 << 20) + 1))));
    assertThat(longer.status()).isEqualTo(413);
    assertThat(longer.detail())
        .isEqualTo("the body has more than 32 MiB; split it over several paths");
  }

  @Test
  void aPatchIsAMergePatchByName() {
    put(PUMP, THING);
    for (String type : List.of("application/json", "text/plain")) {
      Reply refused =
          gateway.send("PATCH", PUMP, BodyPublishers.ofString("{}"), "Content-Type", type);
      assertThat(refused.status()).isEqualTo(415);
      assertThat(refused.header("Accept-Patch")).isEqualTo(MERGE);
      assertThat(refused.detail())
          .isEqualTo("the content type is " + type + "; a patch is " + MERGE + " (RFC 7396)");
    }
    assertThat(
            gateway
                .send(
                    "PATCH",
                    PUMP,
                    BodyPublishers.ofString("{}"),
                    "Content-Type",
                    "Application/Merge-Patch+JSON; charset=utf-8")
                .status())
        .isEqualTo(204);
    assertThat(patch(PUMP, "[]").detail()).contains("a thing is an object, and so is its patch");
    assertThat(patch(PUMP, "{\"thingId\":null}").status()).isEqualTo(400);
    assertThat(patch("/api/2/things/a:none", "{}").status()).isEqualTo(404);
  }

  @Test
  void changesOnlyWhatIsAsTheConditionSays() {
    Reply absent = put(PUMP, "{}", "If-Match", "*");
    assertThat(absent.status()).isEqualTo(412);
    assertThat(absent.detail())
        .isEqualTo("the thing is not there, and the condition is about one that is");
    assertThat(absent.header("ETag")).isEmpty();
    assertThat(put(PUMP, THING, "If-None-Match", "*").status()).isEqualTo(201);
    Reply there = put(PUMP, THING, "If-None-Match", "*");
    assertThat(there.status()).isEqualTo(412);
    String tag = get(PUMP).header("ETag");
    assertThat(there.header("ETag")).isEqualTo(tag);
    assertThat(there.detail())
        .isEqualTo(
            "the thing is not as the condition says: its tag is now "
                + tag
                + "; read it again and decide anew");

    Reply changed = put(PUMP + "/attributes/model", "\"P8\"", "If-Match", tag);
    assertThat(changed.status()).isEqualTo(204);
    assertThat(put(PUMP + "/attributes/model", "\"P9\"", "If-Match", tag).status()).isEqualTo(412);
    assertThat(patch(PUMP, "{\"attributes\":{}}", "If-Match", tag).status()).isEqualTo(412);
    assertThat(delete(PUMP, "If-Match", tag).status()).isEqualTo(412);
    String now = changed.header("ETag");
    Reply stepped =
        gateway.send(
            "POST",
            PUMP + "/attributes/runs",
            BodyPublishers.ofString("{\"$count\":1}"),
            "If-Match",
            "W/" + now);
    assertThat(stepped.status()).isEqualTo(204);
    assertThat(delete(PUMP, "If-Match", stepped.header("ETag")).status()).isEqualTo(204);
  }

  @Test
  void refusesConditionsThatMakeNoSense() {
    put(PUMP, THING);
    assertThat(put(PUMP, "{}", "If-Match", "abc").detail())
        .isEqualTo(
            "If-Match: give * or a tag as ETag has it, in quotation marks, such as \"0a1b2c\"");
    assertThat(put(PUMP, "{}", "If-Match", "\"a\", \"b\"").detail())
        .isEqualTo("If-Match: 2 tags; a thing is as one of them at most");
    assertThat(put(PUMP, "{}", "If-Match", "*", "If-None-Match", "*").detail())
        .startsWith("If-Match and If-None-Match go together for no change");
    assertThat(put(PUMP, "{}", "If-None-Match", "\"a\"").detail())
        .startsWith("If-None-Match: of changes, only a PUT of a whole thing takes it, as *");
    assertThat(put(PUMP + "/attributes/x", "1", "If-None-Match", "*").status()).isEqualTo(400);
    assertThat(delete(PUMP, "If-None-Match", "*").status()).isEqualTo(400);
    assertThat(put(PUMP, "{}", "If-Match", "\"" + "a".repeat(4096) + "\"").detail())
        .isEqualTo("If-Match: more than 4096 characters");
  }

  @Test
  void sendsNothingThatTheReaderHas() {
    put(PUMP, THING);
    String tag = get(PUMP).header("ETag");
    Reply same = get(PUMP, "If-None-Match", "\"old\", W/" + tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(same.header("Holdfast-As-Of")).startsWith("open/earth=7@0s");
    assertThat(get(PUMP + "/attributes/model", "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(get(PUMP, "If-None-Match", "\"old\"").status()).isEqualTo(200);
    assertThat(get(PUMP, "If-None-Match", "old").status()).isEqualTo(400);
    put(PUMP + "/attributes/model", "1");
    assertThat(get(PUMP, "If-None-Match", tag).status()).isEqualTo(200);
  }

  @Test
  void takesStepsOfItsKinds() {
    put(PUMP, THING);
    step("runs", "{\"$count\":-7}", "-2");
    step("tags", "{\"$add\":\"b\"}", "[\"a\",\"b\"]");
    step("tags", "{\"$remove\":\"a\"}", "[\"b\"]");
    step("list", "{\"$insert\":{\"index\":1,\"value\":2}}", "[1,2,3]");
    step("list", "{\"$delete\":0}", "[2,3]");
    step("fuel", "{\"$make\":3}", "12");
    step("fuel", "{\"$take\":2}", "10");
    step("fuel", "{\"$give\":{\"to\":\"" + "ab".repeat(16) + "\",\"amount\":4}}", "10");
  }

  private void step(String name, String edit, String then) {
    assertThat(gateway.post(PUMP + "/attributes/" + name, edit).status()).as(edit).isEqualTo(204);
    assertThat(get(PUMP + "/attributes/" + name).body()).isEqualTo(then + "\n");
  }

  /** What each case of RFC 7396, appendix A, does at a path of a thing. */
  @ParameterizedTest
  @MethodSource("mergePatches")
  void mergesAsTheRfcDoes(String original, String patch, String result) {
    put(PUMP, "{\"attributes\":{\"at\":" + original + "}}");
    assertThat(patch(PUMP + "/attributes/at", patch).status()).isEqualTo(204);
    Reply read = get(PUMP + "/attributes/at");
    if (patch.equals("null")) { // the one difference: docs/0004-twins.md
      assertThat(read.status()).isEqualTo(404);
    } else {
      assertThat(read.json()).isEqualTo(new ObjectMapper().readTree(result));
    }
  }

  static List<Object[]> mergePatches() throws IOException {
    try (InputStream in =
        ThingApiTest.class.getResourceAsStream("/vectors/twin/rfc7396-appendix-a.txt")) {
      List<Object[]> cases =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .map(line -> (Object[]) line.split(" \\| "))
              .toList();
      assertThat(cases).hasSize(15);
      return cases;
    }
  }

  @Test
  void passesOnWhoAsks() {
    assertThat(put(PUMP, THING, "Holdfast-Subject", "crew:anna").status()).isEqualTo(201);
    assertThat(gateway.twins.subjects).contains(Optional.of("crew:anna"));
    assertThat(put(PUMP, THING, "Holdfast-Subject", "x".repeat(257)).detail())
        .isEqualTo("Holdfast-Subject: give 1 to 256 characters");
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "NOT_FOUND, 404", "STOPPING, 503", "NO_SPACE, 507"})
  void passesOnWhyTwinsDoNotAnswer(TwinAnswer.Reason reason, int status) {
    gateway.twins.next = Optional.of(new TwinAnswer.Failed(reason, "because"));
    Reply failed = put(PUMP, THING);
    assertThat(failed.status()).isEqualTo(status);
    assertThat(failed.detail()).isEqualTo("because");
  }

  @Test
  void listsThingsPageByPage() {
    for (int i = 0; i < 30; i++) {
      put("/api/2/things/org.acme:p" + (10 + i), "{\"attributes\":{\"n\":" + i + "}}");
    }
    put("/api/2/things/org.other:x", "{}");
    delete("/api/2/things/org.acme:p11");
    JsonNode first = get("/api/2/things").json();
    assertThat(first.get("items")).hasSize(25);
    assertThat(first.get("items").get(0).at("/attributes/n").asInt()).isZero();
    assertThat(first.get("next").asString()).isEqualTo("org.acme:p35");
    JsonNode second = get("/api/2/things?after=org.acme:p35&fields=thingId").json();
    assertThat(second.get("items").toString())
        .isEqualTo(
            "[{\"thingId\":\"org.acme:p36\"},{\"thingId\":\"org.acme:p37\"},"
                + "{\"thingId\":\"org.acme:p38\"},{\"thingId\":\"org.acme:p39\"},"
                + "{\"thingId\":\"org.other:x\"}]");
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(get("/api/2/things?namespaces=org.other&limit=200").json().get("items")).hasSize(1);
    assertThat(get("/api/2/things?ids=org.acme:p12,org.acme:p11,a:none&fields=attributes").body())
        .isEqualTo("{\"items\":[{\"attributes\":{\"n\":2}}],\"next\":null}\n");
    assertThat(get("/api/2/things?limit=201").detail()).contains("from 1 to 200");
    assertThat(get("/api/2/things?ids=pump").detail()).startsWith("'pump' is no id");
    assertThat(get("/api/2/things?after=pump").status()).isEqualTo(400);
    assertThat(get("/api/2/things?ids=" + "a:b,".repeat(64) + "a:b").detail())
        .endsWith("65 are named, 64 at most");
  }

  @Test
  void endsAPageOfLargeThingsEarlier() {
    String large = "\"" + "x".repeat(60_000) + "\"";
    StringBuilder attributes = new StringBuilder("{\"attributes\":{\"a\":1");
    for (int i = 0; i < 10; i++) {
      attributes.append(",\"a").append(i).append("\":").append(large);
    }
    for (int i = 10; i < 30; i++) {
      assertThat(put("/api/2/things/a:p" + i, attributes + "}}").status()).isEqualTo(201);
    }
    JsonNode page = get("/api/2/things").json();
    assertThat(page.get("items")).hasSize(8);
    assertThat(page.get("next").asString()).isEqualTo("a:p17");
  }

  @Test
  void saysHowTwinsAreConfiguredWhereThereAreNone() throws IOException {
    try (SmallGateway without = SmallGateway.withoutTwins(directory)) {
      for (String path :
          List.of("/api/2/things", PUMP, "/api/v1/twins", "/api/v1/twins/a:b/canonical")) {
        Reply none = without.get(path);
        assertThat(none.status()).as(path).isEqualTo(404);
        assertThat(none.detail())
            .isEqualTo(
                "this gateway keeps no twins; give it a section 'twins' in its configuration,"
                    + " with a key of holdfast keys generate");
      }
      assertThat(without.get("/metrics").body()).doesNotContain("holdfast_twin");
    }
  }
}
