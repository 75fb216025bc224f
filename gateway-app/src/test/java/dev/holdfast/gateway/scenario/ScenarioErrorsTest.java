package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.gateway.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code scenario/errors} is refused, with exactly the lines beside it. Run with
 * {@code -Dholdfast.golden=write} to write the lines anew, and read the difference.
 */
class ScenarioErrorsTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/scenario/errors");

  @TempDir private Path temporary;

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsWhatIsWrongAndWhere(String name) throws IOException {
    String text = Files.readString(DIRECTORY.resolve(name));
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> ScenarioReader.parse("s.yaml", text, Path.of("/srv")));
    assertThat(refused).isNotNull();
    String lines =
        refused.problems().stream()
            .map(Object::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    Path golden = DIRECTORY.resolve(name.replace(".yaml", ".txt"));
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      Files.writeString(golden, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(golden));
  }

  @Test
  void tellsFilesThatAreNotThere() throws IOException {
    Path file = temporary.resolve("s.yaml");
    Files.writeString(
        file,
        """
        scenario: s
        duration: 1d
        nodes:
          earth: { id: ipn:1 }
        traces:
          - { file: a.one }
          - { file: b.one }
        plan: plans/p.ionrc
        """);
    Files.writeString(temporary.resolve("b.one"), "");
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> ScenarioReader.load(file));
    assertThat(refused.problems())
        .extracting(Object::toString)
        .containsExactly(
            file
                + ":6:13: "
                + temporary.resolve("a.one")
                + ": no such file; paths are relative to "
                + temporary,
            file
                + ":8:7: "
                + temporary.resolve("plans/p.ionrc")
                + ": no such file; paths are relative to "
                + temporary);
    Path none = temporary.resolve("none.yaml");
    assertThat(catchThrowableOfType(ConfigException.class, () -> ScenarioReader.load(none)))
        .hasMessage(none + ":1:1: no such file");
  }
}
