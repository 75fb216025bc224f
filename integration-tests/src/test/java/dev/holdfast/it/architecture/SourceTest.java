package dev.holdfast.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measure itself is measured: comments, literals and nesting are seen for what they are. */
final class SourceTest {
  private static final String SAMPLE =
      """
      package a;

      /** Doc. */
      final class Sample { // tail
        /* one
           two */ int field = 1;
        String text = "// no comment \\" /* nor this";
        char quote = '"';

        Sample(int a) {

          // only a comment
          field = a;
        }

        int pick(Object o) {
          return switch (o) {
            case String s -> 1;
            default -> 2;
          };
        }

        record Inner(int x) {
          int twice() { return 2 * x; }
        }
      }

      class Other {}
      """;

  @Test
  void countsCodeOnly() {
    assertThat(Source.codeLines(SAMPLE))
        .containsExactly(1, 4, 6, 7, 8, 10, 13, 14, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28);
  }

  @Test
  void commentMarksInLiteralsAreNoComments() {
    assertThat(Source.withoutComments("a = \"//\"; // b")).isEqualTo("a = \"//\";     ");
    assertThat(Source.withoutComments("\"\"\"\n/* \" */\\\"\"\"\"x/**/y"))
        .isEqualTo("\"\"\"\n/* \" */\\\"\"\"\"x    y");
  }

  @Test
  void findsTypesMethodsAndSwitches(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("Sample.java"), SAMPLE);

    Source source = Source.parse(dir, List.of(file)).getFirst();

    assertThat(source.types())
        .containsExactly(new Source.Type("Sample", false), new Source.Type("Other", false));
    assertThat(source.methods())
        .contains(
            new Source.Method("Sample", 10, 3),
            new Source.Method("pick", 16, 6),
            new Source.Method("twice", 24, 1));
    assertThat(source.patternSwitchesWithDefault()).containsExactly(17L);
  }
}
