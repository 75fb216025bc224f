package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats from which a trace is read. */
public enum TraceFormat {
  /** Our own text, {@link LinkTraceText}. */
  LINKTRACE,
  /** Connections of the ONE simulator, {@link OneEvents}. */
  ONE,
  /** Packet opportunities, {@link Mahimahi}. */
  MAHIMAHI,
  /** Contacts in order of their starts, {@link ContactCsv}. */
  CSV,
  /** A contact plan in any of its formats, {@link PlanTrace}. */
  PLAN,
  /** A capture, pcap or pcapng. */
  PCAP;

  /** How many bytes from the start of a file are enough to detect its format. */
  public static final int HEAD_BYTES = 4096;

  private static final List<String> CAPTURES =
      List.of("d4c3b2a1", "a1b2c3d4", "4d3cb2a1", "a1b23c4d", "0a0d0d0a");

  /** The format of this name, in any case. */
  public static Optional<TraceFormat> named(String name) {
    for (TraceFormat format : values()) {
      if (format.label().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The name in commands, such as {@code linktrace}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that a file looks like.
   *
   * @param head its first bytes, {@link #HEAD_BYTES} or all there are
   */
  public static Optional<TraceFormat> detect(Octets head) {
    if (head.size() >= 4 && CAPTURES.contains(head.slice(0, 4).hex())) {
      return Optional.of(PCAP);
    }
    String text = new String(head.toByteArray(), StandardCharsets.UTF_8);
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    if (text.startsWith("#linktrace")) {
      return Optional.of(LINKTRACE);
    }
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .flatMap(TraceFormat::ofLine);
  }

  private static Optional<TraceFormat> ofLine(String line) {
    if (line.startsWith("{")) {
      return Optional.of(PLAN);
    }
    if (line.startsWith("from,to,") || line.chars().filter(c -> c == ',').count() >= 5) {
      return Optional.of(CSV);
    }
    String[] words = line.split("\\s+", 3);
    boolean number = Character.isDigit(words[0].charAt(0));
    if (number && words.length == 1) {
      return Optional.of(MAHIMAHI);
    }
    if (number) {
      return Optional.of(ONE);
    }
    boolean ion = List.of("a", "@", "m", "s").contains(words[0]);
    return ion ? Optional.of(PLAN) : Optional.empty();
  }
}
