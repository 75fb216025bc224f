package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BlockHeader;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.RandomBundles;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ten thousand random bundles of our writer, read by two decoders that are not ours.
 *
 * <p>Left out is what the oracles have no room for: endpoints of unknown schemes, ipn endpoints of
 * three elements or without a node, numbers over 255 as hop count or block flags, and
 * administrative records and security blocks, which are random bytes here.
 */
final class CodecCrossCheckTest {
  private static final long SEED = 0x9171;
  private static final int BUNDLES = 10_000;
  private static final Map<Long, String> NAMES =
      Map.of(1L, "Payload", 6L, "Previous Node", 7L, "Bundle Age", 10L, "Hop Count");
  private static final Map<Long, String> KINDS =
      Map.of(1L, "payload", 6L, "previous-node", 7L, "bundle-age", 10L, "hop-count");
  private static final JsonMapper JSON = new JsonMapper();

  private static List<Bundle> bundles = List.of();

  @BeforeAll
  static void generate() {
    RandomBundles random = new RandomBundles(SEED);
    List<Bundle> all = new ArrayList<>();
    while (all.size() < BUNDLES) {
      Bundle next = random.next();
      if (isHeldByTheOracles(next.head())) {
        all.add(next);
      }
    }
    bundles = List.copyOf(all);
  }

  @Test
  void bp7ReadsEveryFieldAsWeWroteIt() {
    List<JsonNode> verdicts = Bp7Oracle.decode(bundles.stream().map(Bundle::encoded).toList());

    for (int i = 0; i < BUNDLES; i++) {
      Bundle bundle = bundles.get(i);
      JsonNode verdict = verdicts.get(i);
      String about = "bundle " + i + ": " + bundle.encoded().hex() + " " + verdict;
      assertThat(verdict.get("ok").booleanValue()).as(about).isTrue();
      assertThat(verdict.get("crc_ok").booleanValue()).as(about).isTrue();
      assertThat(verdict.get("same_bytes").booleanValue()).as(about).isTrue();
      assertThat(withoutCrcValue(verdict.get("primary")))
          .as(about)
          .isEqualTo(primary(bundle.head().primary()));
      assertThat(withoutCrcValues(verdict.get("blocks"))).as(about).isEqualTo(blocks(bundle));
    }
  }

  @Test
  void tsharkNamesEveryBlockAndFindsEveryChecksumGood() {
    List<Dissection> dissections =
        TsharkOracle.dissect(bundles.stream().map(Bundle::encoded).toList());

    for (int i = 0; i < BUNDLES; i++) {
      Bundle bundle = bundles.get(i);
      Dissection seen = dissections.get(i);
      String about = "bundle " + i + ": " + bundle.encoded().hex() + " " + seen;
      assertThat(seen.malformed()).as(about).isFalse();
      assertThat(seen.primary()).as(about).hasValue(dissected(bundle.head().primary()));
      assertThat(seen.blocks()).as(about).isEqualTo(dissected(bundle));
    }
  }

  private static boolean isHeldByTheOracles(BundleHead head) {
    PrimaryBlock primary = head.primary();
    return isHeld(primary.destination())
        && isHeld(primary.source())
        && isHeld(primary.reportTo())
        && !primary.flags().has(BundleFlags.ADMIN_RECORD)
        && isByte(head.payload().flags().bits())
        && head.extensions().stream().allMatch(each -> isHeld(each.block()));
  }

  private static boolean isHeld(CanonicalBlock block) {
    boolean content =
        switch (block) {
          case CanonicalBlock.PreviousNode(BlockHeader _, Eid node) -> isHeld(node);
          case CanonicalBlock.HopCount(BlockHeader _, int limit, long count) ->
              isByte(limit) && isByte(count);
          case CanonicalBlock.BundleAge _, CanonicalBlock.Traffic _ -> true;
          case CanonicalBlock.Unknown unknown -> unknown.type() != 11 && unknown.type() != 12;
        };
    return content && isByte(block.header().flags().bits());
  }

  private static boolean isHeld(Eid eid) {
    return switch (eid) {
      case IpnEid ipn -> !ipn.threeElements() && ipn.node() != 0;
      case UnknownEid _ -> false;
      case DtnEid _, NullEid _ -> true;
    };
  }

  private static boolean isByte(long number) {
    return number >= 0 && number <= 255;
  }

  private static String text(Eid eid) {
    return eid instanceof IpnEid ipn
        ? "ipn:"
            + Long.toUnsignedString(ipn.qualifiedNode())
            + "."
            + Long.toUnsignedString(ipn.service())
        : eid.toString();
  }

  private static String unsigned(long number) {
    return Long.toUnsignedString(number);
  }

