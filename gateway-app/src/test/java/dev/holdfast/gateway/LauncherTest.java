package dev.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/holdfast} in an installation of its own: no sources beside it, so nothing is built.
 */
class LauncherTest {
  @TempDir Path directory;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    launcher = directory.resolve("app/bin/holdfast");
    Files.createDirectories(launcher.getParent());
    Files.copy(Path.of("bin/holdfast"), launcher);
  }

  /** What the launcher did. */
  private record Run(int exit, String out, String err) {}

  private Run run(Path javaHome, String options) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("sh", launcher.toString(), "plan", "check", "a b"));
    builder.environment().put("HOLDFAST_JAVA_HOME", javaHome.toString());
    builder.environment().put("HOLDFAST_OPTS", options);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** A JDK whose java only tells what it was called with, one argument a line. */
  private Path jdk(String version) throws IOException {
    Path home = Files.createDirectories(directory.resolve("jdk-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private void jars() throws IOException {
    Path lib = Files.createDirectories(directory.resolve("app/target/lib"));
    Files.createFile(directory.resolve("app/target/gateway-app-0.1.0.jar"));
    Files.createFile(lib.resolve("zebra-1.jar"));
    Files.createFile(lib.resolve("ant-1.jar"));
  }

  @Test
  void saysInOneLineThatThisIsNoJdk25() throws Exception {
    Run none = run(directory.resolve("nowhere"), "");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("is no JDK 25").hasLineCount(1);
    Run older = run(jdk("21.0.2"), "");
    assertThat(older.exit()).isEqualTo(2);
    assertThat(older.err()).contains("is no JDK 25").hasLineCount(1);
  }

  @Test
  void saysInOneLineThatItIsNotBuilt() throws Exception {
    Run run = run(jdk("25.0.3"), "");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("build it with mvn package").hasLineCount(1);
  }

  @Test
  void startsWithTheRightOptions() throws Exception {
    jars();
    List<String> arguments = run(jdk("25.0.3"), "").out().lines().toList();
    assertThat(arguments)
        .contains(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Djdk.virtualThreadScheduler.parallelism=4")
        .endsWith("dev.holdfast.gateway.Main", "plan", "check", "a b");
    String classPath = arguments.get(arguments.indexOf("-cp") + 1);
    assertThat(classPath.replace(directory.toRealPath().toString(), ""))
        .isEqualTo(
            "/app/target/gateway-app-0.1.0.jar:/app/target/lib/ant-1.jar:/app/target/lib/zebra-1.jar");
  }

  @Test
  void letsTheUsersOptionsWin() throws Exception {
    jars();
    List<String> arguments = run(jdk("25.0.3"), "-Xmx1g -XX:+UseZGC").out().lines().toList();
    assertThat(arguments.indexOf("-Xmx1g")).isGreaterThan(arguments.indexOf("-Xmx256m"));
    assertThat(arguments).contains("-XX:+UseZGC").doesNotContain("-XX:+UseSerialGC");
  }
}
