package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden transcripts are what they claim to be. */
final class TranscriptTest {
  @ParameterizedTest
  @MethodSource("goldenFiles")
  void eachLineIsOneWholeMessageOfThatName(Path file) {
    Transcript transcript = Transcript.read(file);
    boolean go = file.toString().contains("dtn7-go-0");

    assertThat(transcript.remarks()).isNotEmpty();
    assertThat(transcript.entries()).hasSizeGreaterThan(4);
    for (Transcript.Entry entry : transcript.entries()) {
      if (entry.name().equals(Transcript.CLOSE)) {
        assertThat(entry.octets().isEmpty()).isTrue();
        continue;
      }
      TcpclFraming framing =
          go ? TcpclFraming.EXTENSION_LENGTH_IN_EVERY_SEGMENT : TcpclFraming.STANDARD;
      assertThat(TcpclFraming.name(entry.octets().unsigned(0))).isEqualTo(entry.name());
      assertThat(framing.size(entry.octets())).isEqualTo(OptionalInt.of(entry.octets().size()));
    }
  }

  @Test
  void readsWhatItWrites(@TempDir Path dir) {
    Transcript golden = Transcript.golden("dtn7-rs-0.21.0", "two-nodes");

    golden.write(dir.resolve("again.transcript"));

    assertThat(Transcript.read(dir.resolve("again.transcript"))).isEqualTo(golden);
  }

  static List<Path> goldenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Transcript.goldenDirectory())) {
      return files.filter(file -> file.toString().endsWith(".transcript")).sorted().toList();
    }
  }
}
