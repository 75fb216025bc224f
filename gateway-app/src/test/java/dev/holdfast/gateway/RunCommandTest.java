package dev.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import dev.holdfast.gateway.cli.HoldfastCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code holdfast run} says when it cannot: one line, exit code 2. */
class RunCommandTest {
  @TempDir private Path folder;

  private String refusal(String more) throws IOException {
    Path config = folder.resolve("gateway.yaml");
    Files.writeString(
        config,
        """
        node: ipn:1
        store: {directory: %s}
        %s
        """
            .formatted(folder.resolve("store"), more));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(Main.commands())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int exit = line.execute("run", "--config", config.toString());
    line.getErr().flush();
    line.getOut().flush();
    assertThat(exit).as(err.toString()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip().lines()).hasSize(1);
    return err.toString();
  }

  @Test
  void aDirectoryThatAnotherGatewayHas() throws IOException {
    try (RocksBundleStore _ =
        RocksBundleStore.open(folder.resolve("store"), RocksOptions.defaults())) {
      assertThat(refusal("")).contains("is in use by process", "stop that gateway");
    }
  }

  @Test
  void aDirectoryThatANewerGatewayWrote() throws IOException {
    RocksBundleStore.open(folder.resolve("store"), RocksOptions.defaults()).close();
    Files.writeString(folder.resolve("store").resolve("version"), "holdfast store 99\n");
    assertThat(refusal("")).contains("99", "newer");
  }

  @Test
  void aPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(refusal("listen: {tcpcl: {address: \"" + address + "\"}}"))
          .contains(address, "in use");
      assertThat(refusal("listen: {mtcp: {address: \"" + address + "\"}}"))
          .contains(address, "in use");
      assertThat(refusal("api: {address: \"" + address + "\"}")).contains(address, "in use");
    }
  }

  @Test
  void aPlanThatIsNotThere() throws IOException {
    assertThat(refusal("plan: {file: " + folder.resolve("none.txt") + "}"))
        .contains("none.txt", "no such file");
  }

  @Test
  void aPlanThatContradictsItself() throws IOException {
    Path plan = folder.resolve("plan.txt");
    Files.writeString(
        plan,
        """
        a contact +0 +100 1 2 1000
        a contact +50 +200 1 2 1000
        a range +0 +200 1 2 1
        """);
    assertThat(refusal("plan: {file: " + plan + ", epoch: start}"))
        .contains("plan.txt:2", "overlap");
  }

  @Test
  void aPlanLineWithABadTime() throws IOException {
    Path plan = folder.resolve("plan.txt");
    Files.writeString(plan, "a contact +0 +1x0 1 2 1000\n");
    assertThat(refusal("plan: {file: " + plan + ", epoch: start}")).contains("plan.txt:1:14");
  }

  @Test
  void anUnknownKey() throws IOException {
    assertThat(refusal("stroe: {}")).contains("gateway.yaml:3", "stroe", "store");
  }

  @Test
  void aMisspelledBlockIsNamedBeforeWhatIsLackingForIt() throws IOException {
    Path config = folder.resolve("other.yaml");
    Files.writeString(config, "node: ipn:1\nstroe: {directory: x}\n");
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(Main.commands()).setErr(new PrintWriter(err, true));
    assertThat(line.execute("run", "--config", config.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("other.yaml:2:1", "stroe", "'store'");
  }
}
