package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BlockHeader;
import dev.holdfast.bpv7.BlockType;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import java.math.BigInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bundle made from a JSON document such as {@code bundle decode --json} prints. Checksums are
 * computed anew; what the document does not say is as {@link BundleBuilder} has it.
 */
final class BundleRecipe {
  private static final JsonMapper JSON = new JsonMapper();
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final String name;

  private BundleRecipe(String name) {
    this.name = name;
  }

  /**
   * The bundle that a document describes.
   *
   * @param name what the user calls the document
   * @throws CommandException with one line for the user if it describes none
   */
  static Bundle bundle(String name, String document) {
    return new BundleRecipe(name).build(document);
  }

  private Bundle build(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JacksonException e) {
      throw CommandException.unusable(name + ": no JSON: " + e.getOriginalMessage());
    }
    JsonNode primary = document.path("primary");
    BundleBuilder builder =
        BundleBuilder.to(eid(primary, "primary.destination", "destination"))
            .created(
                new CreationTimestamp(
                    new DtnTime(number(primary, "creation_time")), number(primary, "sequence")))
            .lifetime(number(primary, "lifetime_ms"))
            .flags(new BundleFlags(number(primary, "flags")));
    if (primary.has("source")) {
      builder.from(eid(primary, "primary.source", "source"));
    }
    if (primary.has("report_to")) {
      builder.reportTo(eid(primary, "primary.report_to", "report_to"));
    }
    if (primary.has("crc_type")) {
      builder.primaryCrc(crc(primary));
    }
    if (primary.path("fragment").isObject()) {
      JsonNode fragment = primary.path("fragment");
      builder.fragment(new FragmentInfo(number(fragment, "offset"), number(fragment, "total")));
    }
    Octets payload = Octets.EMPTY;
    for (JsonNode block : document.path("blocks")) {
      if (block.path("kind").asString("").equals("payload") || number(block, "type") == 1) {
        payload = hex(block, "data");
        builder.payloadFlags(new BlockFlags(number(block, "flags")));
        if (block.has("crc_type")) {
          builder.payloadCrc(crc(block));
        }
      } else {
        builder.block(block(block));
      }
    }
    try {
      return builder.build(payload);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(name + ": " + e.getMessage());
    }
  }

  private CanonicalBlock block(JsonNode block) {
    BlockHeader header =
        new BlockHeader(
            number(block, "number"), new BlockFlags(number(block, "flags")), crc(block));
    JsonNode data = block.path("data");
    String kind = block.path("kind").asString("");
    return switch (kind) {
      case "previous-node" ->
          new CanonicalBlock.PreviousNode(header, eid(block, "the previous node", "data"));
      case "bundle-age" -> new CanonicalBlock.BundleAge(header, number(block, "data"));
      case "hop-count" -> {
        long limit = number(data, "limit");
        if (limit < 1 || limit > 255) {
          throw CommandException.unusable(name + ": the hop limit is 1 to 255, not " + limit);
        }
        yield new CanonicalBlock.HopCount(header, (int) limit, number(data, "count"));
      }
      default -> {
        long type = number(block, "type");
        if (type == BlockType.PAYLOAD || type == 0) {
          throw CommandException.unusable(name + ": a block without a type");
        }
        String field = block.has("data_hex") ? "data_hex" : "data";
        yield new CanonicalBlock.Unknown(header, type, hex(block, field));
      }
    };
  }

  private CrcType crc(JsonNode node) {
    long code = number(node, "crc_type");
    for (CrcType type : CrcType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw CommandException.unusable(name + ": crc_type is 0, 1 or 2, not " + code);
  }

  private Eid eid(JsonNode node, String what, String field) {
    Eid eid = eid(name + ": " + what, node.path(field).asString(""));
    for (JsonNode each : node.path(BundleDocument.THREE_ELEMENTS)) {
      if (each.asString("").equals(field) && eid instanceof IpnEid ipn) {
        return new IpnEid(ipn.allocator(), ipn.node(), ipn.service(), true);
      }
    }
    return eid;
  }

  /** An identifier as text; of a scheme that is not known as {@code scheme-99:HEX}. */
  static Eid eid(String what, String text) {
    if (text.startsWith("scheme-") && text.indexOf(':') > 0) {
      return unknownEid(what, text);
    }
    return switch (Eids.parse(text)) {
      case Parsed.Good<Eid>(Eid eid) -> eid;
      case Parsed.Bad<Eid> bad ->
          throw CommandException.unusable(
              what
                  + " '"
                  + text
                  + "' is no endpoint identifier: "
                  + bad.reason()
                  + " (character "
                  + (bad.offset() + 1)
                  + ", "
                  + bad.section()
                  + ")");
    };
  }

  private static Eid unknownEid(String what, String text) {
    int colon = text.indexOf(':');
    try {
      long scheme = Long.parseUnsignedLong(text, "scheme-".length(), colon, 10);
      Octets part = Octets.ofHex(text.substring(colon + 1));
      CborReader reader = new CborReader(part);
      if (Long.compareUnsigned(scheme, 2) > 0
          && reader.item(Limits.DEFAULT.depth()).size() == part.size()) {
        return new UnknownEid(scheme, part);
      }
    } catch (IllegalArgumentException | WireException _) {
      // The same answer as for a scheme that has a text form.
    }
    throw CommandException.unusable(
        what + " '" + text + "' is no endpoint identifier: scheme-NUMBER:CBOR in hex");
  }

  private Octets hex(JsonNode node, String field) {
    try {
      return Octets.ofHex(node.path(field).asString(""));
    } catch (IllegalArgumentException _) {
      throw CommandException.unusable(name + ": '" + field + "' is not hexadecimal");
    }
  }

  /** An unsigned number, 0 if missing. */
  private long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.isIntegralNumber()
        || value.bigIntegerValue().signum() < 0
        || value.bigIntegerValue().compareTo(MAX) > 0) {
      throw CommandException.unusable(
          name + ": '" + field + "' is a number from 0 to 18446744073709551615, not " + value);
    }
    return value.bigIntegerValue().longValue();
  }
}
