package dev.holdfast.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contacts.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code config/errors} is refused, with exactly the lines beside it: {@link
 * RefusedFiles}.
 */
class ConfigErrorsTest {
  private static final RefusedFiles FILES =
      new RefusedFiles(Path.of("src/test/resources/config/errors"));

  @TempDir Path temporary;

  static List<String> files() throws IOException {
    return FILES.names();
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsWhatIsWrongAndWhere(String name) throws IOException {
    FILES.check(name, text -> ConfigReader.parse("gateway.yaml", text, Path.of("/etc")));
  }

  @Test
  void saysInOneLineHowManyProblemsThereAre() throws IOException {
    String text = FILES.text("links-that-cannot-work.yaml");
    YamlException refused =
        catchThrowableOfType(
            YamlException.class, () -> ConfigReader.parse("gateway.yaml", text, Path.of("/etc")));
    assertThat(refused.getMessage())
        .startsWith("gateway.yaml:4:")
        .contains("more problems)")
        .doesNotContain("\n");
  }

  @Test
  void tellsAFileThatCannotBeRead() throws IOException {
    Path none = temporary.resolve("none.yaml");
    assertThat(catchThrowableOfType(YamlException.class, () -> ConfigReader.load(none)))
        .hasMessage(none + ":1:1: no such file");
    Path latin =
        Files.write(temporary.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, 'x'});
    assertThat(catchThrowableOfType(YamlException.class, () -> ConfigReader.load(latin)))
        .hasMessage(latin + ":1:1: the file is not UTF-8 text");
    Path large = Files.write(temporary.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    assertThat(catchThrowableOfType(YamlException.class, () -> ConfigReader.load(large)))
        .hasMessage(large + ":1:1: the file is larger than 1 MiB");
    assertThat(catchThrowableOfType(YamlException.class, () -> ConfigReader.load(temporary)))
        .hasMessageStartingWith(temporary + ":1:1: ");
  }
}
