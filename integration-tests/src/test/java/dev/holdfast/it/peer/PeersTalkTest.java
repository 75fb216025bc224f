package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The peers talk to each other: what we use to drive and to overhear them is known to work. */
final class PeersTalkTest {
  private static final int BUNDLES = 3;

  @BeforeAll
  static void installed() {
    Tool.DTN7_RS.require();
    Tool.DTN7_GO.require();
  }

  @Test
  void fromRustToGoAndBackOverOneSession(@TempDir Path dir) {
    int port = Loopback.freePorts(1).getFirst();
    try (Dtn7Go go = Dtn7Go.node("go").tcpcl(port).start(dir);
        Tap tap = Tap.to(port, TcpclFraming.STANDARD, TcpclFraming.STANDARD);
        Dtn7Rs rs =
            Dtn7Rs.node("dtn://rs/").endpoint("in").peer("tcp", tap.port(), "go").start(dir);
        Dtn7GoAgent agent = go.agent("in")) {
      List<Octets> payloads = payloads(1000);

      payloads.forEach(payload -> rs.send("dtn://go/in", payload));
      assertThat(agent.await(BUNDLES))
          .extracting(PeerBundles::payload)
          .containsExactlyInAnyOrderElementsOf(payloads);

      payloads.forEach(payload -> agent.send(go.create("dtn://go/in", "dtn://rs/in", payload)));
      assertThat(rs.await("in", BUNDLES))
          .extracting(PeerBundles::payload)
          .containsExactlyInAnyOrderElementsOf(payloads);

      Transcript now = tap.transcript(List.of());
      Transcript golden = Transcript.golden("mixed", "dtn7-rs-to-dtn7-go");
      assertThat(now.names(Transcript.Side.ACTIVE))
          .startsWith("CONTACT_HEADER", "SESS_INIT", "XFER_SEGMENT");
      assertThat(now.of(Transcript.Side.PASSIVE).getFirst())
          .isEqualTo(golden.of(Transcript.Side.PASSIVE).getFirst());
    }
  }

  @Test
  void twoRustNodesOverMtcp(@TempDir Path dir) {
    int port = Loopback.freePorts(1).getFirst();
    try (Dtn7Rs to = Dtn7Rs.node("ipn:24.0").endpoint("7").mtcp(port).start(dir);
        Dtn7Rs from = Dtn7Rs.node("ipn:23.0").peer("mtcp", port, "24").start(dir)) {
      List<Octets> payloads = payloads(1 << 20);

      payloads.forEach(payload -> from.send("ipn:24.7", payload));

      assertThat(to.await("7", BUNDLES))
          .extracting(PeerBundles::payload)
          .containsExactlyInAnyOrderElementsOf(payloads);
    }
  }

  private static List<Octets> payloads(int size) {
    List<Octets> payloads = new ArrayList<>();
    for (int i = 0; i < BUNDLES; i++) {
      byte[] bytes = new byte[size];
      bytes[size / 2] = (byte) i;
      payloads.add(Octets.wrap(bytes));
    }
    return payloads;
  }
}
