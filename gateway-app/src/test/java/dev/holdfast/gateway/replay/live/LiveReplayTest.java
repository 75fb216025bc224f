package dev.holdfast.gateway.replay.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.gateway.Gateway;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.replay.BadInputException;
import dev.holdfast.gateway.replay.CaptureComparison.Difference;
import dev.holdfast.gateway.replay.CaptureComparison.Kind;
import dev.holdfast.gateway.replay.CaptureReplay;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.SmallCapture;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures in which node 1 is between 2 and 3, replayed to gateways that run. */
class LiveReplayTest {
  private static final DtnTime START =
      new DtnTime(SmallCapture.START_SECONDS * 1_000 - DtnTime.EPOCH_UNIX_MILLIS);
  private static final long CENTURY_MILLIS = 36_525L * 86_400_000;
  private static final double SPEED = 50;
  private static final Duration ENOUGH = Duration.ofSeconds(20);

  /** Is waited out: long enough for a session and two bundles on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  @TempDir Path folder;
  private final SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 3_600_000));
  private final List<Gateway> open = new ArrayList<>();
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = freePort();
  }

  @AfterEach
  void close() {
    open.forEach(Gateway::close);
    assertThat(failure.get()).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Bundle bundle(int from, int to, int number, int size, long lifetimeMillis) {
    return BundleBuilder.to(IpnEid.of(to, 5))
        .from(IpnEid.of(from, 6))
        .created(new CreationTimestamp(START.plus(-CENTURY_MILLIS / 5), number))
        .lifetime(lifetimeMillis)
        .build(Octets.wrap(new byte[size]));
  }

  private static Bundle bundle(int from, int to, int number, int size) {
    return bundle(from, to, number, size, CENTURY_MILLIS);
  }

  /** A gateway of node 1 that listens on the port. */
  private void gateway(String layer, String linksAndRoutes) throws IOException {
    Path file = folder.resolve("g.yaml");
    Files.writeString(
        file,
        """
        node: ipn:1
        store: { directory: %s }
        api: { address: 127.0.0.1:0 }
        listen: { %s: { address: 127.0.0.1:%d } }
        %s"""
            .formatted(folder.resolve("store"), layer, port, linksAndRoutes));
    GatewayConfig config = ConfigReader.load(file);
    Gateway gateway =
        Gateway.open(config, () -> config, clock, "test", t -> failure.set(Optional.of(t)));
    open.add(gateway);
    assertThat(gateway.start()).isEmpty();
  }

  private static String link(int node, String more) {
    return "  - { name: to%d, type: tcpcl, peer: ipn:%d, schedule: always%s }\n"
        .formatted(node, node, more);
  }

  private static String links(String... links) {
    return "links:\n" + String.join("", links) + "routes:\n  - { to: \"ipn:3.*\", via: to3 }\n";
  }

  private CapturedGateway read(SmallCapture capture) throws IOException {
    return read(capture, CaptureOptions.DEFAULT);
  }

  private CapturedGateway read(SmallCapture capture, CaptureOptions options) throws IOException {
    Path file = capture.write(folder.resolve("small.pcap"));
    return CaptureReplay.of(file, "1").reading(options).read();
  }

  private LiveOutcome replay(
      CapturedGateway capture, Duration margin, Map<String, HostPort> doors) {
    Optional<HostPort> connect =
        doors.size() == capture.neighbours().size()
            ? Optional.empty()
            : Optional.of(new HostPort("127.0.0.1", port));
    LiveSettings settings = new LiveSettings(connect, new TreeMap<>(doors), SPEED, margin);
    return LiveReplay.run(capture, settings, clock, (_, _, _, _) -> {});
  }

  private LiveOutcome replay(CapturedGateway capture, Duration margin) {
    return replay(capture, margin, new TreeMap<>());
  }

  /** 2 sends three bundles, of which one crosses in the second session of 3. */
  private static SmallCapture passes(Bundle early, Bundle large, Bundle late) {
    return new SmallCapture()
        .session(0, 2, 1)
        .sends(1, 2, early.encoded())
        .sends(2, 2, large.encoded())
        .sends(12, 2, late.encoded())
        .ends(25)
        .session(0, 1, 3)
        .sends(3, 1, early.encoded())
        .sends(4, 1, large.encoded())
        .ends(10)
        .session(15, 3, 1)
        .sends(16, 1, late.encoded())
        .ends(20);
  }

  @Test
  void whatWasForwardedIsForwardedAgain() throws IOException {
    Bundle early = bundle(2, 3, 1, 10);
    Bundle large = bundle(2, 3, 2, 40_000);
    Bundle late = bundle(2, 3, 3, 700);
    gateway("tcpcl", links(link(2, ""), link(3, "")));

    LiveOutcome outcome = replay(read(passes(early, large, late)), ENOUGH);

    assertThat(outcome.comparison().differences()).isEmpty();
    assertThat(outcome.comparison().taken()).isEqualTo(3);
    assertThat(outcome.comparison().again()).isEqualTo(3);
    assertThat(outcome.got().get("3"))
        .extracting(one -> one.bundle().id())
        .containsExactly(early.id(), large.id(), late.id());
    assertThat(outcome.expired()).isZero();
    assertThat(outcome.notes()).isEmpty();
    assertThat(outcome.nanos()).as("at its speed").isGreaterThan(25_000_000_000L / (long) SPEED);
  }

