package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BlockHeader;
import dev.holdfast.bpv7.BlockType;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.admin.AdministrativeRecord;
import dev.holdfast.bpv7.admin.AdministrativeRecords;
import dev.holdfast.bpv7.admin.StatusReport;
import dev.holdfast.bpv7.admin.StatusReport.Assertion;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.math.BigInteger;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bundle as a JSON document: every block and field with its place in the bundle. Unsigned 64-bit
 * numbers stand as they are, so that some exceed what a double holds.
 */
final class BundleDocument {
  /** The list of the identifiers of an object that have three elements in CBOR. */
  static final String THREE_ELEMENTS = "three_element_eids";

  private static final JsonMapper JSON = new JsonMapper();

  private BundleDocument() {}

  static ObjectNode of(BundleInput.Read read) {
    BundleHead head = read.head();
    ObjectNode document = JSON.createObjectNode();
    document.put("id", head.id().toString());
    document.put("bytes", head.bundleLength());
    document.set("primary", primary(head.primary()));
    ArrayNode blocks = document.putArray("blocks");
    long offset = 1L + head.primary().encoded().size();
    for (Extension extension : head.extensions()) {
      blocks.add(extension(extension, offset));
      offset += extension.encoded().size();
    }
    blocks.add(payload(read, offset));
    return document;
  }

  private static ObjectNode primary(PrimaryBlock primary) {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", 7);
    flags(node, FlagNames.BUNDLE, primary.flags().bits());
    crc(node, primary.crc(), primary.encoded());
    eid(node, "destination", primary.destination());
    eid(node, "source", primary.source());
    eid(node, "report_to", primary.reportTo());
    DtnTime time = primary.created().time();
    unsigned(node, "creation_time", time.millis());
    if (time.isUnknown()) {
      node.putNull("created");
    } else {
      node.put("created", time.toString());
    }
    unsigned(node, "sequence", primary.created().sequence());
    unsigned(node, "lifetime_ms", primary.lifetime());
    if (primary.fragment().isPresent()) {
      ObjectNode fragment = node.putObject("fragment");
      unsigned(fragment, "offset", primary.fragment().get().offset());
      unsigned(fragment, "total", primary.fragment().get().totalLength());
    } else {
      node.putNull("fragment");
    }
    return place(node, 1, primary.encoded().size());
  }

  private static ObjectNode extension(Extension extension, long offset) {
    CanonicalBlock block = extension.block();
    ObjectNode node = block(kind(block), block.type(), block.header());
    crc(node, block.header().crc(), extension.encoded());
    switch (block) {
      case CanonicalBlock.PreviousNode(_, Eid forwarder) -> eid(node, "data", forwarder);
      case CanonicalBlock.BundleAge(_, long millis) -> unsigned(node, "data", millis);
      case CanonicalBlock.HopCount(_, int limit, long count) -> {
        ObjectNode data = node.putObject("data").put("limit", limit);
        unsigned(data, "count", count);
      }
      case CanonicalBlock.Traffic traffic ->
          node.putObject("data")
              .put("class", traffic.trafficClass().name().toLowerCase(Locale.ROOT))
              .put("ordinal", traffic.ordinal())
              .put("critical", traffic.critical())
              .put("best_effort", traffic.bestEffort());
      case CanonicalBlock.Unknown(_, _, Octets data) -> node.put("data", data.hex());
    }
    node.put("data_hex", BundleWriter.data(block).hex());
    return place(node, offset, extension.encoded().size());
  }

  /** What a block is, in one word. */
  static String kind(CanonicalBlock block) {
    return switch (block) {
      case CanonicalBlock.PreviousNode _ -> "previous-node";
      case CanonicalBlock.BundleAge _ -> "bundle-age";
      case CanonicalBlock.HopCount _ -> "hop-count";
      case CanonicalBlock.Traffic _ -> "traffic";
      case CanonicalBlock.Unknown unknown when unknown.type() == BlockType.BLOCK_INTEGRITY ->
          "block-integrity";
      case CanonicalBlock.Unknown unknown when unknown.type() == BlockType.BLOCK_CONFIDENTIALITY ->
          "block-confidentiality";
      case CanonicalBlock.Unknown _ -> "unknown";
    };
  }

