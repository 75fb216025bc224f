package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our gateway with the other implementations, each at its released version: every bundle of every
 * size arrives, both ways, whoever has connected.
 *
 * <p>{@code -Dholdfast.live.bundles=N} says how many of each size, 10 unless told, at most 250.
 */
final class PeerInteropTest {
  private static final int BUNDLES = Integer.getInteger("holdfast.live.bundles", 10);
  private static final List<Integer> SIZES = List.of(1, 1 << 10, 1 << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path dir;

  /** Who connects. */
  enum Active {
    WE,
    THEY
  }

  @ParameterizedTest
  @EnumSource
  void dtn7RsOverTcpcl(Active active) {
    Tool.DTN7_RS.require();
    List<Integer> ports = Loopback.freePorts(2);
    int ours = ports.get(0);
    int theirs = ports.get(1);
    Dtn7Rs.Node node = Dtn7Rs.node("ipn:23.0").endpoint("7").tcpcl(theirs);
    try (OurGateway us =
            OurGateway.start(
                dir.resolve("us"), PeerLinks.dtn7RsOverTcpcl(ours, dialled(active, theirs)));
        Dtn7Rs rs =
            (active == Active.THEY ? node.peer("tcp", ours, "1") : node).start(dir.resolve("rs"))) {
      if (active == Active.THEY) { // It connects when it has something to send.
        rs.send("ipn:1.6", Octets.EMPTY);
        assertThat(us.await("ipn:1.6", 1)).containsExactly(Octets.EMPTY);
      }
      for (int size : SIZES) {
        bothWays(us, rs, size);
      }
      assertThat(pingFromRs(rs)).isTrue();
      nothingIsLeft(us);
    }
  }

  @ParameterizedTest
  @EnumSource
  void dtn7GoOverTcpcl(Active active) {
    Tool.DTN7_GO.require();
    List<Integer> ports = Loopback.freePorts(2);
    int ours = ports.get(0);
    int theirs = ports.get(1);
    Dtn7Go.Node node = Dtn7Go.node("go").tcpcl(theirs);
    try (OurGateway us =
            OurGateway.start(
                dir.resolve("us"), PeerLinks.dtn7GoOverTcpcl(ours, dialled(active, theirs)));
        Dtn7Go go = (active == Active.THEY ? node.peer(ours) : node).start(dir.resolve("go"));
        Dtn7GoAgent in = go.agent("in");
        Dtn7GoAgent out = go.agent("out")) { // Delivery reports go to where a bundle is from.
      for (int size : SIZES) {
        List<Octets> payloads = payloads(size);
        payloads.forEach(payload -> us.send("dtn://us/out", "dtn://go/in", payload));
        assertThat(in.await(BUNDLES))
            .extracting(PeerBundles::payload)
            .containsExactlyInAnyOrderElementsOf(payloads);

        payloads.forEach(payload -> out.send(go.create("dtn://go/out", "dtn://us/in", payload)));
        assertThat(us.await("dtn://us/in", BUNDLES)).containsExactlyInAnyOrderElementsOf(payloads);
      }
      try (PeerProcess ping = go.ping("dtn://us/echo")) {
        Awaitility.await("an answer to dtn-tool ping")
            .atMost(PATIENCE)
            .until(() -> ping.logTail().contains("dtn://us/echo"));
      }
      nothingIsLeft(us);
    }
  }

  /** MTCP goes one way, so each side dials the other. */
  @Test
  void dtn7RsOverMtcp() {
    Tool.DTN7_RS.require();
    List<Integer> ports = Loopback.freePorts(2);
    int ours = ports.get(0);
    int theirs = ports.get(1);
    Dtn7Rs.Node node = Dtn7Rs.node("ipn:23.0").endpoint("7").mtcp(theirs).peer("mtcp", ours, "1");
    try (OurGateway us =
            OurGateway.start(dir.resolve("us"), PeerLinks.dtn7RsOverMtcp(ours, theirs));
        Dtn7Rs rs = node.start(dir.resolve("rs"))) {
      for (int size : SIZES) {
        bothWays(us, rs, size);
      }
      assertThat(pingFromRs(rs)).isTrue();
      nothingIsLeft(us);
    }
  }

  private static void bothWays(OurGateway us, Dtn7Rs rs, int size) {
    List<Octets> payloads = payloads(size);
    payloads.forEach(payload -> us.send("ipn:1.5", "ipn:23.7", payload));
    assertThat(rs.await("7", BUNDLES))
        .extracting(PeerBundles::payload)
        .containsExactlyInAnyOrderElementsOf(payloads);

    payloads.forEach(payload -> rs.send("ipn:1.5", payload));
    assertThat(us.await("ipn:1.5", BUNDLES)).containsExactlyInAnyOrderElementsOf(payloads);
  }

  private static boolean pingFromRs(Dtn7Rs rs) {
    Octets question = Octets.ofHex("70696e67");
    rs.send("ipn:1.2047", question);
    Awaitility.await("an answer to the ping of dtn7-rs")
        .atMost(PATIENCE)
        .until(
            () ->
                rs.fetch("ipn:23.0")
                    .map(PeerBundles::payload)
                    .filter(question::equals)
                    .isPresent());
    return true;
  }

  /** Every bundle has been taken by whom it was for, and what they acknowledged is let go. */
  private static void nothingIsLeft(OurGateway us) {
    Awaitility.await("an empty store").atMost(PATIENCE).until(() -> us.held() == 0);
  }

  private static Optional<Integer> dialled(Active active, int theirs) {
    return active == Active.WE ? Optional.of(theirs) : Optional.empty();
  }

  /** Different payloads of one size. */
  private static List<Octets> payloads(int size) {
    Random random = new Random(size);
    List<Octets> payloads = new ArrayList<>();
    for (int i = 0; i < BUNDLES; i++) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      bytes[0] = (byte) i;
      payloads.add(Octets.wrap(bytes));
    }
    return payloads;
  }
}
