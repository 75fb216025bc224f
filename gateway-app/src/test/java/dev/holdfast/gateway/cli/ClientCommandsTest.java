package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.api.SmallGateway;
import dev.holdfast.gateway.clock.SecureEntropy;
import dev.holdfast.gateway.clock.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code send}, {@code recv} and {@code ping} against a gateway with a real node. */
class ClientCommandsTest {
  @TempDir Path directory;
  private SmallGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = new SmallGateway(directory);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** What a command did. */
  private record Run(int exit, String out, String err) {
    JsonText.Value json() {
      return JsonText.read(out).orElseThrow();
    }
  }

  private Run run(String... arguments) {
    SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
    CommandLine line =
        HoldfastCommand.commandLine(
            List.of(
                new SendCommand(clock),
                new RecvCommand(clock),
                new PingCommand(clock, new SecureEntropy())));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    return new Run(exit, out.toString(), err.toString());
  }

  private Path file(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Files.write(directory.resolve("payload-" + length), bytes);
  }

  private Run send(String... more) {
    return run(
        Stream.concat(Stream.of("send", "--api", gateway.url()), Stream.of(more))
            .toArray(String[]::new));
  }

  private Run recv(String... more) {
    return run(
        Stream.concat(
                Stream.of("recv", "--api", gateway.url(), "--endpoint", "ipn:1.42"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 4097, 700_000})
  void carriesAFileWhole(int length) throws IOException {
    Path sent = file(length);
    Run sending = send("--to", "ipn:1.42", "--json", sent.toString());
    assertThat(sending.exit()).as(sending.err()).isZero();
    assertThat(sending.json().number("bytes")).isEqualTo(length);

    Path inbox = directory.resolve("inbox");
    Run receiving = recv("--timeout", "20s", "--json", "--output", inbox.toString());
    assertThat(receiving.exit()).as(receiving.err()).isZero();
    assertThat(receiving.json().need("bundle")).isEqualTo(sending.json().need("bundle"));
    assertThat(receiving.json().flag("repeated")).isFalse();
    Path received = Path.of(receiving.json().need("file"));
    assertThat(received).hasSameBinaryContentAs(sent);
    try (Stream<Path> files = Files.list(inbox)) {
      assertThat(files).containsExactly(received);
    }
    assertThat(gateway.store.list(java.util.Optional.empty(), 10)).isEmpty();
  }

  @Test
  void saysInWordsWhatItDid() throws IOException {
    Run sending = send("--to", "ipn:1.42", "--priority", "urgent", file(2048).toString());
    assertThat(sending.out()).matches("ipn:1\\.0/\\d+-\\d+\n");
    assertThat(sending.err()).startsWith("2 KiB to ipn:1.42, held by the gateway after ");
    Run receiving = recv("--output", directory.resolve("inbox").toString());
    assertThat(receiving.err()).contains(": 2 KiB in ").contains("inbox/ipn_1.0_");
  }

  @Test
  void saysThatNothingCame() {
    Run receiving = recv("--timeout", "50ms", "--output", directory.resolve("inbox").toString());
    assertThat(receiving.exit()).isEqualTo(1);
    assertThat(receiving.err()).isEqualTo("0 received, then none for 50ms\n");
  }

  @Test
  void saysThatABundleIsARepetition() throws IOException {
    send("--to", "ipn:1.42", file(100).toString());
    ApiClient client = new ApiClient(gateway.url());
    long key = client.fetch("ipn:1.42", new ApiClient.Query()).getFirst().number("key");
    client.giveBack("ipn:1.42", List.of(key));
    Run receiving = recv("--output", directory.resolve("inbox").toString());
    assertThat(receiving.err()).contains("again: it was handed out before and not acknowledged");
  }

  @Test
  void givesBackWhatItCannotWrite() throws IOException {
    send("--to", "ipn:1.42", file(100).toString());
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    // A directory stands where the file belongs.
    String bundle = gateway.store.list(java.util.Optional.empty(), 1).getFirst().id().toString();
    Files.createDirectory(inbox.resolve(PayloadFiles.name(bundle)));
    Files.writeString(inbox.resolve(PayloadFiles.name(bundle)).resolve("x"), "x");
    Run receiving = recv("--output", inbox.toString());
    assertThat(receiving.exit()).isEqualTo(1);
    assertThat(receiving.err()).contains("was not written, and given back").hasLineCount(1);
    assertThat(new ApiClient(gateway.url()).fetch("ipn:1.42", new ApiClient.Query())).hasSize(1);
  }

  @Test
  void timesTheReturnOfBundles() {
    Run ping =
        run("ping", "--api", gateway.url(), "--count", "3", "--interval", "0s", "ipn:1.2047");
    assertThat(ping.exit()).as(ping.err()).isZero();
    assertThat(ping.out())
        .startsWith("PING ipn:1.2047 from ipn:1.")
        .contains("64 bytes from ipn:1.2047: seq=3 time=")
        .contains("3 sent, 3 back, 0 % lost")
        .contains("round trip min/avg/median/p99/max = ");
    Run json = run("ping", "--api", gateway.url(), "--count", "1", "--json", "ipn:1.2047");
    assertThat(json.json().number("received")).isEqualTo(1);
  }

  @Test
  void countsWhatDoesNotComeBack() {
    Run ping =
        run("ping", "--api", gateway.url(), "--count", "1", "--timeout", "100ms", "ipn:3.2047");
    assertThat(ping.exit()).isEqualTo(1);
    assertThat(ping.out()).contains("no reply to seq=1 within 100ms").contains("100 % lost");
  }

  @Test
  void refusesUnusableInputInOneLine() throws IOException {
    String file = file(100).toString();
    assertUnusable(send("--to", "mars", file), "'mars' is no endpoint");
    assertUnusable(send("--to", "ipn:1.42", "--lifetime", "3", file), "'3' is no duration");
    assertUnusable(send("--to", "ipn:1.42", file((1 << 20) + 1).toString()), "over the limit");
    assertUnusable(send("--to", "ipn:1.42", "nofile"), "nofile: no such file");
    assertUnusable(send(file), "Missing required option: '--to=EID'");
    assertUnusable(run("send", "--api", "earth", "--to", "ipn:1.2", file), "earth is no URL");
    assertUnusable(recv("--output", file), "cannot be made a directory");
    assertUnusable(run("pong"), "did you mean 'ping'?");
  }

  @Test
  void refusesWhatIsNoEndpointWithoutAskingAnyGateway() {
    String nobody = "http://127.0.0.1:1";
    assertUnusable(run("send", "--api", nobody, "--to", "mars", "-"), "'mars' is no endpoint");
    assertUnusable(run("recv", "--api", nobody, "--endpoint", "ipn:x.1"), "'ipn:x.1' is no");
    assertUnusable(run("ping", "--api", nobody, "ipn:"), "'ipn:' is no endpoint");
  }

  private static void assertUnusable(Run run, String why) {
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(why).hasLineCount(1);
  }

  @Test
  void saysThatNoGatewayAnswers() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Run sending =
        run("send", "--api", "http://127.0.0.1:" + free, "--to", "ipn:1.2", file(10).toString());
    assertThat(sending.exit()).isEqualTo(1);
    assertThat(sending.err()).contains("no gateway answers at").hasLineCount(1);
  }

  @Test
  void failsWhileTheStoreIsFull() throws IOException {
    String file = file(100).toString();
    gateway.store.fault(MemoryBundleStore.Fault.FULL);
    CompletableFuture<Run> first =
        CompletableFuture.supplyAsync(() -> send("--to", "ipn:1.42", file));
    Awaitility.await().until(gateway.loop::isFull);
    Run refused = send("--to", "ipn:1.42", file);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("no room").hasLineCount(1);
    gateway.store.fault(MemoryBundleStore.Fault.NONE);
    assertThat(first.join().exit()).isZero();
  }
}
