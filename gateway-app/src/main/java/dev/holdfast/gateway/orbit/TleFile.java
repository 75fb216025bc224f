package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.orbit.TwoLines;
import java.util.ArrayList;
import java.util.List;

/** Two-line elements as files hold them: with or without a line of the satellite's name above. */
final class TleFile {
  private TleFile() {}

  /**
   * One satellite of a file.
   *
   * @param name the line above its elements, without a leading {@code 0}; empty without one
   * @param lines its elements
   */
  record Entry(String name, TwoLines lines) {}

  /** All satellites; {@link IllegalArgumentException} with the line at which it is no such file. */
  static List<Entry> read(String file, String text) {
    List<Entry> entries = new ArrayList<>();
    List<String> lines = text.lines().map(String::stripTrailing).toList();
    String name = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("1 ") && line.length() > 60) {
        try {
          entries.add(
              new Entry(name, new TwoLines(line, i + 1 < lines.size() ? lines.get(i + 1) : "")));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s, at its line %d: %s".formatted(file, i + 1, e.getMessage()), e);
        }
        name = "";
        i++;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        name = line.startsWith("0 ") ? line.substring(2).strip() : line.strip();
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException(file + " holds no two-line elements; name another file");
    }
    return entries;
  }

  /** The one satellite of a file, or the one with that name. */
  static TwoLines one(String file, List<Entry> entries, String name) {
    List<Entry> fitting =
        entries.stream().filter(entry -> name.isEmpty() || entry.name().equals(name)).toList();
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "%s holds %d satellites%s; say with 'satellite' which one"
              .formatted(file, fitting.size(), name.isEmpty() ? "" : " named '" + name + "'"));
    }
    return fitting.getFirst().lines();
  }
}
