package dev.holdfast.it.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * One seed on JVMs that differ in all that must not matter: garbage collector, compiler, identity
 * hashes, the salt of immutable sets.
 */
class DeterminismTest {
  private static final String UNLOCK = "-XX:+UnlockExperimentalVMOptions";

  @Test
  void theSameSeedGivesTheSameEventsOnEveryJvm() throws Exception {
    String serial = run(42, "-XX:+UseSerialGC", "-Xmx192m", UNLOCK, "-XX:hashCode=2");
    String parallel =
        run(42, "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1", UNLOCK, "-XX:hashCode=0");
    assertThat(parallel).isEqualTo(serial);
    assertThat(serial).endsWith("broken none").doesNotContain("delivered 0,", "crashes 0,");
    assertThat(run(43, "-XX:+UseSerialGC")).isNotEqualTo(serial);
  }

  private static String run(long seed, String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), SeededRun.class.getName()));
    command.add(Long.toString(seed));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.strip();
  }
}