  private static ObjectNode payload(BundleInput.Read read, long offset) {
    BundleHead.PayloadHeader header = read.head().payload();
    ObjectNode node =
        block("payload", BlockType.PAYLOAD, new BlockHeader(1, header.flags(), header.crc()));
    crc(node, header.crc(), read.trailer().slice(0, read.trailer().size() - 1));
    node.put("payload_bytes", header.length());
    node.put("sha256", read.sha256());
    if (read.isWhole()) {
      node.put("data", read.payload().hex());
    } else {
      node.putNull("data");
    }
    if (read.isWhole() && read.head().primary().flags().has(BundleFlags.ADMIN_RECORD)) {
      node.set("record", record(read.payload()));
    }
    long length = header.encoded().size() + header.length() + header.trailerLength() - 1;
    return place(node, offset, length);
  }

  private static ObjectNode record(Octets payload) {
    ObjectNode node = JSON.createObjectNode();
    switch (AdministrativeRecords.decode(payload, ReadOptions.STORED)) {
      case Decoded.Valid<AdministrativeRecord>(StatusReport report) -> {
        node.put("kind", "status-report");
        assertion(node, "received", report.received());
        assertion(node, "forwarded", report.forwarded());
        assertion(node, "delivered", report.delivered());
        assertion(node, "deleted", report.deleted());
        unsigned(node, "reason", report.reason().code());
        report.reason().label().ifPresent(label -> node.put("reason_text", label));
        node.put("subject", report.subject().toString());
      }
      case Decoded.Valid<AdministrativeRecord>(AdministrativeRecord.Unknown unknown) -> {
        node.put("kind", "unknown");
        unsigned(node, "type", unknown.type());
        node.put("content", unknown.content().hex());
      }
      case Decoded.Invalid<AdministrativeRecord> invalid ->
          node.put("kind", "invalid").put("fault", invalid.fault().toString());
    }
    return node;
  }

  private static void assertion(ObjectNode node, String name, Assertion assertion) {
    ObjectNode said = node.putObject(name).put("asserted", assertion.asserted());
    assertion.time().ifPresent(time -> unsigned(said, "time", time.millis()));
  }

  private static ObjectNode block(String kind, long type, BlockHeader header) {
    ObjectNode node = JSON.createObjectNode().put("kind", kind);
    unsigned(node, "type", type);
    unsigned(node, "number", header.number());
    flags(node, FlagNames.BLOCK, header.flags().bits());
    return node;
  }

  private static void flags(ObjectNode node, FlagNames names, long bits) {
    unsigned(node, "flags", bits);
    ArrayNode list = node.putArray("flag_names");
    names.of(bits).forEach(list::add);
  }

  /** {@code field} ends with the CRC value, which is right, or the bundle would not be here. */
  private static void crc(ObjectNode node, CrcType type, Octets field) {
    node.put("crc_type", type.code());
    node.put("crc", type == CrcType.NONE ? "" : field.from(field.size() - type.width()).hex());
    node.put("crc_verdict", type == CrcType.NONE ? "none" : "good");
  }

  private static ObjectNode place(ObjectNode node, long offset, long length) {
    return node.put("offset", offset).put("length", length);
  }

  /** Text does not tell the two forms of ipn identifiers apart, so the longer one is named. */
  private static void eid(ObjectNode node, String name, Eid eid) {
    node.put(name, eid.toString());
    if (eid instanceof IpnEid ipn && ipn.threeElements()) {
      node.withArray(THREE_ELEMENTS).add(name);
    }
  }

  private static void unsigned(ObjectNode node, String name, long value) {
    if (value >= 0) {
      node.put(name, value);
    } else {
      node.put(name, new BigInteger(Long.toUnsignedString(value)));
    }
  }
}
