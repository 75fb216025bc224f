package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.replay.SmallCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with a capture in which node 1 forwards from 2 to 3. */
class ReplayCaptureCommandTest {
  private static final DtnTime START =
      new DtnTime(SmallCapture.START_SECONDS * 1_000 - DtnTime.EPOCH_UNIX_MILLIS);

  @TempDir private Path folder;

  /** Its name says nothing of what it is. */
  private Path file = Path.of("");

  /** What a command did. */
  private record Done(int exit, String out, String err) {}

  private static Bundle bundle(int from, int to, int number) {
    return BundleBuilder.to(IpnEid.of(to, 5))
        .from(IpnEid.of(from, 6))
        .created(new CreationTimestamp(START, number))
        .lifetime(3_600_000)
        .build(Octets.wrap(new byte[100]));
  }

  @BeforeEach
  void capture() throws IOException {
    file = folder.resolve("recorded");
    Octets through = bundle(2, 3, 1).encoded();
    Path _ =
        new SmallCapture()
            .session(0, 2, 1)
            .sends(1, 2, through)
            .sends(2, 2, bundle(2, 1, 2).encoded())
            .ends(9)
            .session(0, 1, 3)
            .sends(3, 1, through)
            .sends(4, 1, bundle(1, 3, 7).encoded())
            .ends(9)
            .write(file);
  }

  private Done replay(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
    CommandLine line =
        HoldfastCommand.commandLine(
                List.of(new ReplayCommand(clock, new ShippedScenarios(folder), ReplayEngine.REAL)))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("replay"));
    Arrays.stream(words).map(Object::toString).forEach(arguments::add);
    int exit = line.execute(arguments.toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return new Done(exit, out.toString(), err.toString());
  }

  private void refuses(String why, Object... words) {
    Done done = replay(words);
    assertThat(done.exit()).as(done.err()).isEqualTo(2);
    assertThat(done.err().lines()).containsExactly(why);
    assertThat(done.out()).isEmpty();
  }

  @Test
  void tellsWhatCameOfIt() {
    Done done = replay(file, "--gateway", 1);
    assertThat(done.err()).isEmpty();
    assertThat(done.exit()).isZero();
    List<String> lines = done.out().lines().toList();
    assertThat(lines.getFirst())
        .startsWith(
            file
                + ": node 1 (ipn:1.0) with 2 neighbours, 9.0 s from 2026-12-01T00:00:00Z; "
                + "replayed in virtual time in ");
    assertThat(lines.subList(1, lines.size()))
        .containsExactly(
            "neighbours sent             2  2 taken again",
            "of these, forwarded         1  1 forwarded again, the same in id and payload",
            "its own                     1  sent by the node itself; not sent again, not compared",
            "held at the end             1  1 for its applications, 0 for others",
            "the same");
    assertThat(replay(file, "--gateway", 1, "--quiet").out()).isEmpty();
  }

  @Test
  void namesWhatDiffers() throws IOException {
    Octets first = bundle(2, 30, 1).encoded();
    Octets second = bundle(2, 30, 2).encoded();
    Octets last = bundle(2, 30, 3).encoded();
    Path _ =
        new SmallCapture()
            .session(0, 2, 1)
            .sends(1, 2, first)
            .sends(2, 2, second)
            .sends(8, 2, last)
            .ends(9)
            .session(0, 1, 3)
            .sends(3, 1, first)
            .ends(9)
            .session(0, 1, 4)
            .sends(4, 1, second)
            .ends(9)
            .write(file);
    Done done = replay(file, "--gateway", 1, "--quiet");
    assertThat(done.exit()).isEqualTo(1);
    assertThat(done.out().lines())
        .containsExactly(
            "now, and not then, to 3: " + bundle(2, 30, 2).id(),
            "not forwarded to 4: " + bundle(2, 30, 2).id(),
            "DIFFERS in 2");
    Done json = replay(file, "--gateway", 1, "--json");
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.out())
        .contains(
            "\"same\":false,\"sent\":3,\"taken\":3,\"no_bundles\":0,\"forwarded\":2,"
                + "\"forwarded_again\":1,\"own\":0,\"not_heard\":0,\"besides\":1,",
            "\"time\":\"virtual\",\"held_own\":0,\"held_others\":0,",
            "\"differences\":[{\"kind\":\"other_way\",\"neighbour\":\"3\",\"what\":\""
                + bundle(2, 30, 2).id()
                + "\",\"why\":\"\"},");
  }

  @Test
  void saysWhichNodesThereAre() {
    refuses(file + ": say with --gateway which node is the gateway; there are [1, 2, 3]", file);
    refuses(file + ": node '7' is not in the capture; there are [1, 2, 3]", file, "--gateway", "7");
  }

  @Test
  void refusesOptionsThatMakeNoSense() throws IOException {
    refuses(
        "holdfast replay: --seeds: this is of scenarios, and " + file + " is a capture",
        file,
        "--seeds",
        "1..3");
    refuses(
        "holdfast replay: --speed: virtual time goes as fast as it can; give it with --connect",
        file,
        "--gateway",
        1,
        "--speed",
        2);
    Path scenario = Files.writeString(folder.resolve("s.yaml"), "scenario: s\n");
    refuses(
        "holdfast replay: --gateway: this is of captures, and " + scenario + " is none",
        scenario,
        "--gateway",
        1);
    refuses("holdfast replay: --speed: this is of captures; name one", "--speed", 2);
    Path trace = Files.writeString(folder.resolve("t"), "#linktrace 1\n0 1>2 up\n");
    refuses(
        "holdfast replay: "
            + trace
            + ": a link trace tells when links were up and not what crossed them; name it under"
            + " 'traces:' of a scenario, and replay that",
        trace);
  }

  @Test
  void refusesWhatCannotBeRead() throws IOException {
    refuses(
        "holdfast replay: no.pcapng: there is no such file; look at the path",
        "no.pcapng",
        "--gateway",
        1);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    Done done = replay(file, "--gateway", 1);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err()).startsWith(file + ": offset ").contains("editcap");
  }

  @Test
  void saysWhoCannotReachTheGateway() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Done done = replay(file, "--gateway", 1, "--connect", "127.0.0.1:" + port);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err().lines())
        .singleElement()
        .asString()
        .startsWith("neighbour ")
        .contains("gets no session with the gateway: 127.0.0.1:" + port + ": Connection refused");
    refuses(
        "holdfast replay: --connect: 'here' is no address; write host:port, such as 127.0.0.1:4556"
            + " or [::1]:4556",
        file,
        "--gateway",
        1,
        "--connect",
        "here");
    refuses(
        "--listen: '9' is no neighbour of 1; there are [2, 3]",
        file,
        "--gateway",
        1,
        "--listen",
        "9=127.0.0.1:0");
    refuses(
        "holdfast replay: --speed: '0.0' is not within 0.001 to 1000000",
        file,
        "--gateway",
        1,
        "--connect",
        "127.0.0.1:1",
        "--speed",
        0);
  }
}