  private static JsonNode primary(PrimaryBlock block) {
    String fragment =
        block
            .fragment()
            .map(
                f ->
                    "{\"offset\":%s,\"total\":%s}"
                        .formatted(unsigned(f.offset()), unsigned(f.totalLength())))
            .orElse("null");
    return JSON.readTree(
        """
        {"flags":%s,"crc_type":%d,"destination":%s,"source":%s,"report_to":%s,
         "creation_time":%s,"sequence":%s,"lifetime_ms":%s,"fragment":%s}
        """
            .formatted(
                unsigned(block.flags().bits()),
                block.crc().code(),
                quoted(block.destination()),
                quoted(block.source()),
                quoted(block.reportTo()),
                unsigned(block.created().time().millis()),
                unsigned(block.created().sequence()),
                unsigned(block.lifetime()),
                fragment));
  }

  private static String quoted(Eid eid) {
    return JSON.writeValueAsString(text(eid));
  }

  private static List<JsonNode> blocks(Bundle bundle) {
    List<JsonNode> blocks = new ArrayList<>();
    for (BundleHead.Extension extension : bundle.head().extensions()) {
      CanonicalBlock block = extension.block();
      String data =
          switch (block) {
            case CanonicalBlock.PreviousNode(BlockHeader _, Eid node) -> quoted(node);
            case CanonicalBlock.BundleAge(BlockHeader _, long millis) -> unsigned(millis);
            case CanonicalBlock.HopCount(BlockHeader _, int limit, long count) ->
                "{\"limit\":%d,\"count\":%d}".formatted(limit, count);
            case CanonicalBlock.Traffic _, CanonicalBlock.Unknown _ ->
                "\"" + BundleWriter.data(block).hex() + "\"";
          };
      blocks.add(block(block.type(), block.header(), data));
    }
    BundleHead.PayloadHeader payload = bundle.head().payload();
    BlockHeader header = new BlockHeader(1, payload.flags(), payload.crc());
    blocks.add(block(1, header, "\"" + bundle.payload().hex() + "\""));
    return blocks;
  }

  private static JsonNode block(long type, BlockHeader header, String data) {
    return JSON.readTree(
        """
        {"type":%s,"number":%s,"flags":%s,"crc_type":%d,"kind":"%s","data":%s}
        """
            .formatted(
                unsigned(type),
                unsigned(header.number()),
                unsigned(header.flags().bits()),
                header.crc().code(),
                KINDS.getOrDefault(type, "unknown"),
                data));
  }

  private static JsonNode withoutCrcValue(JsonNode block) {
    return ((ObjectNode) block).without("crc");
  }

  private static List<JsonNode> withoutCrcValues(JsonNode blocks) {
    List<JsonNode> all = new ArrayList<>();
    blocks.forEach(block -> all.add(withoutCrcValue(block)));
    return all;
  }

  private static Dissection.Primary dissected(PrimaryBlock block) {
    return new Dissection.Primary(
        block.flags().bits(),
        checksum(block.crc()),
        text(block.destination()),
        text(block.source()),
        text(block.reportTo()),
        unsigned(block.created().time().millis()),
        unsigned(block.created().sequence()),
        unsigned(block.lifetime()),
        block.fragment().map(fragment -> unsigned(fragment.offset())).orElse(""),
        block.fragment().map(fragment -> unsigned(fragment.totalLength())).orElse(""));
  }

  private static List<Dissection.Canonical> dissected(Bundle bundle) {
    List<Dissection.Canonical> blocks = new ArrayList<>();
    for (BundleHead.Extension extension : bundle.head().extensions()) {
      CanonicalBlock block = extension.block();
      String content =
          switch (block) {
            case CanonicalBlock.PreviousNode(BlockHeader _, Eid node) -> text(node);
            case CanonicalBlock.BundleAge(BlockHeader _, long millis) -> unsigned(millis);
            case CanonicalBlock.HopCount(BlockHeader _, int limit, long count) ->
                limit + "/" + count;
            case CanonicalBlock.Traffic _, CanonicalBlock.Unknown _ -> "";
          };
      long length = BundleWriter.data(block).size();
      blocks.add(canonical(block.type(), block.header(), length, content));
    }
    BundleHead.PayloadHeader payload = bundle.head().payload();
    BlockHeader header = new BlockHeader(1, payload.flags(), payload.crc());
    blocks.add(canonical(1, header, bundle.payload().size(), ""));
    return blocks;
  }

  private static Dissection.Canonical canonical(
      long type, BlockHeader header, long length, String content) {
    return new Dissection.Canonical(
        NAMES.getOrDefault(type, "Type " + unsigned(type)),
        unsigned(type),
        unsigned(header.number()),
        header.flags().bits(),
        checksum(header.crc()),
        length,
        content);
  }

  private static Dissection.Checksum checksum(CrcType type) {
    return type == CrcType.NONE
        ? new Dissection.Checksum(0, Dissection.CrcStatus.NOT_PRESENT)
        : new Dissection.Checksum(type.code(), Dissection.CrcStatus.GOOD);
  }
}
