package dev.holdfast.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.cli.HoldfastCommand;
import dev.holdfast.gateway.cli.KeysCommand;
import dev.holdfast.gateway.cli.TwinCommand;
import dev.holdfast.gateway.clock.SecureEntropy;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two whole gateways with twins, worked with by the command only: by link, and by hand. */
class TwinGatewaysTest {
  private static final String PUMP = "org.acme:pump-1";

  @TempDir Path dir;
  private final List<Gateway> open = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private String earthKey = "";
  private String marsKey = "";

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void keys() {
    earthKey = done("keys", "generate", dir.resolve("earth.pem").toString()).strip();
    marsKey = done("keys", "generate", dir.resolve("mars.pem").toString()).strip();
  }

  @AfterEach
  void close() {
    open.forEach(Gateway::close);
    assertThat(failure.get()).isNull();
  }

  private static Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(
                List.of(new TwinCommand(), new KeysCommand(new SecureEntropy())))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Run(line.execute(words), out.toString(), err.toString());
  }

  private static String done(String... words) {
    Run run = run(words);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Gateway earth(String links) throws IOException {
    return gateway("earth", 1, "mars", 2, marsKey, links);
  }

  private Gateway mars(String links) throws IOException {
    return gateway("mars", 2, "earth", 1, earthKey, links);
  }

  private Gateway gateway(
      String name, int node, String other, int otherNode, String otherKey, String links)
      throws IOException {
    Path file = dir.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        node: ipn:%d
        store: {directory: %s}
        api: {address: 127.0.0.1:%d}
        twins:
          region: %s
          keys: [%s.pem]
          regions: [{name: %s, node: ipn:%d, key: %s}]
          classes: [{name: open, service: 64, regions: [%s]}]
          otherwise: open
        %s
        """
            .formatted(
                node,
                dir.resolve("store-" + name),
                freePort(),
                name,
                name,
                other,
                otherNode,
                otherKey,
                other,
                links));
    GatewayConfig config = ConfigReader.load(file);
    Gateway gateway = opened(config);
    open.add(gateway);
    assertThat(gateway.start()).isEmpty();
    return gateway;
  }

  private Gateway opened(GatewayConfig config) throws IOException {
    return Gateway.open(
        config,
        () -> config,
        new SystemClock(new SystemClock.Trust(100, 10_000, 3_600_000)),
        "test",
        failure::set);
  }

  /** The configuration that {@link #gateway} wrote, with other keys. */
  private String openedWith(String keys) throws IOException {
    Path file = dir.resolve("earth.yaml");
    String text = Files.readString(file).replaceFirst("keys: .*", "keys: [" + keys + "]");
    GatewayConfig config = ConfigReader.load(Files.writeString(file, text));
    try (Gateway gateway = opened(config)) {
      assertThat(gateway.start()).isEmpty();
      return done("twin", "regions", "--api", url(gateway));
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void anotherKeyIsAddedToTheListAndSigns() throws IOException {
    Gateway earth = earth("");
    done("twin", "put", "--api", url(earth), PUMP, "{\"attributes\":{\"n\":1}}");
    earth.close();
    String second = done("keys", "generate", dir.resolve("earth-2.pem").toString()).strip();
    assertThat(openedWith("earth.pem, earth-2.pem")).containsPattern("(?m)^ +earth .* 1$");
    assertThat(openedWith("earth.pem"))
        .isEqualTo(
            "twins.keys: region earth: its latest key in class open is number 1 (public key "
                + second
                + "), as it has said itself, and that one is not among those given; add its key file"
                + " as the last");
    assertThat(openedWith("earth-2.pem, earth.pem"))
        .contains("is the first of the region that wrote this store, and is not given first");
    Path gone = dir.resolve("earth.pem");
    String pem =
        done("keys", "show", gone.toString()).lines().skip(2).reduce("", (a, b) -> a + b + "\n");
    Files.writeString(gone, pem);
    assertThat(openedWith("earth.pem, earth-2.pem")).containsPattern("(?m)^ +earth .* 1$");
    assertThat(openedWith("earth-2.pem, earth.pem"))
        .contains("earth.pem holds a public key, and the last of the list signs");
    Files.copy(dir.resolve("earth-2.pem"), dir.resolve("earth-3.pem"));
    assertThat(openedWith("earth.pem, earth-2.pem, earth-3.pem")).contains("hold one key");
  }

  /** So that a copy of a stopped gateway's store, if that goes on, tells nothing a second time. */
  @Test
  void whatIsPendingIsInBlocksWhenAGatewayHasStopped() throws IOException {
    Gateway earth = earth("");
    Path file = dir.resolve("earth.yaml");
    earth.close();
    Files.writeString(
        file, Files.readString(file).replaceFirst("otherwise: open", "otherwise: local"));
    GatewayConfig config = ConfigReader.load(file);
    try (Gateway alone = opened(config)) {
      assertThat(alone.start()).isEmpty();
      done("twin", "put", "--api", url(alone), PUMP, "{\"attributes\":{\"n\":1}}");
      assertThat(done("twin", "regions", "--api", url(alone)))
          .containsPattern("class local: 2 entries, 2 writes told to nobody yet");
    }
    assertThat(openedWith("earth.pem"))
        .containsPattern("class local: 2 entries, 0 writes told to nobody yet");
  }

  private static String url(Gateway gateway) {
    return "http://" + gateway.apiAddress().orElseThrow();
  }

  private static String link(int port, int other, int otherPort) {
    return """
        listen: {tcpcl: {address: 127.0.0.1:%d}}
        links: [{name: other, type: tcpcl, peer: ipn:%d, dial: 127.0.0.1:%d, schedule: always}]
        routes: [{to: ipn:%d.*, via: other}]
        """
        .formatted(port, other, otherPort, other);
  }

  @Test
  void whatIsPutAtOneIsSeenAtTheOther() throws IOException {
    int one = freePort();
    int two = freePort();
    String earth = url(earth(link(one, 2, two)));
    String mars = url(mars(link(two, 1, one)));
    done("twin", "put", "--api", earth, PUMP, "{\"attributes\":{\"n\":{\"$counter\":1}}}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> run("twin", "diff", "--api", mars, "--with", earth, PUMP).exit() == 0);
    done("twin", "step", "--api", earth, PUMP, "attributes/n", "{\"$count\":10}");
    done("twin", "step", "--api", mars, PUMP, "attributes/n", "{\"$count\":100}");
    for (String url : List.of(earth, mars)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> done("twin", "get", "--api", url, PUMP, "attributes/n").equals("111\n"));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(done("twin", "regions", "--api", earth))
                    .containsPattern("mars +2? *.*yes +20\\d\\d-"));
    assertThat(done("twin", "get", "--api", mars, PUMP, "--as-of", "--conflicts"))
        .contains("no conflicts")
        .containsPattern("earth +open +\\d+ ");
  }

  @Test
  void whatIsCarriedByHandIsSeenAtTheOther() throws IOException {
    String earth = url(earth(""));
    String mars = url(mars(""));
    done("twin", "put", "--api", earth, PUMP, "{\"attributes\":{\"here\":1}}");
    done("twin", "put", "--api", mars, "org.acme:pump-2", "{\"attributes\":{\"there\":2}}");
    String digest = dir.resolve("digest").toString();
    String delta = dir.resolve("delta").toString();
    String answer = dir.resolve("answer").toString();

    done("twin", "digest", "--api", earth, "--region", "mars", "-o", digest);
    done("twin", "delta", "--api", mars, digest, "-o", delta);
    Run applied = run("twin", "delta", "--api", earth, delta, "-o", answer);

    assertThat(applied.exit()).as(applied.err()).isZero();
    assertThat(applied.err()).contains("changed here: org.acme:pump-2\n");
    assertThat(done("twin", "get", "--api", earth, "org.acme:pump-2", "attributes/there"))
        .isEqualTo("2\n");
    Run last = run("twin", "apply", "--api", mars, answer);
    assertThat(last.exit()).as(last.err()).isZero();
    for (String thing : List.of(PUMP, "org.acme:pump-2")) {
      assertThat(run("twin", "diff", "--api", earth, "--with", mars, thing))
          .isEqualTo(new Run(0, "", ""));
    }
    assertThat(done("twin", "ls", "--api", mars)).isEqualTo(PUMP + "\norg.acme:pump-2\n");
    Path garbage = Files.writeString(dir.resolve("garbage"), "what is this");
    assertThat(run("twin", "apply", "--api", mars, garbage.toString()).exit()).isEqualTo(2);
  }

  @Test
  void aGatewayWithoutTwinsSaysSo() throws IOException {
    Path file = dir.resolve("bare.yaml");
    Files.writeString(
        file,
        "node: ipn:9\nstore: {directory: %s}\napi: {address: 127.0.0.1:%d}\n"
            .formatted(dir.resolve("bare"), freePort()));
    GatewayConfig config = ConfigReader.load(file);
    Gateway bare = opened(config);
    open.add(bare);
    assertThat(bare.start()).isEmpty();
    Run ls = run("twin", "ls", "--api", url(bare));
    assertThat(ls.exit()).isEqualTo(1);
    assertThat(ls.err())
        .isEqualTo(
            "holdfast twin ls: this gateway keeps no twins; give it a section 'twins' in its"
                + " configuration, with a key of holdfast keys generate\n");
    assertThat(run("twin", "diff", "--api", url(bare), "--with", url(bare), PUMP).exit())
        .isEqualTo(1);
  }
}
