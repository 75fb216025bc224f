package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Our gateway says to a live peer, and hears from it, what the golden transcript of their first
 * session holds: one bundle each way, whoever has connected.
 *
 * <p>{@code -Dholdfast.record=true} writes the transcripts anew.
 */
final class GoldenSessionsTest {
  private static final boolean RECORD = Boolean.getBoolean("holdfast.record");
  private static final Octets THERE = Octets.wrap(new byte[1000]);
  private static final Octets BACK = Octets.ofHex("6261636b");

  @TempDir Path dir;

  /** Who connects. */
  enum Active {
    WE,
    THEY
  }

  @ParameterizedTest
  @EnumSource
  void dtn7Rs(Active active) {
    Tool.DTN7_RS.require();
    List<Integer> ports = Loopback.freePorts(2);
    int ours = ports.get(0);
    int theirs = ports.get(1);
    TcpclFraming framing = TcpclFraming.STANDARD;
    try (Tap tap = Tap.to(active == Active.WE ? theirs : ours, framing, framing);
        OurGateway us =
            OurGateway.start(
                dir.resolve("us"), PeerLinks.dtn7RsOverTcpcl(ours, dialled(active, tap)));
        Dtn7Rs rs = rs(active, theirs, tap).start(dir.resolve("rs"))) {
      if (active == Active.WE) { // It connects when it has something to send.
        there(us, rs);
        back(us, rs);
      } else {
        back(us, rs);
        there(us, rs);
      }
      compare(tap, "dtn7-rs-0.21.0", active, "ipn:1", "ipn:23");
    }
  }

  private static Dtn7Rs.Node rs(Active active, int port, Tap tap) {
    Dtn7Rs.Node node = Dtn7Rs.node("ipn:23.0").endpoint("7").tcpcl(port);
    return active == Active.WE ? node : node.peer("tcp", tap.port(), "1");
  }

  private static void there(OurGateway us, Dtn7Rs rs) {
    us.send("ipn:1.5", "ipn:23.7", THERE);
    assertThat(rs.await("7", 1)).extracting(PeerBundles::payload).containsExactly(THERE);
  }

  private static void back(OurGateway us, Dtn7Rs rs) {
    rs.send("ipn:1.5", BACK);
    assertThat(us.await("ipn:1.5", 1)).containsExactly(BACK);
  }

  @ParameterizedTest
  @EnumSource
  void dtn7Go(Active active) {
    Tool.DTN7_GO.require();
    List<Integer> ports = Loopback.freePorts(2);
    int ours = ports.get(0);
    int theirs = ports.get(1);
    TcpclFraming framing = TcpclFraming.EXTENSION_LENGTH_IN_EVERY_SEGMENT;
    Dtn7Go.Node node = Dtn7Go.node("go").tcpcl(theirs);
    try (Tap tap = Tap.to(active == Active.WE ? theirs : ours, framing, framing);
        OurGateway us =
            OurGateway.start(
                dir.resolve("us"), PeerLinks.dtn7GoOverTcpcl(ours, dialled(active, tap)));
        Dtn7Go go = (active == Active.WE ? node : node.peer(tap.port())).start(dir.resolve("go"));
        Dtn7GoAgent in = go.agent("in")) {
      us.send("dtn://us/out", "dtn://go/in", THERE);
      assertThat(PeerBundles.payload(in.next())).isEqualTo(THERE);
      in.send(go.create("dtn://go/in", "dtn://us/in", BACK));
      assertThat(us.await("dtn://us/in", 1)).containsExactly(BACK);
      compare(tap, "dtn7-go-0.9.1", active, "dtn://us/", "dtn://go/");
    }
  }

  private static Optional<Integer> dialled(Active active, Tap tap) {
    return active == Active.WE ? Optional.of(tap.port()) : Optional.empty();
  }

  /** The same messages from each side, in the same order of first appearance. */
  private static void compare(Tap tap, String peer, Active active, String us, String they) {
    Awaitility.await("both sides' acknowledgements")
        .until(
            () ->
                kinds(tap.transcript(List.of()), Transcript.Side.ACTIVE).contains("XFER_ACK")
                    && kinds(tap.transcript(List.of()), Transcript.Side.PASSIVE)
                        .contains("XFER_ACK"));
    String name = active == Active.WE ? "holdfast-connects" : "connects-to-holdfast";
    String remark =
        (active == Active.WE
                ? "holdfast (%s) connects to %s (%s)"
                : "%2$s (%3$s) connects to holdfast (%1$s)")
            .formatted(us, peer, they);
    Transcript now =
        tap.transcript(List.of(remark + ": one bundle each way, as the gateways are configured."));
    if (RECORD) {
      now.write(Transcript.goldenDirectory().resolve(peer).resolve(name + ".transcript"));
    }
    Transcript golden = Transcript.golden(peer, name);
    for (Transcript.Side side : Transcript.Side.values()) {
      assertThat(kinds(now, side)).isEqualTo(kinds(golden, side));
    }
  }

  private static List<String> kinds(Transcript transcript, Transcript.Side side) {
    return transcript.names(side).stream()
        .filter(Predicate.not("KEEPALIVE"::equals))
        .distinct()
        .toList();
  }
}
