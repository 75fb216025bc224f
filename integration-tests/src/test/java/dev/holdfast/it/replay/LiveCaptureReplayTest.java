package dev.holdfast.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.replay.CaptureOutcome;
import dev.holdfast.gateway.replay.CaptureReplay;
import dev.holdfast.gateway.replay.live.LiveOutcome;
import dev.holdfast.gateway.replay.live.LiveReplay;
import dev.holdfast.gateway.replay.live.LiveSettings;
import dev.holdfast.gateway.sim.RecordedNode;
import dev.holdfast.it.peer.Dtn7Rs;
import dev.holdfast.it.peer.Loopback;
import dev.holdfast.it.peer.OurGateway;
import dev.holdfast.it.peer.OurGateway.Delivered;
import dev.holdfast.it.peer.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A live exchange is captured with tshark and replayed against a gateway, in virtual time and over
 * sockets: it gets the bundles that were got live, byte for byte, and forwards those that were
 * forwarded.
 */
final class LiveCaptureReplayTest {
  private static final int BUNDLES = 20;

  /** Up to more than a payload that is kept in memory. */
  private static final int LARGEST = 400_000;

  private static final double SPEED = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path dir;

  /** Either side of two gateways is replayed. */
  @Test
  void twoGateways() {
    int port = Loopback.freePorts(1).getFirst();
    Path file;
    List<Delivered> atFirst;
    List<Delivered> atSecond;
    try (LiveCapture capture = LiveCapture.start(dir, port)) {
      try (OurGateway first = OurGateway.start(dir.resolve("1"), listening(1, port, List.of(2)));
          OurGateway second = OurGateway.start(dir.resolve("2"), dialling(2, port, 1))) {
        for (Octets payload : payloads(1)) {
          first.send("ipn:1.5", "ipn:2.5", payload);
        }
        for (Octets payload : payloads(2)) {
          second.send("ipn:2.5", "ipn:1.5", payload);
        }
        atFirst = first.awaitBundles("ipn:1.5", BUNDLES);
        atSecond = second.awaitBundles("ipn:2.5", BUNDLES);
        isEmpty(first);
        isEmpty(second);
      }
      file = capture.finish(both(payloads(1), payloads(2)));
    }
    assertThat(atFirst).hasSize(BUNDLES);
    holdsAll(CaptureReplay.of(file, "1").run(), atFirst);
    holdsAll(CaptureReplay.of(file, "2").run(), atSecond);
    try (OurGateway again = OurGateway.start(dir.resolve("3"), listening(1, port, List.of(2)))) {
      isTaken(overSockets(file, "1", port), BUNDLES);
      assertThat(again.awaitBundles("ipn:1.5", BUNDLES))
          .containsExactlyInAnyOrderElementsOf(atFirst);
    }
  }

  /** The one in the middle is replayed; what it forwarded live, it forwards. */
  @Test
  void aGatewayBetweenTwo() {
    int port = Loopback.freePorts(1).getFirst();
    Path file;
    List<Delivered> atLast;
    try (LiveCapture capture = LiveCapture.start(dir, port)) {
      try (OurGateway middle =
              OurGateway.start(dir.resolve("2"), listening(2, port, List.of(1, 3)));
          OurGateway first = OurGateway.start(dir.resolve("1"), dialling(1, port, 2));
          OurGateway last = OurGateway.start(dir.resolve("3"), dialling(3, port, 2))) {
        for (Octets payload : payloads(3)) {
          first.send("ipn:1.5", "ipn:3.5", payload);
        }
        atLast = last.awaitBundles("ipn:3.5", BUNDLES);
        isEmpty(first);
        isEmpty(middle);
      }
      file = capture.finish(payloads(3));
    }
    CaptureOutcome outcome = CaptureReplay.of(file, "2").run();
    assertThat(outcome.got().get("3"))
        .extracting(RecordedNode.Received::bundle)
        .extracting(LiveCaptureReplayTest::delivered)
        .containsExactlyInAnyOrderElementsOf(atLast);
    assertThat(outcome.waiting()).isEmpty();
    assertThat(outcome.notTaken()).isEmpty();
    assertThat(outcome.comparison().differences()).isEmpty();
    assertThat(outcome.comparison().again()).isEqualTo(BUNDLES);
    try (OurGateway again = OurGateway.start(dir.resolve("4"), listening(2, port, List.of(1, 3)))) {
      LiveOutcome live = overSockets(file, "2", port);
      isTaken(live, BUNDLES);
      assertThat(live.comparison().again()).isEqualTo(BUNDLES);
      assertThat(live.got().get("3"))
          .extracting(RecordedNode.Received::bundle)
          .extracting(LiveCaptureReplayTest::delivered)
          .containsExactlyInAnyOrderElementsOf(atLast);
      isEmpty(again);
    }
  }

