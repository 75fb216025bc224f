package dev.holdfast.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
 * Every file in {@code config/errors} is refused, with exactly the lines beside it. Run with {@code
 * -Dholdfast.golden=write} to write the lines anew, and read the difference.
 */
class ConfigErrorsTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/config/errors");

  @TempDir Path temporary;

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
            ConfigException.class, () -> ConfigReader.parse("gateway.yaml", text, Path.of("/etc")));
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
  void saysInOneLineHowManyProblemsThereAre() throws IOException {
    String text = Files.readString(DIRECTORY.resolve("links-that-cannot-work.yaml"));
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class, () -> ConfigReader.parse("gateway.yaml", text, Path.of("/etc")));
    assertThat(refused.getMessage())
        .startsWith("gateway.yaml:4:")
        .contains("more problems)")
        .doesNotContain("\n");
  }

  @Test
  void tellsAFileThatCannotBeRead() throws IOException {
    Path none = temporary.resolve("none.yaml");
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.load(none)))
        .hasMessage(none + ":1:1: no such file");
    Path latin =
        Files.write(temporary.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, 'x'});
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.load(latin)))
        .hasMessage(latin + ":1:1: the file is not UTF-8 text");
    Path large = Files.write(temporary.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.load(large)))
        .hasMessage(large + ":1:1: the file is larger than 1 MiB");
    assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigReader.load(temporary)))
        .hasMessageStartingWith(temporary + ":1:1: ");
  }
}
