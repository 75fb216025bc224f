package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.TimeStyle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The plans that were in force, one file each, and the edits over the file plan. Small plans are
 * kept as YAML, with names and regions; large ones as CSV. Not for several threads at once.
 */
final class PlanArchive {
  /** YAML of more is too long to be read again. */
  private static final int MOST_IN_YAML = 10_000;

  private static final Pattern NAME = Pattern.compile("plan-(\\d{1,18})\\.(yaml|csv)");
  private static final String EDITS = "edits.txt";
  private static final int HEAD = 5;

  private final Path directory;

  PlanArchive(Path directory) {
    this.directory = directory;
  }

  /** Keeps a plan and lets the oldest go. */
  void keep(PlanVersion version, ContactPlan plan, int most, OptionalLong pinned)
      throws IOException {
    boolean yaml = plan.contacts().size() <= MOST_IN_YAML;
    PlanFormat format = yaml ? PlanFormat.YAML : PlanFormat.CSV;
    String text =
        "# holdfast contact plan, version %d\n# in force since: %s\n# from: %s\n# difference: %s\n# contacts: %d\n"
                .formatted(
                    version.version(),
                    version.since(),
                    oneLine(version.source()),
                    version.difference(),
                    version.contacts())
            + PlanWriter.print(plan, format, TimeStyle.ABSOLUTE).text();
    Files.createDirectories(directory);
    AtomicFile.write(
        directory.resolve("plan-" + version.version() + (yaml ? ".yaml" : ".csv")), text);
    List<Path> files = files();
    for (Path old : files.subList(0, Math.max(0, files.size() - most))) {
      if (!pinned.equals(OptionalLong.of(number(old)))) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", "·");
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(PlanArchive::number))
          .toList();
    }
  }

  private static long number(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** The number of the newest version; 0 if there is none. */
  long newest() throws IOException {
    List<Path> files = files();
    return files.isEmpty() ? 0 : number(files.getLast());
  }

  /** Every version that is kept, the newest first; one whose head cannot be read is left out. */
  List<PlanVersion> versions() throws IOException {
    List<PlanVersion> versions = new ArrayList<>();
    for (Path file : files().reversed()) {
      head(file).ifPresent(versions::add);
    }
    return versions;
  }

  private static Optional<PlanVersion> head(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (int i = 0; i < HEAD; i++) {
        String line = in.readLine();
        lines.add(line == null ? "" : line.substring(line.indexOf(": ") + 1).strip());
      }
    }
    String count = lines.getLast();
    return count.matches("\\d{1,9}")
        ? Optional.of(
            new PlanVersion(
                number(file), lines.get(1), lines.get(2), lines.get(3), Integer.parseInt(count)))
        : Optional.empty();
  }

  /** The text of a version. */
  Optional<String> text(long version) throws IOException {
    Optional<Path> file = files().stream().filter(f -> number(f) == version).findFirst();
    return file.isEmpty() ? Optional.empty() : Optional.of(Files.readString(file.get()));
  }

  /** A version as a plan; empty if it is not kept or cannot be read. */
  Optional<ContactPlan> plan(long version) throws IOException {
    Optional<String> text = text(version);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.UNIX);
    PlanSource source = new PlanSource("version " + version, text.get());
    return switch (PlanReader.read(source, options)) {
      case PlanReading.Parsed parsed -> Optional.of(parsed.plan().withVersion(version));
      case PlanReading.Refused _ -> Optional.empty();
    };
  }

  /** What was laid over the file plan when this gateway last ran. */
  EditText.Saved saved() throws IOException {
    Path file = directory.resolve(EDITS);
    if (!Files.exists(file) || Files.size(file) > PlanLimits.DEFAULT.sourceChars()) {
      return EditText.Saved.NOTHING;
    }
    return EditText.read(Files.readString(file));
  }

  /** Keeps the edits, and which version stands in for the file. */
  void save(EditText.Saved saved) throws IOException {
    Files.createDirectories(directory);
    AtomicFile.write(directory.resolve(EDITS), EditText.print(saved));
  }

  static String date(DtnTime time) {
    return time.toInstant().toString();
  }
}
