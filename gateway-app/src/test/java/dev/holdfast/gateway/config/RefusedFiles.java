package dev.holdfast.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contacts.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory of YAML files that are refused, each with exactly the lines beside it. Run with
 * {@code -Dholdfast.golden=write} to write the lines anew, and read the difference.
 *
 * @param directory the directory
 */
public record RefusedFiles(Path directory) {
  /** Their names. */
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  /** The text of one of them. */
  public String text(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  /** Checks what {@code parse} tells of one of them. */
  public void check(String name, Consumer<String> parse) throws IOException {
    String text = text(name);
    YamlException refused = catchThrowableOfType(YamlException.class, () -> parse.accept(text));
    assertThat(refused).isNotNull();
    String lines =
        refused.problems().stream()
            .map(Object::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    Path golden = directory.resolve(name.replace(".yaml", ".txt"));
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      Files.writeString(golden, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(golden));
  }
}
