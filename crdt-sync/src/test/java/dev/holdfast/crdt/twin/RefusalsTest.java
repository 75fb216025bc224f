package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.replica.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is refused, and what the refusal says. */
final class RefusalsTest {
  private static final TwinLimits SMALL = new TwinLimits(40, 60, 6, 50, 20, 8, 10_000);

  private final Region region = new Region(1);

  @BeforeEach
  void put() {
    region.put(
        "",
        """
        {"attributes":{"a":{"b":1},"count":{"$counter":5},"set":{"$set":[1]},"list":{"$list":[1]},\
        "stock":{"$stock":10},"blob":{"$blob":"AAAA"}}}""");
  }

  private TwinEditor editor() {
    return new TwinEditor(region.twin(), SMALL);
  }

  private static void refused(TwinOutcome outcome, String text) {
    switch (outcome) {
      case TwinOutcome.Change(List<Edit> edits) -> throw new AssertionError(edits.toString());
      case TwinOutcome.Refused(Refusal refusal) -> assertThat(refusal.text()).isEqualTo(text);
    }
  }

  private void put(String path, String json, String text) {
    refused(editor().put(Region.path(path), Region.json(json)), text);
  }

  private void patch(String path, String json, String text) {
    refused(editor().patch(Region.path(path), Region.json(json)), text);
  }

  @Test
  void whatIsNotThere() {
    String nothing =
        "attributes/none: there is nothing at this path; put it, or patch what is above it";
    patch("attributes/none", "{}", nothing);
    patch("attributes/none", "null", nothing);
    refused(editor().delete(Region.path("attributes/none")), nothing);
    refused(
        editor().delete(Region.path("thingId")),
        "thingId: an id never changes; delete the whole thing");
    refused(editor().edit(Region.path("attributes/none"), new TypedEdit.Count(1)), nothing);
    TwinEditor none =
        new TwinEditor(region.twin(new ThingId("org.acme:pump-2")), TwinLimits.DEFAULT);
    String noThing = "there is no such thing; put the whole thing first";
    refused(none.delete(TwinPath.THING), noThing);
    refused(none.patch(TwinPath.THING, Region.json("{}")), noThing);
    refused(none.put(Region.path("attributes/a"), Region.json("1")), noThing);
    refused(none.edit(Region.path("attributes/a"), new TypedEdit.Count(1)), noThing);
    put(
        "attributes/a/b/c",
        "1",
        "attributes/a/b: a value is there, which has no members; delete it, or put an object there");
    put(
        "attributes/count/x",
        "1",
        "attributes/count: a counter is there, which has no members; delete it, or put an object"
            + " there");
  }

  @Test
  void whatCannotStandThere() {
    put("", "5", "a thing is an object; put {} for one without anything");
    put(
        "",
        "{\"thingId\":\"org.acme:pump-9\"}",
        "thingId: the id is org.acme:pump-1, not \"org.acme:pump-9\"; leave it out, or say this one");
    put(
        "",
        "{\"_revision\":1}",
        "a thing has thingId, policyId, definition, attributes and features, not _revision; use"
            + " another name");
    put(
        "thingId",
        "\"a:b\"",
        "thingId: the id is org.acme:pump-1, not \"a:b\"; leave it out, or say this one");
    put("attributes", "[]", "attributes: this cannot stand here; put an object");
    put("attributes", "{\"$set\":[]}", "attributes: this cannot stand here; put an object");
    put("features/f", "null", "features/f: this cannot stand here; put an object");
    put(
        "features/f",
        "{\"other\":1}",
        "features/f: a feature has definition, properties and desiredProperties, not other; use"
            + " another name");
    put(
        "features/f/definition",
        "[]",
        "features/f/definition: this cannot stand here; put an array of texts such as"
            + " \"org.acme:valve:1.0\"");
    put(
        "policyId",
        "\"policy\"",
        "policyId: this cannot stand here; put an id such as \"org.acme:policy\"");
    put(
        "definition",
        "\"pump\"",
        "definition: this cannot stand here; put a text such as \"org.acme:pump:1.0\", or a URL");
    put("attributes/a", "{\"\":1}", "attributes/a: an empty name; use another name");
    put(
        "attributes/a",
        "{\"x\\u0007\":1}",
        "attributes/a: the control character U+0007 in a name; use another name");
    put(
        "attributes/a",
        "{\"$counter\":1,\"x\":2}",
        "attributes/a: $counter stands for a type and is no name of a member; use another name");
    put(
        "attributes/x",
        "[{\"$counter\":1}]",
        "attributes/x: $counter within a value that is stored whole; put a value of JSON that can"
            + " be stored exactly");
    refused(
        editor().put(Region.path("attributes/x"), JsonNodeFactory.instance.numberNode(Double.NaN)),
        "attributes/x: NaN is no number in JSON; put a value of JSON that can be stored exactly");
    refused(
        editor().put(Region.path("attributes/x"), JsonNodeFactory.instance.stringNode("\ud800")),
        "attributes/x: half a character in a text; put a value of JSON that can be stored exactly");
    refused(
        editor().put(Region.path("attributes/x"), JsonNodeFactory.instance.missingNode()),
        "attributes/x: no value of JSON; put a value of JSON that can be stored exactly");
  }

