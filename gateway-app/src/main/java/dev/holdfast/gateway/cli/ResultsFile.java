package dev.holdfast.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Results kept as JSON lines, one for each seed, added to as seeds are done. A line that a broken
 * run left unfinished is cut off.
 */
final class ResultsFile {
  private final Path file;
  private final Map<Long, Boolean> passed = new TreeMap<>();

  private ResultsFile(Path file) {
    this.file = file;
  }

  /**
   * Opens the file, or begins it.
   *
   * @param scenario the name of the scenario that all its results are of
   * @param version which scenario that was, exactly
   */
  static ResultsFile open(Path file, String scenario, String version) {
    ResultsFile results = new ResultsFile(file);
    try {
      if (Files.exists(file)) {
        results.read(scenario, version);
      } else {
        results.append("");
      }
      return results;
    } catch (IOException e) {
      throw CommandException.unusable("--results: " + file + " cannot be used: " + e.getMessage());
    }
  }

  private void read(String scenario, String version) throws IOException {
    String text = Files.readString(file);
    int end = text.lastIndexOf('\n') + 1;
    int number = 0;
    for (String line : text.substring(0, end).lines().toList()) {
      number++;
      String place = file + ":" + number + ": ";
      JsonText.Value value =
          JsonText.read(line)
              .filter(found -> found.members().get("seed") instanceof Long)
              .orElseThrow(() -> CommandException.unusable(place + "no result of a replay"));
      String of = value.text("scenario").orElse("");
      if (!of.equals(scenario) || !value.text("version").equals(Optional.of(version))) {
        throw CommandException.unusable(
            place
                + "a result of "
                + (of.equals(scenario) ? "another version of " + of : "'" + of + "'")
                + "; give another file to --results");
      }
      passed.put(value.number("seed"), value.flag("passed"));
    }
    if (end < text.length()) {
      Files.writeString(file, text.substring(0, end));
    }
  }

  /** What came of a seed, if it is in the file. */
  Optional<Boolean> passed(long seed) {
    return Optional.ofNullable(passed.get(seed));
  }

  /** Adds what came of a seed. */
  void add(long seed, boolean hasPassed, String line) {
    try {
      append(line + "\n");
    } catch (IOException e) {
      throw CommandException.failed("--results: " + file + ": " + e.getMessage());
    }
    passed.put(seed, hasPassed);
  }

  private void append(String text) throws IOException {
    Files.writeString(
        file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
