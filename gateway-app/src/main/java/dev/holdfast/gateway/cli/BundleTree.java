package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** A bundle's document as a tree of lines for people. */
final class BundleTree {
  private static final int DATA_BYTES = 32;

  private final List<String> lines = new ArrayList<>();

  private BundleTree() {}

  static List<String> of(JsonNode document) {
    BundleTree tree = new BundleTree();
    tree.lines.add(text(document, "id") + ", " + text(document, "bytes") + " bytes");
    tree.primary(document.get("primary"));
    JsonNode blocks = document.get("blocks");
    for (int i = 0; i < blocks.size(); i++) {
      tree.block(blocks.get(i), i == blocks.size() - 1);
    }
    return tree.lines;
  }

  private void primary(JsonNode primary) {
    lines.add("├─ primary block" + place(primary));
    field("│  ", "to", text(primary, "destination"));
    field("│  ", "from", text(primary, "source"));
    field("│  ", "reports to", text(primary, "report_to"));
    String created =
        primary.get("created").isNull() ? "unknown (no clock)" : text(primary, "created");
    field("│  ", "created", created + ", sequence " + text(primary, "sequence"));
    field("│  ", "lifetime", text(primary, "lifetime_ms") + " ms");
    JsonNode fragment = primary.get("fragment");
    if (!fragment.isNull()) {
      field("│  ", "fragment", "at " + text(fragment, "offset") + " of " + text(fragment, "total"));
    }
    flagsAndCrc("│  ", primary);
  }

  private void block(JsonNode block, boolean last) {
    String type = text(block, "kind") + " block, type " + text(block, "type");
    lines.add((last ? "└─ " : "├─ ") + type + ", number " + text(block, "number") + place(block));
    String indent = last ? "   " : "│  ";
    if (block.has("payload_bytes")) {
      payload(indent, block);
    } else {
      JsonNode data = block.get("data");
      field(indent, "data", data.isObject() ? object(data) : shortened(data.asString()));
    }
    flagsAndCrc(indent, block);
  }

  private void payload(String indent, JsonNode block) {
    field(indent, "payload", text(block, "payload_bytes") + " bytes");
    if (block.get("data").isString() && !text(block, "data").isEmpty()) {
      String hex = text(block, "data");
      field(indent, "begins", shortened(hex) + readable(hex));
    }
    field(indent, "sha256", text(block, "sha256"));
    if (block.has("record")) {
      field(indent, "record", object(block.get("record")));
    }
  }

  private void flagsAndCrc(String indent, JsonNode node) {
    JsonNode names = node.get("flag_names");
    if (!names.isEmpty()) {
      StringJoiner joined = new StringJoiner(", ");
      names.forEach(name -> joined.add(name.asString()));
      field(indent, "flags", joined.toString());
    }
    String crc =
        switch (node.get("crc_type").asInt()) {
          case 1 -> "CRC-16 " + text(node, "crc") + ", good";
          case 2 -> "CRC-32C " + text(node, "crc") + ", good";
          default -> "none";
        };
    field(indent, "crc", crc);
  }

  private void field(String indent, String name, String value) {
    lines.add(indent + "  " + name + " ".repeat(Math.max(1, 12 - name.length())) + value);
  }

  private static String place(JsonNode node) {
    return " (bytes "
        + text(node, "offset")
        + " to "
        + (node.get("offset").asLong() + node.get("length").asLong() - 1)
        + ")";
  }

  private static String object(JsonNode node) {
    StringJoiner joined = new StringJoiner(", ");
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              joined.add(
                  entry.getKey().replace('_', ' ')
                      + " "
                      + (value.isObject() ? "(" + object(value) + ")" : value.asString()));
            });
    return joined.toString();
  }

  private static String shortened(String text) {
    return text.length() <= 2 * DATA_BYTES ? text : text.substring(0, 2 * DATA_BYTES) + "…";
  }

  /** The first bytes as text, if they are visible ASCII. */
  private static String readable(String hex) {
    int end = Math.min(hex.length(), 2 * DATA_BYTES);
    byte[] bytes = Octets.ofHex(hex.substring(0, end)).toByteArray();
    for (byte b : bytes) {
      if (b < 0x20 || b > 0x7e) {
        return "";
      }
    }
    return "  \"" + new String(bytes, StandardCharsets.US_ASCII) + "\"";
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString();
  }
}