  @Test
  void patchesThatCannotBe() {
    patch("", "[]", "a thing is an object, and so is its patch; patch {\"attributes\": ...}");
    patch("", "{\"thingId\":null}", "thingId: an id never changes; delete the whole thing");
    patch("", "{\"attributes\":5}", "attributes: this cannot stand here; put an object");
    patch("attributes", "5", "attributes: this cannot stand here; put an object");
    patch(
        "attributes",
        "{\"count\":{\"x\":null}}",
        "attributes/count: a counter is there, and this is none; say {\"$counter\": ...} to set it,"
            + " or delete it first");
  }

  @Test
  void kindsThatWouldChangeSilently() {
    put(
        "attributes/count",
        "6",
        "attributes/count: a counter is there, and this is none; say {\"$counter\": ...} to set it,"
            + " or delete it first");
    put(
        "attributes",
        "{\"set\":[2]}",
        "attributes/set: a set is there, and this is none; say {\"$set\": ...} to set it, or delete"
            + " it first");
    put(
        "attributes/stock",
        "{\"$stock\":9}",
        "attributes/stock: the stock holds 10 and cannot be set to 9; take from it what is too much");
    put(
        "attributes/stock",
        "{\"$stock\":-1}",
        "attributes/stock: a stock holds 0 to 2^63 - 1; put what there is");
    put(
        "attributes/count",
        "{\"$counter\":1.5}",
        "attributes/count: this is no integer; put an integer");
    put(
        "attributes/count",
        "{\"$counter\":9223372036854775900}",
        "attributes/count: too far from 5 for one step; count by less than 2^63");
    put(
        "attributes/set",
        "{\"$set\":[1,1.0]}",
        "attributes/set: a value stands twice in a set; say each once");
    put("attributes/list", "{\"$list\":1}", "attributes/list: this is no array; put an array");
    put(
        "attributes/blob",
        "{\"$blob\":\"?\"}",
        "attributes/blob: this is no Base64; put a text in Base64 (RFC 4648 §4)");
    refused(
        editor().edit(Region.path("attributes/set"), new TypedEdit.Count(1)),
        "attributes/set: a set is there, not a counter; use the edits of a set");
    refused(
        editor().edit(Region.path("attributes/a"), new TypedEdit.Count(1)),
        "attributes/a: an object is there, not a counter; use the edits of an object");
    refused(
        editor().edit(Region.path("attributes/list"), new TypedEdit.Delete(1)),
        "attributes/list: index 1, 0 at most; read the list again");
    refused(
        editor().edit(Region.path("attributes/stock"), new TypedEdit.Take(0)),
        "attributes/stock: an amount of 0; say 1 or more");
  }

  @Test
  void whatIsTooMuch() {
    put(
        "attributes/x",
        "\"" + "x".repeat(60) + "\"",
        "attributes/x: a value of 62 bytes, 50 at most; split it over several paths");
    put(
        "attributes/blob",
        "{\"$blob\":\"" + "A".repeat(40) + "\"}",
        "attributes/blob: a blob of 30 bytes, 20 at most; split it over several paths");
    put(
        "attributes",
        "{\"" + "x".repeat(60) + "\":1}",
        "attributes/"
            + "x".repeat(60)
            + ": a path of 71 bytes, 60 at most; split it over several paths");
    put(
        "attributes",
        "{\"x\":[[[[[1]]]]]}",
        "attributes: more than 6 levels, the path's included; store it flatter, or as a text");
    put(
        "attributes/z",
        "{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1}",
        "a change of 9 edits, 8 at most; change it in parts");
  }

