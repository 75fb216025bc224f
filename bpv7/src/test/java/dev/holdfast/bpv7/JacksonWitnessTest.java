package dev.holdfast.bpv7;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Jackson's parser, which shares no line with our cursor, sees the same values. */
class JacksonWitnessTest {
  private static final CBORMapper JACKSON = new CBORMapper();

  @ParameterizedTest
  @ValueSource(longs = {41, 42})
  void jacksonReadsTheSameValues(long seed) {
    RandomBundles bundles = new RandomBundles(seed);
    for (int i = 0; i < 5_000; i++) {
      Bundle bundle = bundles.next();
      JsonNode tree = JACKSON.readTree(bundle.encoded().toByteArray());
      assertThat(tree.isArray()).isTrue();
      List<String> seen = new ArrayList<>();
      for (JsonNode block : tree) {
        flatten(block, seen);
      }
      assertThat(seen)
          .as("seed " + seed + ", bundle " + i + ": " + bundle.encoded().hex())
          .isEqualTo(expected(bundle));
    }
  }

  private static void flatten(JsonNode node, List<String> into) {
    if (node.isArray()) {
      into.add("[" + node.size());
      for (JsonNode item : node) {
        flatten(item, into);
      }
    } else if (node.isObject()) {
      into.add("{" + node.size());
      node.properties()
          .forEach(
              entry -> {
                into.add(entry.getKey());
                flatten(entry.getValue(), into);
              });
    } else if (node.isBinary()) {
      into.add("h'" + Octets.wrap(node.binaryValue()).hex());
    } else {
      into.add(node.asString());
    }
  }

  private static List<String> expected(Bundle bundle) {
    List<String> all = new ArrayList<>();
    PrimaryBlock primary = bundle.head().primary();
    int fields = 8 + (primary.fragment().isPresent() ? 2 : 0) + crcItems(primary.crc());
    all.add("[" + fields);
    all.addAll(List.of("7", number(primary.flags().bits()), number(primary.crc().code())));
    eid(primary.destination(), all);
    eid(primary.source(), all);
    eid(primary.reportTo(), all);
    all.add("[2");
    all.add(number(primary.created().time().millis()));
    all.add(number(primary.created().sequence()));
    all.add(number(primary.lifetime()));
    primary
        .fragment()
        .ifPresent(
            fragment -> {
              all.add(number(fragment.offset()));
              all.add(number(fragment.totalLength()));
            });
    crc(primary.crc(), primary.encoded(), all);
    for (Extension extension : bundle.head().extensions()) {
      CanonicalBlock block = extension.block();
      header(block.type(), block.header(), all);
      all.add("h'" + BundleWriter.data(block).hex());
      crc(block.header().crc(), extension.encoded(), all);
    }
    BundleHead.PayloadHeader payload = bundle.head().payload();
    header(1, new BlockHeader(1, payload.flags(), payload.crc()), all);
    all.add("h'" + bundle.payload().hex());
    crc(payload.crc(), bundle.trailer().slice(0, bundle.trailer().size() - 1), all);
    return all;
  }

  private static int crcItems(CrcType type) {
    return type == CrcType.NONE ? 0 : 1;
  }

  private static void header(long type, BlockHeader header, List<String> into) {
    into.add("[" + (5 + crcItems(header.crc())));
    into.add(number(type));
    into.add(number(header.number()));
    into.add(number(header.flags().bits()));
    into.add(number(header.crc().code()));
  }

  private static void crc(CrcType type, Octets block, List<String> into) {
    if (type != CrcType.NONE) {
      into.add("h'" + block.from(block.size() - type.width()).hex());
    }
  }

  private static void eid(Eid eid, List<String> into) {
    into.add("[2");
    switch (eid) {
      case NullEid _ -> into.addAll(List.of("1", "0"));
      case DtnEid dtn -> into.addAll(List.of("1", "//" + dtn.nodeName() + "/" + dtn.demux()));
      case IpnEid ipn when ipn.threeElements() ->
          into.addAll(
              List.of(
                  "2", "[3", number(ipn.allocator()), number(ipn.node()), number(ipn.service())));
      case IpnEid ipn ->
          into.addAll(List.of("2", "[2", number(ipn.qualifiedNode()), number(ipn.service())));
      case UnknownEid(long scheme, Octets part) -> {
        into.add(number(scheme));
        flatten(JACKSON.readTree(part.toByteArray()), into);
      }
    }
  }

  private static String number(long unsigned) {
    return Long.toUnsignedString(unsigned);
  }
}
