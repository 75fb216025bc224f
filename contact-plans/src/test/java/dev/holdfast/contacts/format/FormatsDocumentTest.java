package dev.holdfast.contacts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.NodeNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code docs/formats.md} shows as an example is one. */
class FormatsDocumentTest {
  @ParameterizedTest
  @EnumSource(PlanFormat.class)
  void theExampleIsAPlan(PlanFormat format) throws IOException {
    String text = Files.readString(Path.of("docs/formats.md"));
    int section = text.indexOf("\n## " + format.label() + "\n");
    assertThat(section).isPositive();
    String rest = text.substring(section + 4 + format.label().length());
    String example;
    if (format == PlanFormat.YAML) {
      int begin = rest.indexOf("```yaml\n") + 8;
      example = rest.substring(begin, rest.indexOf("```\n", begin));
    } else {
      example =
          rest.substring(rest.indexOf("\n    ") + 1)
              .lines()
              .takeWhile(line -> line.startsWith("    "))
              .map(line -> line.substring(4))
              .collect(Collectors.joining("\n"));
    }
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.FLOATING).withSender(NodeNumber.of(1));
    PlanReading.Parsed parsed = Readings.parsed(example, options);
    assertThat(parsed.format()).isEqualTo(format);
    assertThat(parsed.plan().contacts()).isNotEmpty();
  }
}