  @Test
  void theGatewayMayCome() throws IOException {
    int second = freePort();
    int third = freePort();
    String dial = ", dial: 127.0.0.1:%d, backOff: { first: 10ms, max: 20ms }";
    gateway("tcpcl", links(link(2, dial.formatted(second)), link(3, dial.formatted(third))));
    Map<String, HostPort> doors = new TreeMap<>();
    doors.put("2", new HostPort("127.0.0.1", second));
    doors.put("3", new HostPort("127.0.0.1", third));

    LiveOutcome outcome =
        replay(
            read(passes(bundle(2, 3, 1, 1), bundle(2, 3, 2, 2), bundle(2, 3, 3, 3))),
            ENOUGH,
            doors);

    assertThat(outcome.comparison().differences()).isEmpty();
    assertThat(outcome.comparison().again()).isEqualTo(3);
  }

  @Test
  void itIsNotWaitedForEver() throws IOException {
    Bundle expired = bundle(2, 3, 1, 10, 1_000);
    Bundle kept = bundle(2, 4, 2, 20); // Then node 3 was the way to 4.
    gateway("tcpcl", "links:\n" + link(2, "") + link(3, ""));

    LiveOutcome outcome =
        replay(
            read(
                new SmallCapture()
                    .session(0, 2, 1)
                    .sends(1, 2, expired.encoded())
                    .sends(2, 2, kept.encoded())
                    .ends(5)
                    .session(0, 1, 3)
                    .sends(3, 1, expired.encoded())
                    .sends(4, 1, kept.encoded())
                    .ends(5)),
            SHORT);

    assertThat(outcome.expired()).isEqualTo(1);
    assertThat(outcome.comparison().taken()).isEqualTo(2);
    assertThat(outcome.comparison().differences())
        .containsExactly(
            new Difference(Kind.NOT_FORWARDED, "3", expired.id().toString(), "expired by now"),
            new Difference(Kind.NOT_FORWARDED, "3", kept.id().toString(), ""));
  }

  @Test
  void tellsWhoIsNotLetIn() throws IOException {
    CapturedGateway capture =
        read(new SmallCapture().session(0, 2, 1).sends(1, 2, bundle(2, 3, 1, 1).encoded()).ends(2));
    assertThatThrownBy(() -> replay(capture, SHORT))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "neighbour 2 (ipn:2.0) gets no session with the gateway: 127.0.0.1:"
                + port
                + ": Connection refused; see that the gateway runs there and knows this neighbour");
    gateway("tcpcl", links(link(3, "")));
    assertThatThrownBy(() -> replay(capture, SHORT))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(
            "neighbour 2 (ipn:2.0) gets no session with the gateway: ended by the peer: ");
  }

  private static CaptureOptions named() {
    Map<String, String> names = new TreeMap<>();
    for (int node = 1; node <= 3; node++) {
      names.put("10.0.0." + node, Integer.toString(node));
    }
    return CaptureOptions.DEFAULT.withNames(names);
  }

  /** Both ways by MTCP: one neighbour sends, the gateway comes to the other. */
  @Test
  void byMtcp() throws IOException {
    Bundle through = bundle(2, 3, 1, 300);
    int third = freePort();
    gateway(
        "mtcp",
        """
        links:
          - { name: to3, type: mtcp, peer: ipn:3, schedule: always, confirmation: assume, \
        dial: 127.0.0.1:%d, backOff: { first: 10ms, max: 20ms } }
        routes:
          - { to: "ipn:3.*", via: to3 }
        """
            .formatted(third));
    CapturedGateway capture =
        read(
            new SmallCapture().mtcp(1, 2, 1, through.encoded()).mtcp(2, 1, 3, through.encoded()),
            named());
    Map<String, HostPort> doors = new TreeMap<>();
    doors.put("3", new HostPort("127.0.0.1", third));

    LiveOutcome outcome = replay(capture, ENOUGH, doors);

    assertThat(outcome.comparison().differences()).isEmpty();
    assertThat(outcome.comparison().again()).isEqualTo(1);
    assertThat(replay(capture, ENOUGH).comparison().unheard()).isEqualTo(1);
  }

  @Test
  void byUdp() throws IOException {
    Bundle one = bundle(2, 1, 1, 300);
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.setSoTimeout((int) ENOUGH.toMillis());
      port = socket.getLocalPort();
      CapturedGateway capture = read(new SmallCapture().udp(1, 2, 1, one.encoded()), named());
      assertThat(replay(capture, ENOUGH).comparison().taken()).isEqualTo(1);
      DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
      socket.receive(packet);
      assertThat(Octets.wrap(packet.getData(), 0, packet.getLength())).isEqualTo(one.encoded());
    }
  }

  @Test
  void twoLayersNeedAChoice() throws IOException {
    SmallCapture both =
        new SmallCapture()
            .session(0, 2, 1)
            .sends(1, 2, bundle(2, 1, 1, 1).encoded())
            .ends(2)
            .udp(1, 3, 1, bundle(3, 1, 1, 1).encoded());
    CapturedGateway capture = read(both, named());
    assertThatThrownBy(() -> replay(capture, SHORT))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "the neighbours speak several convergence layers, tcpcl and udpcl, and --connect is one"
                + " address; choose one with --layer");
    CapturedGateway one = read(both, named().withLayer(CaptureLayer.UDPCL));
    assertThat(one.neighbours()).containsExactly("3");
  }
}
