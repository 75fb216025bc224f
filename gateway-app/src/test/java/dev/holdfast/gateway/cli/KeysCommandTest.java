package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.gateway.twin.KeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeysCommandTest {
  @TempDir private Path folder;

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  private static Run run(long seed, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new KeysCommand(new SplittableRandom(seed)::nextLong)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    String[] arguments = new String[words.length + 1];
    arguments[0] = "keys";
    for (int i = 0; i < words.length; i++) {
      arguments[i + 1] = words[i].toString();
    }
    return new Run(line.execute(arguments), out.toString(), err.toString());
  }

  @Test
  void makesAKeyThatOnlyItsOwnerMayRead() throws IOException {
    Path file = folder.resolve("earth.pem");

    Run made = run(1, "generate", file);

    assertThat(made.exit()).as(made.err()).isZero();
    assertThat(made.out()).isEqualTo(KeyFile.read(file).verifyKey().octets().hex() + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run(2, "generate", folder.resolve("mars.pem")).out()).isNotEqualTo(made.out());
  }

  @Test
  void neverReplacesAKeyUnasked() throws IOException {
    Path file = folder.resolve("earth.pem");
    assertThat(run(1, "generate", file).exit()).isZero();
    String before = Files.readString(file);

    Run refused = run(2, "generate", file);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "holdfast keys generate: "
                + file
                + ": is there already, and a key that is gone is gone; name another file, or give"
                + " --force\n");
    assertThat(file).hasContent(before);
    Run forced = run(2, "generate", "--force", "--json", file);
    assertThat(forced.exit()).isZero();
    assertThat(JsonText.read(forced.out()).orElseThrow().need("key"))
        .isEqualTo(KeyFile.read(file).verifyKey().octets().hex());
    assertThat(Files.readString(file)).isNotEqualTo(before);
  }

  @Test
  void showsWhatOthersMayKnowOfAKey() throws IOException {
    Path file = folder.resolve("earth.pem");
    String key = run(1, "generate", file).out().strip();
    var verifyKey = KeyFile.read(file).verifyKey();

    assertThat(run(1, "show", file).out())
        .isEqualTo(
            "key:    "
                + key
                + "\nregion: "
                + RegionId.of(verifyKey)
                + "\n"
                + KeyFile.publicPem(verifyKey));
    JsonText.Value told = JsonText.read(run(1, "show", "--json", file).out()).orElseThrow();
    assertThat(told.need("region")).isEqualTo(RegionId.of(verifyKey).toString());
    assertThat(told.need("pem")).isEqualTo(KeyFile.publicPem(verifyKey));

    Run none = run(1, "show", folder.resolve("none.pem"));
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err())
        .startsWith("holdfast keys show: " + folder.resolve("none.pem") + ": there is no such key;")
        .hasLineCount(1);
    assertThat(run(1).exit()).isEqualTo(2);
  }
}
