package dev.holdfast.it.peer;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bundle as Wireshark shows it. Numbers are unsigned and printed as such.
 *
 * @param malformed whether the dissector met anything it calls malformed; then the rest is not
 *     given
 * @param primary the primary block
 * @param blocks the canonical blocks in their order
 */
public record Dissection(boolean malformed, Optional<Primary> primary, List<Canonical> blocks) {
  static final List<String> FIELDS =
      List.of(
          "bpv7.block",
          "_ws.malformed",
          "bpv7.crc_type",
          "bpv7.crc_status",
          "bpv7.primary.bundle_flags",
          "bpv7.primary.dst_uri",
          "bpv7.primary.src_uri",
          "bpv7.primary.report_uri",
          "bpv7.time.dtntime",
          "bpv7.create_ts.seqno",
          "bpv7.primary.lifetime",
          "bpv7.primary.frag_offset",
          "bpv7.primary.total_len",
          "bpv7.canonical.type_code",
          "bpv7.canonical.block_num",
          "bpv7.canonical.block_flags",
          "bpv7.canonical.data",
          "bpv7.previous_node.uri",
          "bpv7.bundle_age.time",
          "bpv7.hop_count.limit",
          "bpv7.hop_count.current");

  private static final Pattern NAME =
      Pattern.compile("(Primary) Block.*|Canonical Block: (.*), Block Num: .*");

  /** The dissector's word on a checksum. */
  public enum CrcStatus {
    BAD,
    GOOD,
    UNVERIFIED,
    NOT_PRESENT,
    ILLEGAL
  }

  /**
   * A checksum.
   *
   * @param type 0 none, 1 CRC-16, 2 CRC-32C
   */
  public record Checksum(int type, CrcStatus status) {}

  /** The primary block; the fragment's offset and total length are empty unless it is one. */
  public record Primary(
      long flags,
      Checksum checksum,
      String destination,
      String source,
      String reportTo,
      String creationTime,
      String sequence,
      String lifetimeMs,
      String fragmentOffset,
      String totalLength) {}

  /**
   * A canonical block.
   *
   * @param name what the dissector calls it: "Payload", "Bundle Age", … or "Type 193"
   * @param length the size of its block-type-specific data
   * @param content the previous node, the age, or "limit/count"; empty for others
   */
  public record Canonical(
      String name,
      String type,
      String number,
      long flags,
      Checksum checksum,
      long length,
      String content) {}

  static Dissection of(List<List<String>> values) {
    Row row = new Row(values);
    List<String> names = row.of("bpv7.block").stream().map(Dissection::name).toList();
    List<String> types = row.of("bpv7.canonical.type_code");
    if (!row.of("_ws.malformed").isEmpty() || names.size() != types.size() + 1) {
      return new Dissection(true, Optional.empty(), List.of());
    }
    Iterator<String> statuses = row.of("bpv7.crc_status").iterator();
    List<Checksum> checksums =
        row.of("bpv7.crc_type").stream().map(type -> checksum(type, statuses)).toList();
    List<Canonical> blocks = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      String content =
          switch (types.get(i)) {
            case "6" -> row.first("bpv7.previous_node.uri");
            case "7" -> row.first("bpv7.bundle_age.time");
            case "10" ->
                row.first("bpv7.hop_count.limit") + "/" + row.first("bpv7.hop_count.current");
            default -> "";
          };
      blocks.add(
          new Canonical(
              names.get(i + 1),
              types.get(i),
              row.of("bpv7.canonical.block_num").get(i),
              flags(row.of("bpv7.canonical.block_flags").get(i)),
              checksums.get(i + 1),
              Long.parseLong(row.of("bpv7.canonical.data").get(i)),
              content));
    }
    Primary primary =
        new Primary(
            flags(row.first("bpv7.primary.bundle_flags")),
            checksums.getFirst(),
            row.first("bpv7.primary.dst_uri"),
            row.first("bpv7.primary.src_uri"),
            row.first("bpv7.primary.report_uri"),
            row.first("bpv7.time.dtntime"),
            row.first("bpv7.create_ts.seqno"),
            row.first("bpv7.primary.lifetime"),
            row.first("bpv7.primary.frag_offset"),
            row.first("bpv7.primary.total_len"));
    return new Dissection(false, Optional.of(primary), List.copyOf(blocks));
  }

  /** Every checksum that is there, of the primary block first. */
  public List<Checksum> checksums() {
    List<Checksum> all = new ArrayList<>();
    primary.ifPresent(block -> all.add(block.checksum()));
    blocks.forEach(block -> all.add(block.checksum()));
    return all.stream().filter(checksum -> checksum.type() != 0).toList();
  }

  private static long flags(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal.substring("0x".length()), 16);
  }

  private static Checksum checksum(String type, Iterator<String> statuses) {
    // A block without a checksum has no status in the dissector's output.
    return type.equals("0")
        ? new Checksum(0, CrcStatus.NOT_PRESENT)
        : new Checksum(
            Integer.parseInt(type), CrcStatus.values()[Integer.parseInt(statuses.next())]);
  }

  private static String name(String label) {
    Matcher matcher = NAME.matcher(label);
    if (!matcher.matches()) {
      return label;
    }
    return matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
  }

  /** One line of tshark's output. */
  private record Row(List<List<String>> values) {
    List<String> of(String field) {
      return values.get(FIELDS.indexOf(field));
    }

    String first(String field) {
      List<String> found = of(field);
      return found.isEmpty() ? "" : found.getFirst();
    }
  }
}
