package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What two TCPCLv4 entities said to each other, message by message; the file format is described in
 * {@code src/test/resources/peers/README.md}.
 *
 * @param remarks lines that say who is who
 * @param entries the messages, in the order in which they passed
 */
public record Transcript(List<String> remarks, List<Entry> entries) {
  /** Who speaks. */
  public enum Side {
    /** The side that connected. */
    ACTIVE('>'),
    /** The side that accepted. */
    PASSIVE('<');

    private final char mark;

    Side(char mark) {
      this.mark = mark;
    }

    private static Side of(char mark) {
      return mark == ACTIVE.mark ? ACTIVE : PASSIVE;
    }
  }

  /**
   * One message.
   *
   * @param name its name in RFC 9174, or CLOSE for the end of that side's stream
   * @param octets the whole message with its header; empty for CLOSE
   */
  public record Entry(Side side, String name, Octets octets) {}

  public static final String CLOSE = "CLOSE";

  /** The golden transcript {@code peers/PEER/NAME.transcript}. */
  public static Transcript golden(String peer, String name) {
    return read(goldenDirectory().resolve(peer).resolve(name + ".transcript"));
  }

  static Path goldenDirectory() {
    return Tool.projectRoot().resolve("integration-tests/src/test/resources/peers");
  }

  public static Transcript read(Path file) {
    try {
      List<String> remarks = new ArrayList<>();
      List<Entry> entries = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("#")) {
          remarks.add(line.substring(1).strip());
          continue;
        }
        String[] words = line.split(" ");
        entries.add(
            new Entry(
                Side.of(line.charAt(0)),
                words[1],
                words.length > 2 ? Octets.ofHex(words[2]) : Octets.EMPTY));
      }
      return new Transcript(List.copyOf(remarks), List.copyOf(entries));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(Path file) {
    List<String> lines = new ArrayList<>();
    remarks.forEach(remark -> lines.add("# " + remark));
    entries.forEach(
        entry ->
            lines.add(
                (entry.side().mark + " " + entry.name() + " " + entry.octets().hex()).strip()));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The messages of one side. */
  public List<Entry> of(Side side) {
    return entries.stream().filter(entry -> entry.side() == side).toList();
  }

  /** The names of one side's messages. */
  public List<String> names(Side side) {
    return of(side).stream().map(Entry::name).toList();
  }
}
