package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.admin.AdministrativeRecord;
import dev.holdfast.bpv7.admin.AdministrativeRecords;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every pair of files below {@code vectors}: bytes in hex, and what they are.
 *
 * <p>{@code leniencies} are those that it takes to accept the bundle, no more and no less; {@code
 * reject} is the fault of strict reading, and of any reading if there are no {@code leniencies};
 * {@code primary} and {@code blocks} are the values; {@code eid} and {@code eid_reject} the same
 * for an endpoint identifier alone.
 */
class VectorsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> everyVectorIsWhatItsFileSays() throws IOException, URISyntaxException {
    Path root = Path.of(VectorsTest.class.getResource("/vectors").toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".hex")).sorted().toList().stream()
          .map(
              file -> DynamicTest.dynamicTest(root.relativize(file).toString(), () -> check(file)));
    }
  }

  private static void check(Path file) {
    Octets bytes = Octets.ofHex(read(file).strip());
    JsonNode expected = JSON.readTree(read(Path.of(file.toString().replace(".hex", ".json"))));
    if (expected.has("eid") || expected.has("eid_reject")) {
      checkEid(bytes, expected);
      return;
    }
    Set<Leniency> needed = EnumSet.noneOf(Leniency.class);
    expected
        .path("leniencies")
        .forEach(l -> needed.add(Leniency.named(l.asString()).orElseThrow()));
    if (expected.has("reject")) {
      assertFault(BundleReader.read(bytes, ReadOptions.STRICT), expected.get("reject"));
    }
    if (!expected.has("leniencies")) {
      Set<Leniency> all = EnumSet.allOf(Leniency.class);
      assertFault(BundleReader.read(bytes, ReadOptions.lenient(all)), expected.get("reject"));
      return;
    }
    for (Leniency leniency : needed) {
      Set<Leniency> without = EnumSet.noneOf(Leniency.class);
      without.addAll(needed);
      without.remove(leniency);
      assertThat(BundleReader.read(bytes, ReadOptions.lenient(without)))
          .as("without " + leniency.label())
          .isInstanceOf(Decoded.Invalid.class);
    }
    ReadOptions options = ReadOptions.lenient(needed);
    switch (BundleReader.read(bytes, options)) {
      case Decoded.Valid<Bundle>(Bundle bundle) -> checkBundle(bundle, bytes, expected);
      case Decoded.Invalid<Bundle> invalid -> fail(invalid.fault().toString());
    }
    Agreement.assertAgreement(
        "in pieces", bytes, options, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
  }

  private static void checkBundle(Bundle bundle, Octets bytes, JsonNode expected) {
    assertThat(bundle.encoded()).isEqualTo(bytes);
    assertThat(PrimaryBlockCodec.encoded(bundle.head().primary()).encoded())
        .isEqualTo(bundle.head().primary().encoded());
    assertThat(primary(bundle.head().primary())).isEqualTo(expected.get("primary"));
    assertThat(blocks(bundle)).isEqualTo(expected.get("blocks"));
    if (bundle.head().primary().flags().has(BundleFlags.ADMIN_RECORD)) {
      checkRecord(bundle.payload());
    }
  }

  private static void checkRecord(Octets payload) {
    switch (AdministrativeRecords.decode(payload, ReadOptions.STRICT)) {
      case Decoded.Valid<AdministrativeRecord>(AdministrativeRecord record) ->
          assertThat(AdministrativeRecords.encode(record)).isEqualTo(payload);
      case Decoded.Invalid<AdministrativeRecord> invalid -> fail(invalid.fault().toString());
    }
  }

  private static void checkEid(Octets bytes, JsonNode expected) {
    Parsed<Eid> parsed = Eids.decode(bytes);
    if (expected.has("eid")) {
      Eid eid = parsed.orElseThrow();
      assertThat(eid).hasToString(expected.get("eid").asString());
      assertThat(Eids.encode(eid)).isEqualTo(bytes);
      assertThat(Eids.parse(eid.toString()).orElseThrow()).isEqualTo(eid);
      return;
    }
    JsonNode reject = expected.get("eid_reject");
    assertThat(parsed)
        .isInstanceOfSatisfying(
            Parsed.Bad.class,
            bad -> {
              assertThat(bad.section()).isEqualTo(reject.get("section").asString());
              assertThat(bad.reason()).contains(reject.get("reason").asString());
              assertThat(bad.offset()).isEqualTo(reject.get("offset").asLong());
            });
  }

  private static void assertFault(Decoded<Bundle> read, JsonNode reject) {
    assertThat(read)
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            invalid -> {
              assertThat(invalid.fault().section()).isEqualTo(reject.get("section").asString());
              assertThat(invalid.fault().reason()).contains(reject.get("reason").asString());
              if (reject.has("offset")) {
                assertThat(invalid.fault().offset()).isEqualTo(reject.get("offset").asLong());
              }
            });
  }

  private static JsonNode primary(PrimaryBlock primary) {
    ObjectNode node = JSON.createObjectNode();
    node.put("crc", crc(primary.crc(), primary.encoded()));
    node.put("crc_type", primary.crc().code());
    node.put("creation_time", primary.created().time().millis());
    node.put("destination", primary.destination().toString());
    node.put("flags", primary.flags().bits());
    if (primary.fragment().isPresent()) {
      ObjectNode fragment = node.putObject("fragment");
      fragment.put("offset", primary.fragment().get().offset());
      fragment.put("total", primary.fragment().get().totalLength());
    } else {
      node.putNull("fragment");
    }
    node.put("lifetime_ms", primary.lifetime());
    node.put("report_to", primary.reportTo().toString());
    node.put("sequence", primary.created().sequence());
    node.put("source", primary.source().toString());
    return reread(node);
  }

  private static JsonNode blocks(Bundle bundle) {
    ArrayNode all = JSON.createArrayNode();
    for (Extension extension : bundle.head().extensions()) {
      CanonicalBlock block = extension.block();
      ObjectNode node = block(all, block.type(), block.header());
      node.put("crc", crc(block.header().crc(), extension.encoded()));
      switch (block) {
        case CanonicalBlock.PreviousNode p ->
            node.put("kind", "previous-node").put("data", p.node().toString());
        case CanonicalBlock.BundleAge a -> node.put("kind", "bundle-age").put("data", a.millis());
        case CanonicalBlock.HopCount h -> {
          node.put("kind", "hop-count");
          node.putObject("data").put("limit", h.limit()).put("count", h.count());
        }
        case CanonicalBlock.Traffic t ->
            node.put("kind", "traffic").put("data", BundleWriter.data(t).hex());
        case CanonicalBlock.Unknown u -> node.put("kind", "unknown").put("data", u.data().hex());
      }
    }
    BundleHead.PayloadHeader payload = bundle.head().payload();
    ObjectNode node = block(all, 1, new BlockHeader(1, payload.flags(), payload.crc()));
    Octets crcField = bundle.trailer().slice(0, bundle.trailer().size() - 1);
    node.put("crc", crc(payload.crc(), crcField));
    node.put("kind", "payload").put("data", bundle.payload().hex());
    return reread(all);
  }

  private static ObjectNode block(ArrayNode all, long type, BlockHeader header) {
    return all.addObject()
        .put("type", type)
        .put("number", header.number())
        .put("flags", header.flags().bits())
        .put("crc_type", header.crc().code());
  }

  private static String crc(CrcType type, Octets block) {
    return type == CrcType.NONE ? "" : block.from(block.size() - type.width()).hex();
  }

  /** The same tree with the number types that reading gives. */
  private static JsonNode reread(JsonNode node) {
    return JSON.readTree(JSON.writeValueAsString(node));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
