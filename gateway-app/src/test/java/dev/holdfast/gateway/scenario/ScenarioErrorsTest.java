package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.gateway.config.RefusedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file in {@code scenario/errors} is refused, with exactly the lines beside it: {@link
 * RefusedFiles}.
 */
class ScenarioErrorsTest {
  private static final RefusedFiles FILES =
      new RefusedFiles(Path.of("src/test/resources/scenario/errors"));

  @TempDir private Path temporary;

  static List<String> files() throws IOException {
    return FILES.names();
  }

  @ParameterizedTest
  @MethodSource("files")
  void tellsWhatIsWrongAndWhere(String name) throws IOException {
    FILES.check(name, text -> ScenarioReader.parse("s.yaml", text, Path.of("/srv")));
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
    YamlException refused =
        catchThrowableOfType(YamlException.class, () -> ScenarioReader.load(file));
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
    assertThat(catchThrowableOfType(YamlException.class, () -> ScenarioReader.load(none)))
        .hasMessage(none + ":1:1: no such file");
  }
}