  /**
   * Our side of an exchange with dtn7-rs is replayed, and then a gateway of ours in its place,
   * which also takes the delivery reports that dtn7-rs had asked for.
   */
  @Test
  void withDtn7Rs() {
    Tool.DTN7_RS.require();
    List<Integer> ports = Loopback.freePorts(2);
    int theirs = ports.get(1);
    Path file;
    List<Delivered> atUs;
    List<Delivered> atThem;
    try (LiveCapture capture = LiveCapture.start(dir, theirs)) {
      try (Dtn7Rs rs =
              Dtn7Rs.node("ipn:23.0").endpoint("7").tcpcl(theirs).start(dir.resolve("rs"));
          OurGateway us = OurGateway.start(dir.resolve("us"), besideRs(ports.get(0), theirs))) {
        for (Octets payload : payloads(4)) {
          us.send("ipn:1.5", "ipn:23.7", payload);
        }
        atThem = rs.await("7", BUNDLES).stream().map(b -> delivered(read(b))).toList();
        for (Octets payload : payloads(5)) {
          rs.send("ipn:1.5", payload);
        }
        atUs = us.awaitBundles("ipn:1.5", BUNDLES);
        isEmpty(us);
      }
      file = capture.finish(both(payloads(4), payloads(5)));
    }
    holdsAll(CaptureReplay.of(file, "1").run(), atUs);
    holdsAll(CaptureReplay.of(file, "23").run(), atThem);
    int port = Loopback.freePorts(1).getFirst();
    String lenient =
        listening(1, port, List.of(23))
            .replace("schedule: always", "schedule: always, leniencies: [primary-integrity]");
    try (OurGateway again = OurGateway.start(dir.resolve("again"), lenient)) {
      isTaken(overSockets(file, "1", port), BUNDLES);
      assertThat(again.awaitBundles("ipn:1.5", BUNDLES)).containsExactlyInAnyOrderElementsOf(atUs);
    }
    try (Dtn7Rs again =
        Dtn7Rs.node("ipn:23.0").endpoint("7").tcpcl(theirs).start(dir.resolve("rs-again"))) {
      isTaken(overSockets(file, "23", theirs), BUNDLES);
      assertThat(again.await("7", BUNDLES))
          .extracting(encoded -> delivered(read(encoded)))
          .containsExactlyInAnyOrderElementsOf(atThem);
    }
  }

  /** In real time, sped up, to a gateway that runs. */
  private static LiveOutcome overSockets(Path file, String gateway, int port) {
    return LiveReplay.run(
        CaptureReplay.of(file, gateway).read(),
        new LiveSettings(
            Optional.of(new HostPort("127.0.0.1", port)), new TreeMap<>(), SPEED, PATIENCE),
        new SystemClock(new SystemClock.Trust(100, 10_000, 3_600_000)),
        (_, _, _, _) -> {});
  }

  private static void isTaken(LiveOutcome outcome, int bundles) {
    assertThat(outcome.comparison().differences()).isEmpty();
    assertThat(outcome.comparison().taken()).isGreaterThanOrEqualTo(bundles);
    assertThat(outcome.notes()).isEmpty();
  }

  private static void holdsAll(CaptureOutcome outcome, List<Delivered> live) {
    assertThat(outcome.own())
        .extracting(LiveCaptureReplayTest::delivered)
        .containsExactlyInAnyOrderElementsOf(live);
    assertThat(outcome.notTaken()).isEmpty();
  }

  private static Delivered delivered(Bundle bundle) {
    return new Delivered(bundle.id().toString(), bundle.payload());
  }

  private static Bundle read(Octets encoded) {
    return switch (BundleReader.read(encoded, ReadOptions.STORED)) {
      case Decoded.Valid<Bundle>(Bundle bundle) -> bundle;
      case Decoded.Invalid<Bundle> bad -> throw new AssertionError(bad.fault());
    };
  }

  private static void isEmpty(OurGateway gateway) {
    Awaitility.await("an empty store").atMost(PATIENCE).until(() -> gateway.held() == 0);
  }

  private static List<Octets> both(List<Octets> some, List<Octets> others) {
    List<Octets> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** From one byte up, each several times the one before until they begin again. */
  private static List<Octets> payloads(int seed) {
    Random random = new Random(seed);
    List<Octets> payloads = new ArrayList<>();
    int size = 1;
    for (int i = 0; i < BUNDLES; i++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      payloads.add(Octets.wrap(bytes));
      size = size > LARGEST / 4 ? 1 + random.nextInt(LARGEST) : size * 4;
    }
    return payloads;
  }

  private static String listening(int node, int port, List<Integer> neighbours) {
    StringBuilder links = new StringBuilder();
    StringBuilder routes = new StringBuilder();
    for (int neighbour : neighbours) {
      links.append(
          "  - {name: to%d, type: tcpcl, peer: ipn:%d, schedule: always}\n"
              .formatted(neighbour, neighbour));
      routes.append("  - {to: \"ipn:%d.*\", via: to%d}\n".formatted(neighbour, neighbour));
    }
    return """
    node: ipn:%d
    listen: {tcpcl: {address: "127.0.0.1:%d"}}
    links:
    %sroutes:
    %s"""
        .formatted(node, port, links, routes);
  }

  private static String dialling(int node, int port, int neighbour) {
    return """
    node: ipn:%d
    links:
      - name: to%d
        type: tcpcl
        peer: ipn:%d
        schedule: always
        dial: 127.0.0.1:%d
        backOff: {first: 50ms, max: 500ms}
    routes:
      - {to: "ipn:**", via: to%d}
    """
        .formatted(node, neighbour, neighbour, port, neighbour);
  }

  private static String besideRs(int ours, int theirs) {
    return """
    node: ipn:1
    listen: {tcpcl: {address: "127.0.0.1:%d"}}
    links:
      - name: rs
        type: tcpcl
        peer: ipn:23
        schedule: always
        urgentSession: false
        maxTransfers: 1
        leniencies: [primary-integrity, transfer-mru-is-a-wish, foreign-transfer-length]
        dial: 127.0.0.1:%d
        backOff: {first: 50ms, max: 500ms}
    routes:
      - {to: "ipn:23.*", via: rs}
    """
        .formatted(ours, theirs);
  }
}
