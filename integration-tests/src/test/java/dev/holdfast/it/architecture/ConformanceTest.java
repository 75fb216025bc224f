package dev.holdfast.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds {@code docs/conformance.md} to the code, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceTest {
  private static final String TABLE = "integration-tests/docs/conformance.md";
  private static final Pattern HEADING = Pattern.compile("## (RFC \\d+),.*");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /** A document, then one section or several: {@code RFC 9171 §4.3.2, §4.4}. */
  private static final Pattern CITATION =
      Pattern.compile("(RFC \\d+) (§[\\d.]*\\d(?:(?:, | and )§[\\d.]*\\d)*)");

  private static final Pattern SECTION = Pattern.compile("§[\\d.]*\\d");

  private List<Row> rows = List.of();
  private Map<String, Source> main = Map.of();
  private Map<String, Source> test = Map.of();

  /**
   * A line of the table.
   *
   * @param document such as {@code RFC 9171}
   * @param section such as {@code §4.1}
   * @param classes where it is kept
   * @param proofs which tests and files show it
   */
  private record Row(String document, String section, List<String> classes, List<String> proofs) {
    String citation() {
      return document + " " + section;
    }
  }

  @BeforeAll
  void read() throws IOException {
    main = byName(Project.mainSources());
    test = byName(Project.testSources());
    List<Row> found = new ArrayList<>();
    String document = "";
    for (String line : Files.readAllLines(Project.root().resolve(TABLE))) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        document = heading.group(1);
      }
      if (line.startsWith("| §")) {
        String[] cells = line.split("\\|", -1);
        assertThat(cells).as("a row of four cells: " + line).hasSize(6);
        found.add(new Row(document, cells[1].strip(), names(cells[3]), names(cells[4])));
      }
    }
    rows = List.copyOf(found);
    assertThat(rows.size()).as("rows found in " + TABLE).isGreaterThan(50);
  }

  @Test
  void everyClassExistsAndCitesItsSection() {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      for (String name : row.classes()) {
        if (!main.containsKey(name)) {
          wrong.add(row.citation() + " names " + name + ", which is no class");
        } else if (!citations(main.get(name)).contains(row.citation())) {
          wrong.add(name + " does not cite " + row.citation());
        }
      }
    }

    assertThat(wrong)
        .as(TABLE + ": follow the code, or cite the section beside the check")
        .isEmpty();
  }

  @Test
  void everyTestExists() {
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      for (String proof : row.proofs()) {
        if (!exists(proof)) {
          wrong.add(row.citation() + " names " + proof + ", which does not exist");
        }
      }
    }

    assertThat(wrong).as(TABLE + ": tests and files that went away").isEmpty();
  }

  @Test
  void everyRowIsKeptAndShownSomewhere() {
    List<String> wrong =
        rows.stream()
            .filter(row -> row.classes().isEmpty() || row.proofs().isEmpty())
            .map(Row::citation)
            .toList();

    assertThat(wrong).as(TABLE + ": rows without a class or without a test").isEmpty();
  }

  @Test
  void everySectionThatIsCitedHasItsRow() {
    List<String> documents = rows.stream().map(Row::document).distinct().toList();
    TreeSet<String> missing = new TreeSet<>();
    main.forEach(
        (name, source) ->
            citationsOfRules(name, source).stream()
                .filter(
                    citation -> documents.contains(citation.substring(0, citation.indexOf(" §"))))
                // Whole chapters are named in introductions and are no rules.
                .filter(citation -> citation.contains("."))
                .filter(citation -> rows.stream().noneMatch(row -> row.citation().equals(citation)))
                .forEach(citation -> missing.add(citation + " (cited in " + name + ")")));

    assertThat(missing)
        .as(TABLE + ": sections that the code cites and the table does not have")
        .isEmpty();
  }

  @Test
  void citationsAreReadHoweverTheyAreJoined() {
    assertThat(citations("RFC 9171 §4.3.2, §4.4 and RFC 9174 §6.1. Also RFC 8949 §3.3 and §4.2.1."))
        .containsExactly(
            "RFC 8949 §3.3",
            "RFC 8949 §4.2.1",
            "RFC 9171 §4.3.2",
            "RFC 9171 §4.4",
            "RFC 9174 §6.1");
  }

  private boolean exists(String proof) {
    if (proof.contains("/")) {
      return Stream.of(Project.Module.values())
          .map(module -> Project.root().resolve(module.directory).resolve("src/test/resources"))
          .anyMatch(resources -> Files.isRegularFile(resources.resolve(proof)));
    }
    int hash = proof.indexOf('#');
    Source source = test.get(hash < 0 ? proof : proof.substring(0, hash));
    return source != null
        && (hash < 0
            || source.methods().stream().anyMatch(m -> m.name().equals(proof.substring(hash + 1))));
  }

  private static TreeSet<String> citationsOfRules(String name, Source source) {
    return name.endsWith("package-info") ? new TreeSet<>() : citations(source);
  }

  private static TreeSet<String> citations(Source source) {
    // A citation may be broken over two lines of a comment.
    String text = String.join(" ", source.lines()).replaceAll("\\s+(\\*\\s+|//\\s+)?", " ");
    return citations(text);
  }

  private static TreeSet<String> citations(String text) {
    TreeSet<String> found = new TreeSet<>();
    Matcher citation = CITATION.matcher(text);
    while (citation.find()) {
      Matcher section = SECTION.matcher(citation.group(2));
      while (section.find()) {
        found.add(citation.group(1) + " " + section.group());
      }
    }
    return found;
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
  }

  /** Sources by the name the table gives them: below the root package, with dots. */
  private static Map<String, Source> byName(List<Source> sources) {
    Map<String, Source> named = new TreeMap<>();
    for (Source source : sources) {
      String path =
          source.path().toString().replace(source.path().getFileSystem().getSeparator(), "/");
      int from = path.indexOf("/dev/holdfast/");
      if (from < 0) {
        throw new UncheckedIOException(new IOException("not below dev.holdfast: " + path));
      }
      String name =
          path.substring(from + "/dev/holdfast/".length(), path.length() - ".java".length());
      named.put(name.replace('/', '.'), source);
    }
    return named;
  }
}
