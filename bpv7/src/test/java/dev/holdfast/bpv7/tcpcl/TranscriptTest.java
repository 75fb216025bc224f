package dev.holdfast.bpv7.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file under {@code src/test/resources/transcripts} says what it said. Run with {@code
 * -Dholdfast.rewrite=true} to write down what comes out now, and keep the difference only if you
 * can explain it.
 */
final class TranscriptTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/transcripts");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatItSaid(Path file) throws IOException {
    List<String> before = Files.readAllLines(file);

    List<String> now = Transcript.replay(before);

    if (Boolean.getBoolean("holdfast.rewrite")) {
      Files.write(file, now);
    }
    assertThat(now).isEqualTo(Boolean.getBoolean("holdfast.rewrite") ? now : before);
  }
}
