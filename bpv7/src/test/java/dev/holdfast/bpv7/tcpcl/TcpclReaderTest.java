package dev.holdfast.bpv7.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpclReaderTest {
  private static final String[] SESSION = {
    "contact-header flags=1",
    "sess-init node=ipn:977.0",
    "segment start end id=0 size=10 total=10",
    "segment start id=1 size=300",
    "ack id=7 flags=3 length=5",
    "segment id=1 size=70",
    "segment end id=1 size=5",
    "keepalive",
    "refuse id=9 reason=2",
    "segment start id=2 size=1",
    "segment end id=2 size=0",
    "reject reason=1 type=2",
    "sess-term reason=1"
  };

  private static Octets bytes(boolean lengthInEverySegment, String... lines) {
    PeerBytes peer = new PeerBytes(lengthInEverySegment);
    return Octets.concat(Stream.of(lines).map(peer::encode).toList());
  }

  /** What is read if the bytes come in two pieces, data by its length. */
  private static List<String> read(Octets bytes, int cut) {
    TcpclReader reader = new TcpclReader(TcpclLimits.DEFAULT);
    List<TcpclPart> parts = new ArrayList<>(reader.on(bytes.slice(0, cut)));
    parts.addAll(reader.on(bytes.from(cut)));
    List<String> lines = new ArrayList<>();
    long data = 0;
    for (TcpclPart part : parts) {
      if (part instanceof TcpclPart.SegmentData(Octets octets)) {
        data += octets.size();
        continue;
      }
      if (part instanceof TcpclPart.SegmentEnded) {
        lines.add(data + " bytes");
        data = 0;
      } else {
        lines.add(line(part));
      }
    }
    return lines;
  }

  private static String line(TcpclPart part) {
    return switch (part) {
      case TcpclPart.ContactHeader(boolean canTls) -> "contact tls=" + canTls;
      case TcpclPart.SessionInit(Optional<NodeId> node) ->
          "init " + node.map(NodeId::toString).orElse("-");
      case TcpclPart.SegmentBegun(long id, boolean start, boolean end) ->
          "segment " + id + (start ? " start" : "") + (end ? " end" : "");
      case TcpclPart.Refused(long id, XferRefuseReason reason) -> "refused " + id + " " + reason;
      case TcpclPart.SessionEnded() -> "ended";
      case TcpclPart.Other() -> "other";
      case TcpclPart.Unreadable(Fault fault) -> "unreadable " + fault;
      case TcpclPart.SegmentData _, TcpclPart.SegmentEnded _ -> throw new AssertionError(part);
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsASessionHoweverItIsCut(boolean lengthInEverySegment) {
    Octets bytes = bytes(lengthInEverySegment, SESSION);
    for (int cut = 0; cut <= bytes.size(); cut++) {
      assertThat(read(bytes, cut))
          .as("cut at %d", cut)
          .containsExactly(
              "contact tls=true",
              "init ipn:977.0",
              "segment 0 start end",
              "10 bytes",
              "segment 1 start",
              "300 bytes",
              "other",
              "segment 1",
              "70 bytes",
              "segment 1 end",
              "5 bytes",
              "other",
              "refused 9 NO_RESOURCES",
              "segment 2 start",
              "1 bytes",
              "segment 2 end",
              "0 bytes",
              "other",
              "ended");
    }
  }

  @Test
  void oneByteAtATimeIsEnough() {
    Octets bytes = bytes(true, SESSION);
    TcpclReader reader = new TcpclReader(TcpclLimits.DEFAULT);
    List<TcpclPart> parts = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      parts.addAll(reader.on(bytes.slice(i, i + 1)));
    }
    assertThat(parts).last().isEqualTo(new TcpclPart.SessionEnded());
    assertThat(parts.stream().filter(TcpclPart.SegmentData.class::isInstance)).hasSize(386);
  }

  /** The first later segment is empty: in the strict form what follows it is a message. */
  @Test
  void anEmptyLastSegmentIsNotTakenForTheOtherForm() {
    Octets bytes =
        bytes(
            false,
            "contact-header",
            "sess-init",
            "segment start id=5 size=2",
            "segment end id=5 size=0",
            "sess-term");
    for (int cut = 0; cut <= bytes.size(); cut++) {
      assertThat(read(bytes, cut))
          .endsWith("segment 5 start", "2 bytes", "segment 5 end", "0 bytes", "ended");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          64746e2103            ~ offset 4, RFC 9174 §4.3: it is version 3 of TCPCL, not 4
          6474003103            ~ offset 2, RFC 9174 §4.3: no contact header: magic is not dtn!
          64746e21040009        ~ offset 6, RFC 9174 §5.1.2: message type 9 is unknown
          """)
  void tellsWhereReadingEnds(String hex, String fault) {
    Octets bytes = Octets.ofHex(hex.length() < 12 ? hex + "00" : hex);
    TcpclReader reader = new TcpclReader(TcpclLimits.DEFAULT);
    List<TcpclPart> parts = reader.on(bytes);
    assertThat(line(parts.getLast())).isEqualTo("unreadable " + fault);
    assertThat(reader.on(bytes)).isEmpty();
  }

  /** In the other form the fault is still counted from the start of the connection. */
  @Test
  void offsetsCountFromTheStart() {
    Octets session =
        bytes(
            true,
            "contact-header",
            "sess-init",
            "segment start id=1 size=3",
            "segment end id=1 size=4");
    Octets bytes = Octets.concat(List.of(session, Octets.ofHex("ff")));
    assertThat(read(bytes, 3))
        .last()
        .isEqualTo(
            "unreadable offset "
                + session.size()
                + ", RFC 9174 §5.1.2: message type 255 is unknown");
  }
}