  @Test
  void thingIds() {
    for (String id :
        List.of(
            "a:b",
            ":b",
            "org.acme:pump 1",
            "com.some-domain:x",
            "foo.bar_42:a:b",
            "a:%3A",
            "a:漢")) {
      assertThat(ThingId.parse(id, TwinLimits.DEFAULT).orElseThrow().text()).isEqualTo(id);
    }
    id(
        "pump",
        "offset 4, Ditto, namespaces and names: no colon: an id is namespace:name, such as org.acme:pump-1");
    id(
        "1a:b",
        "offset 0, Ditto, namespaces and names: a namespace is letters, digits and _ in parts that begin with a letter, separated by . or -, such as org.acme");
    id(
        "a..b:c",
        "offset 0, Ditto, namespaces and names: a namespace is letters, digits and _ in parts that begin with a letter, separated by . or -, such as org.acme");
    id("a:", "offset 2, Ditto, namespaces and names: the name is empty");
    id(
        "a:b/c",
        "offset 3, Ditto, namespaces and names: a name has no slash, no control character and none of U+0080 to U+00FF");
    id(
        "a:\u0000",
        "offset 2, Ditto, namespaces and names: a name has no slash, no control character and none of U+0080 to U+00FF");
    id("a:\udc00", "offset 2, Ditto, namespaces and names: half a character");
    id(
        "a:" + "b".repeat(255),
        "offset 256, Ditto, namespaces and names: an id of 257 characters and 257 bytes, 256 and 256 at most");
    assertThat(new ThingId("org.acme:a:b").name()).isEqualTo("a:b");
    assertThat(new ThingId(":x").namespace()).isEmpty();
  }

  private static void id(String id, String text) {
    assertThat(ThingId.parse(id, TwinLimits.DEFAULT).toString()).isEqualTo(text);
  }

  @Test
  void paths() {
    for (String path :
        List.of(
            "",
            "attributes",
            "attributes/a~1b/~0",
            "features/f/properties/x/y",
            "policyId",
            "attributes/thingId")) {
      assertThat(TwinPath.parse(path, SMALL).orElseThrow().text()).isEqualTo(path);
      assertThat(TwinPath.parse("/" + path, SMALL).orElseThrow().text()).isEqualTo(path);
    }
    assertThat(Region.path("attributes/a~1b").names()).containsExactly("attributes", "a/b");
    path(
        "elsewhere",
        "offset 0, RFC 6901 §3: a thing has thingId, policyId, definition, attributes and features, not elsewhere");
    path(
        "_lifecycle",
        "offset 0, RFC 6901 §3: a thing has thingId, policyId, definition, attributes and features, not _lifecycle");
    path("policyId/x", "offset 9, RFC 6901 §3: policyId has no members");
    path("/attributes/", "offset 12, RFC 6901 §3: an empty name");
    path("attributes//x", "offset 11, RFC 6901 §3: an empty name");
    path("attributes/~2", "offset 11, RFC 6901 §3: a tilde is written ~0 and a slash ~1: ~2");
    path("attributes/~", "offset 11, RFC 6901 §3: a tilde is written ~0 and a slash ~1: ~");
    path(
        "attributes/$set",
        "offset 11, RFC 6901 §3: $set stands for a type and is no name of a member");
    path("features/*", "offset 9, RFC 6901 §3: a feature's id is not *");
    path(
        "features/f/x",
        "offset 11, RFC 6901 §3: a feature has definition, properties and desiredProperties, not x");
    path(
        "features/f/definition/0",
        "offset 22, RFC 6901 §3: a feature has definition, properties and desiredProperties, not anything below definition");
    path("attributes/a/b/c/d/e/f", "offset 22, RFC 6901 §3: a path of 7 names, 6 at most");
    path("attributes/" + "x".repeat(60), "offset 71, RFC 6901 §3: a path of 71 bytes, 60 at most");
  }

  private static void path(String path, String text) {
    assertThat(TwinPath.parse(path, SMALL).toString()).isEqualTo(text);
  }

  @Test
  void json() {
    json("{\"a\":1,\"a\":2}", "uplicate");
    json("{\"a\":[{\"b\":1,\"b\":1}]}", "uplicate");
    json("[1] 2", "railing");
    json("", "no JSON at all");
    json("{'a':1}", "Unexpected character");
    json("[1", "Unexpected end-of-input: expected close marker for Array");
    json("[NaN]", "NaN");
    json("[01]", "eading zero");
    json("[".repeat(100) + "]".repeat(100), "depth");
    json("1" + "0".repeat(2_000), "length");
    json("\"" + "x".repeat(11_000) + "\"", "length");
    assertThat(Region.json("1.10").decimalValue().toString()).isEqualTo("1.10");
  }

  private static void json(String text, String reason) {
    Parsed<JsonNode> read =
        new TwinJson(SMALL).read(Octets.wrap(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(read).as(text).isInstanceOf(Parsed.Bad.class);
    assertThat(((Parsed.Bad<JsonNode>) read).reason()).contains(reason).doesNotContain("\n");
  }
}
