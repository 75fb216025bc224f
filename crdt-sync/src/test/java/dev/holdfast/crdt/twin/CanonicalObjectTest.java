package dev.holdfast.crdt.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.StateRoot;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Frontier;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Things as documents and back. */
final class CanonicalObjectTest {
  private static final SigningKey KEY = new SigningKey(Octets.ofHex("07".repeat(32)));
  private static final CanonicalObject.Exporter EXPORTER =
      new CanonicalObject.Exporter(Octets.ofHex("0a".repeat(16)), Optional.of(KEY));

  private final Region region = new Region(1);

  private static String file(String name) throws IOException {
    try (InputStream in = CanonicalObjectTest.class.getResourceAsStream("/vectors/twin/" + name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** As if all that a region holds had come in order. */
  private static Frontier frontier(Twin twin) {
    var streams = new TreeMap<StreamId, Frontier.Reach>();
    for (Octets actor : twin.dots().actors()) {
      long last = twin.dots().highest(actor);
      Octets head = Octets.wrap(new byte[Frontier.HEAD_SIZE]);
      streams.put(
          new StreamId(actor), new Frontier.Reach(last, head, List.of(new Interval(1, last)), 0));
    }
    return new Frontier(new StateRoot(Octets.wrap(new byte[32])), streams);
  }

  private static JsonNode export(Twin twin) {
    return CanonicalObject.export(twin, frontier(twin), EXPORTER).orElseThrow();
  }

  private static CanonicalObject read(JsonNode json) {
    return switch (CanonicalObject.read(json, TwinLimits.DEFAULT)) {
      case CanonicalObject.Reading.Read(CanonicalObject object) -> object;
      case CanonicalObject.Reading.Refused(Refusal refusal) ->
          throw new AssertionError(refusal.text());
    };
  }

  private static JsonNode without(JsonNode document, String... metadata) {
    ObjectNode copy = ((ObjectNode) document).deepCopy();
    ObjectNode of = (ObjectNode) copy.get("metadata");
    for (String name : metadata) {
      of.remove(name);
    }
    return copy;
  }

  /** The example of the concept documents comes in whole, and goes out as it came. */
  @Test
  void theObjectOfTheConceptDocuments() throws IOException {
    JsonNode document = Region.json(file("concept-object.json"));
    CanonicalObject object = read(document);
    assertThat(object.id()).isEqualTo(new ThingId(":uuid-1234"));
    assertThat(object.creator()).isEqualTo("node_A");
    assertThat(object.vectorClock()).containsEntry("node_A", 5L).containsEntry("node_B", 3L);
    assertThat(object.isSignedBy(KEY.verifyKey())).isFalse();

    region.apply(object.edits(region.twin(object.id()), CanonicalObject.Mode.IF_SEEN));
    Twin twin = region.twin(object.id());
    assertThat(twin.json(new TwinPath(List.of("attributes")), Form.PLAIN).orElseThrow().toString())
        .isEqualTo(
            "{\"embedding\":[0.1,0.2],\"statement\":\"Use async for I/O-bound operations\"}");

    JsonNode out = export(twin);
    for (String same : List.of("schema_version", "object_id", "type", "links")) {
      assertThat(out.get(same)).isEqualTo(document.get(same));
    }
    assertThat(ValueCodec.encode(out.get("content")))
        .isEqualTo(ValueCodec.encode(document.get("content")));
    assertThat(out.has("features")).isFalse();
    assertThat(out.get("metadata").get("origin")).isEqualTo(document.get("metadata"));
    assertThat(out.get("metadata").get("vector_clock").size()).isEqualTo(1);

    Region other = new Region(2);
    CanonicalObject again = read(out);
    other.apply(again.edits(other.twin(again.id()), CanonicalObject.Mode.IF_SEEN));
    assertThat(without(export(other.twin(again.id())), "vector_clock", "timestamp", "signature"))
        .isEqualTo(without(out, "vector_clock", "timestamp", "signature"));
    // What its node wrote later comes in as a replacement, since nothing here is known to it.
    ObjectNode later = ((ObjectNode) document).deepCopy();
    later.withObject("/content").put("statement", "Measure first");
    refused(
        read(later).edits(region.twin(object.id()), CanonicalObject.Mode.IF_SEEN),
        "metadata/vector_clock: write 11 of 61000000000000000000000000000001 is part of the thing"
            + " and not of the document; export it anew, or import it as a replacement");
    assertThat(
            region.apply(read(later).edits(region.twin(object.id()), CanonicalObject.Mode.REPLACE)))
        .hasSize(1);
  }

  @Test
  void aThingWithAllPartsIsExportedAsWrittenDown() throws IOException {
    region.put(
        "",
        """
        {"policyId":"org.acme:policy","definition":"org.acme:pump:1.0","attributes":{"count":\
        {"$counter":5},"rate":21.50},"features":{"canonical":{"definition":["a:b:1"],"properties":\
        {"links":{"$set":[{"target":"org.acme:tank","type":"fills"}]},"type":"Pump"}},"flow":\
        {"properties":{"rate":3}}}}""");
    JsonNode out = export(region.twin());
    if ("write".equals(System.getProperty("holdfast.vectors"))) {
      Path file = Path.of("src/test/resources/vectors/twin/exported-object.json");
      Files.writeString(file, out.toPrettyString() + "\n");
    }
    assertThat(out).isEqualTo(Region.json(file("exported-object.json")));
    CanonicalObject object = read(Region.json(file("exported-object.json")));
    assertThat(object.isSignedBy(KEY.verifyKey())).isTrue();
    assertThat(region.apply(object.edits(region.twin(), CanonicalObject.Mode.IF_SEEN))).isEmpty();
  }

  @Test
  void signaturesCoverAllButThemselves() {
    region.put("", "{\"attributes\":{\"a\":1,\"b\":2.50}}");
    ObjectNode out = (ObjectNode) export(region.twin());
    assertThat(read(out).isSignedBy(KEY.verifyKey())).isTrue();
    assertThat(read(out).isSignedBy(new SigningKey(Octets.ofHex("08".repeat(32))).verifyKey()))
        .isFalse();
    // Neither the order of members nor how a number is written is part of what is said.
    String text = Region.JSON.write(out);
    String other = text.replace("{\"a\":1,\"b\":2.5}", "{\"b\":25e-1,\"a\":1.0}");
    assertThat(other).isNotEqualTo(text);
    assertThat(read(Region.json(other)).isSignedBy(KEY.verifyKey())).isTrue();
    for (String changed :
        List.of(
            text.replace("\"a\":1", "\"a\":2"),
            text.replace("\"a\":1", "\"c\":1"),
            text.replace("pump-1", "pump-2"),
            text.replace("Thing", "Pump"),
            text.replace("0a0a", "0a0b"),
            text.replace("2000-01-01", "2000-01-02"),
            text.replace("0001\":3", "0001\":4"),
            text.replace("\"links\":[]", "\"links\":[{\"target\":\"a\",\"type\":\"b\"}]"))) {
      assertThat(changed).isNotEqualTo(text);
      assertThat(read(Region.json(changed)).isSignedBy(KEY.verifyKey())).as(changed).isFalse();
    }
    CanonicalObject.Exporter silent =
        new CanonicalObject.Exporter(EXPORTER.region(), Optional.empty());
    JsonNode unsigned =
        CanonicalObject.export(region.twin(), frontier(region.twin()), silent).orElseThrow();
    assertThat(unsigned.get("metadata").get("signature").isNull()).isTrue();
    assertThat(read(unsigned).signature()).isEmpty();
    assertThat(read(unsigned).digest()).isEqualTo(read(out).digest());
    assertThat(read(unsigned).isSignedBy(KEY.verifyKey())).isFalse();
  }

  /** Concept document 004 prints s = sk * h; whoever has one signature has the key then. */
  @Test
  void theSchemeAsPrintedGivesTheKeyAway() {
    BigInteger order =
        new BigInteger("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16);
    BigInteger secret = new BigInteger("123456789abcdef0123456789abcdef", 16);
    BigInteger hash = new BigInteger(read(export(put())).digest().hex(), 16).mod(order);
    BigInteger signature = secret.multiply(hash).mod(order);
    assertThat(signature.multiply(hash.modInverse(order)).mod(order)).isEqualTo(secret);
  }

  private Twin put() {
    region.put("", "{\"attributes\":{\"a\":1}}");
    return region.twin();
  }

  /** Any thing: put back where it came from it changes nothing, put elsewhere it is the same. */
  @Test
  void roundTrips() {
    for (int seed = 0; seed < 1_000; seed++) {
      JsonMaker make = new JsonMaker(seed);
      Region one = new Region(1);
      one.put("", "{}");
      for (int i = 0; i < 6; i++) {
        TwinPath path =
            make.random.nextBoolean()
                ? make.path(2)
                : Region.path(
                    "features/canonical/properties/"
                        + List.of("type", "links", "origin", "a").get(make.random.nextInt(4)));
        JsonNode json =
            switch (make.random.nextInt(5)) {
              case 0 -> make.declaration();
              case 1 -> Region.json("{\"$set\":[{\"target\":\"a\",\"type\":\"b\"}]}");
              case 2 -> Region.json("\"Pump\"");
              default -> make.object(2);
            };
        if (!json.has("$stock")
            && one.editor().put(path, json) instanceof TwinOutcome.Change change) {
          one.apply(change);
        }
      }
      JsonNode out = Region.json(Region.JSON.write(export(one.twin())));
      CanonicalObject object = read(out);
      assertThat(object.isSignedBy(KEY.verifyKey())).isTrue();
      assertThat(one.apply(object.edits(one.twin(), CanonicalObject.Mode.IF_SEEN)))
          .as("seed %d", seed)
          .isEmpty();
      Region other = new Region(2);
      other.apply(object.edits(other.twin(), CanonicalObject.Mode.IF_SEEN));
      assertThat(without(export(other.twin()), "vector_clock", "timestamp", "signature"))
          .as("seed %d", seed)
          .isEqualTo(without(export(one.twin()), "vector_clock", "timestamp", "signature"));
    }
  }

  @Test
  void aDocumentThatHasNotSeenAllIsRefusedUnlessItReplaces() {
    region.put("", "{\"attributes\":{\"a\":1}}");
    JsonNode out = export(region.twin());
    region.put("attributes/b", "2");
    refused(
        read(out).edits(region.twin(), CanonicalObject.Mode.IF_SEEN),
        "metadata/vector_clock: write 3 of 61000000000000000000000000000001 is part of the thing"
            + " and not of the document; export it anew, or import it as a replacement");
    assertThat(region.apply(read(out).edits(region.twin(), CanonicalObject.Mode.REPLACE)))
        .hasSize(1);
    assertThat(region.plain("attributes")).isEqualTo("{\"a\":1}");
  }

  @Test
  void whatHasNoPlaceIsRefused() {
    region.put("", "{\"attributes\":{\"stock\":{\"$stock\":3}}}");
    String out = Region.JSON.write(export(region.twin()));
    Region other = new Region(2);
    refused(
        read(Region.json(out)).edits(other.twin(), CanonicalObject.Mode.REPLACE),
        "attributes/stock: the stock holds 3 less here, and an import makes nothing; sync first, or"
            + " make what is missing");
    String only = "; leave it out, or put what it says into content";
    unread(
        out.replace("\"2.0\"", "\"2.1\""),
        "schema_version: version \"2.1\" is not known; export it as version 2.0");
    unread("{}", "schema_version: version (none) is not known; export it as version 2.0");
    unread("[]", "this is no object; give a document with schema_version");
    unread(
        out.replace("\"type\"", "\"ttl\":5,\"type\""),
        "ttl: nothing of a twin is called so" + only);
    unread(
        out.replace("\"timestamp\"", "\"ttl\":5,\"timestamp\""),
        "metadata/ttl: nothing of a twin is called so" + only);
    unread(out.replace("\"Thing\"", "5"), "type: a text is due; give one");
    unread(
        out.replace("\"content\":{", "\"content\":[],\"features\":{"),
        "content: an object is due; put what it is into one");
    unread(
        out.replace("org.acme:pump-1", "org.acme:a/b"),
        "object_id: offset 10, Ditto, namespaces and names: a name has no slash, no control character and none of U+0080 to U+00FF; give an id as Ditto has them");
    unread(
        out.replace("\"links\":[]", "\"links\":[5]"),
        "links: an array of objects with target and type is due; put others into content");
    String link = "{\"target\":\"a\",\"type\":\"b\"}";
    unread(
        out.replace("\"links\":[]", "\"links\":[" + link + "," + link + "]"),
        "links: the link " + link + " is there twice; say it once");
    unread(
        out.replace("0001\":3", "0001\":-1"),
        "metadata/vector_clock: numbers of 0 to 2^63 - 1 by writer are due; give them");
    unread(
        out.replace("0001\":3", "0001\":1.5"),
        "metadata/vector_clock: numbers of 0 to 2^63 - 1 by writer are due; give them");
    unread(
        out.replaceAll("\"signature\":\"[^\"]*\"", "\"signature\":5"),
        "metadata/signature: a text is due, or null; give it, or leave it out");
    unread(
        out.replace("\"signature\"", "\"origin\":5,\"signature\""),
        "metadata/origin: an object with members is due; leave it out");
    unread(
        out.replace("\"creator\"", "\"creators\""),
        "metadata/creators: nothing of a twin is called so" + only);
    refused(
        read(Region.json(
                out.replace("Thing", "Pump")
                    .replace(
                        "\"metadata\"",
                        "\"features\":{\"canonical\":{\"properties\":{\"type\":\"x\"}}},\"metadata\"")))
            .edits(region.twin(), CanonicalObject.Mode.REPLACE),
        "features/canonical/properties/type: the document says that at two places; say it at one of them");
    refused(
        read(Region.json(
                out.replace("Thing", "Pump")
                    .replace("\"metadata\"", "\"features\":5,\"metadata\"")))
            .edits(region.twin(), CanonicalObject.Mode.REPLACE),
        "features: an object is due; give one");
    region.delete("");
    assertThat(CanonicalObject.export(region.twin(), frontier(region.twin()), EXPORTER)).isEmpty();
  }

  private static void unread(String json, String text) {
    switch (CanonicalObject.read(Region.json(json), TwinLimits.DEFAULT)) {
      case CanonicalObject.Reading.Read _ -> throw new AssertionError(json);
      case CanonicalObject.Reading.Refused(Refusal refusal) ->
          assertThat(refusal.text()).isEqualTo(text);
    }
  }

  private static void refused(TwinOutcome outcome, String text) {
    switch (outcome) {
      case TwinOutcome.Change(List<Edit> edits) -> throw new AssertionError(edits.toString());
      case TwinOutcome.Refused(Refusal refusal) -> assertThat(refusal.text()).isEqualTo(text);
    }
  }
}
