package dev.holdfast.contacts.trace.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapCaptureTest {
  private static final Octets SMALL = Wire.bundle(200, 1);
  private static final Octets LARGE = Wire.bundle(3_000, 2);
  private static final Octets BACK = Wire.bundle(500, 3);

  /** Two bundles one way, one of them in three segments, and one the other way. */
  private static List<Frame> session() {
    return Wire.v4(Wire.list())
        .meet(0, "ipn:2.0", "dtn://mars/")
        .at(0.75)
        .says(0, Wire.transfer(0, SMALL))
        .at(1.0)
        .says(1, Wire.ack(0, 200))
        .says(0, Wire.segment(1, true, false, false, LARGE.slice(0, 1000)))
        .at(2.25)
        .says(1, Wire.transfer(0, BACK))
        .at(3.5)
        .says(0, Wire.segment(1, false, false, false, LARGE.slice(1000, 2000)))
        .says(0, Wire.segment(1, false, true, false, LARGE.slice(2000, 3000)))
        .at(4)
        .says(1, Wire.ack(1, 3000))
        .says(0, Wire.term())
        .says(1, Wire.term())
        .at(4.5)
        .closes(0)
        .at(4.75)
        .closes(1)
        .frames();
  }

  private static BadTraceException refused(byte[] file) {
    return refused(file, CaptureOptions.DEFAULT);
  }

  private static BadTraceException refused(byte[] file, CaptureOptions options) {
    try {
      Heard heard = Heard.of(file, options);
      throw new AssertionError("read: " + heard.events());
    } catch (BadTraceException bad) {
      return bad;
    }
  }

  private static CaptureLimits limits(
      int connections, int waiting, int allWaiting, long bundleBytes, int openTransfers) {
    return new CaptureLimits(
        1 << 20, 4, connections, waiting, allWaiting, bundleBytes, openTransfers);
  }

  @Test
  void aSessionIsTwoLinksAndItsBundles() {
    Heard heard = Heard.of(session());
    assertThat(Traces.text(heard.trace()).lines().skip(1))
        .containsExactly("#epoch 2026-12-01T00:00:00Z");
    assertThat(heard.trace().epoch()).contains(DtnTime.of(Instant.parse("2026-12-01T00:00:00Z")));
    assertThat(heard.events())
        .containsExactlyElementsOf(
            Traces.vector("tcpcl-session.linktrace").lines().skip(2).toList());
    assertThat(heard.bundles())
        .containsExactly(
            "1 begun 2>mars 750",
            "1 whole 750 200",
            "2 begun 2>mars 1000",
            "3 begun mars>2 2250",
            "3 whole 2250 500",
            "2 whole 3500 3000");
    assertThat(heard.contents()).containsExactly(SMALL, BACK, LARGE);
    assertThat(heard.findings()).isEmpty();
    assertThat(
            Traces.lines(
                LinkTraceText.read(
                    TraceSource.ofText("t", Traces.vector("tcpcl-session.linktrace")),
                    TraceLimits.DEFAULT)))
        .isEqualTo(heard.events());
  }

  @ParameterizedTest
  @EnumSource(CaptureFile.Format.class)
  void everyFormatAndLinkTypeSaysTheSame(CaptureFile.Format format) {
    List<String> expected = Heard.of(session()).events();
    for (int linkType : new int[] {0, 1, 12, 14, 101, 108, 113, 228, 276}) {
      Heard heard =
          Heard.of(new CaptureFile(format, linkType).of(session()), CaptureOptions.DEFAULT);
      assertThat(heard.events()).as("link type %d", linkType).isEqualTo(expected);
      assertThat(heard.contents()).containsExactly(SMALL, BACK, LARGE);
      assertThat(heard.findings()).isEmpty();
    }
  }

  @Test
  void nodesThatDoNotNameThemselvesAreNamedByAddress() {
    List<Frame> frames =
        new Wire(
                Wire.list(),
                "fd000000000000000000000000000001",
                50_000,
                "fd000000000000000000000000000002",
                4556)
            .open(0, 0.25)
            .at(1)
            .says(0, Octets.ofHex("40"), Wire.byteString(SMALL))
            .at(1.5)
            .says(0, Wire.byteString(LARGE), Octets.ofHex("40"))
            .at(2)
            .closes(0)
            .frames();
    Heard heard = Heard.of(frames);
    String link = "fd00:0:0:0:0:0:0:1:50000>fd00:0:0:0:0:0:0:2:4556";
    assertThat(heard.events())
        .containsExactly(
            "1 " + link + " up owlt=0.25",
            "1 " + link + " xfer id=1 bytes=200 end=1",
            "1 " + link + " rate 3200",
            "1.5 " + link + " xfer id=2 bytes=3000 end=1.5",
            "2 " + link + " down inflight=delivered");
    assertThat(heard.contents()).containsExactly(SMALL, LARGE);

    Map<String, String> names = new TreeMap<>();
    names.put("fd00:0:0:0:0:0:0:1", "earth");
    names.put("fd00:0:0:0:0:0:0:2:4556", "mars");
    Heard named = Heard.of(CaptureFile.PLAIN.of(frames), CaptureOptions.DEFAULT.withNames(names));
    assertThat(named.events()).first().isEqualTo("1 earth>mars up owlt=0.25");
  }

  /** Segments repeated, overlapping and out of order say what they say in order. */
  @Test
  void segmentsComeInAnyOrder() {
    SplittableRandom random = new SplittableRandom(5);
    Octets stream =
        Octets.concat(
            List.of(
                Wire.contact(false),
                Wire.init("ipn:1.0"),
                Wire.transfer(0, SMALL),
                Wire.segment(1, true, false, false, LARGE.slice(0, 1_500)),
                Wire.segment(1, false, true, false, LARGE.from(1_500)),
                Wire.transfer(2, BACK)));
    for (int round = 0; round < 200; round++) {
      Wire wire = Wire.v4(Wire.list()).open(0, 0.1);
      wire.at(0.5).says(1, Wire.contact(false), Wire.init("ipn:2.0"));
      List<int[]> cuts = new ArrayList<>();
      for (int at = 0; at < stream.size(); ) {
        int to = Math.min(stream.size(), at + 1 + random.nextInt(700));
        cuts.add(new int[] {at, to});
        if (random.nextInt(3) == 0) { // once more, from somewhere before to somewhere behind
          cuts.add(
              new int[] {
                Math.max(0, at - random.nextInt(300)),
                Math.min(stream.size(), to + random.nextInt(300))
              });
        }
        at = to;
      }
      for (int i = cuts.size() - 1; i > 0; i--) { // not further than a few places
        int j = Math.max(0, i - random.nextInt(6));
        int[] swapped = cuts.set(i, cuts.get(j));
        cuts.set(j, swapped);
      }
      int at = 0;
      for (int[] cut : cuts) {
        wire.at(1 + at++ * 0.001).saysAt(0, cut[0], stream.slice(cut[0], cut[1]));
      }
      wire.at(9).saysAt(0, stream.size(), Octets.EMPTY);
      Heard heard = Heard.of(wire.frames());
      assertThat(heard.contents()).as("round %d", round).containsExactly(SMALL, LARGE, BACK);
      assertThat(heard.findings()).isEmpty();
    }
  }

  @Test
  void bytesThatWereNotCapturedEndTheReadingOfTheirSide() {
    Octets transfer = Wire.transfer(1, LARGE);
    List<Frame> frames =
        Wire.v4(Wire.list())
            .meet(0, "ipn:1.0", "ipn:2.0")
            .says(0, Wire.transfer(0, SMALL), transfer.slice(0, 1_000))
            .loses(0, transfer.slice(1_000, 1_001))
            .says(0, transfer.from(1_001))
            .says(1, Wire.transfer(0, BACK))
            .closes(0)
            .frames();
    Heard heard = Heard.of(frames);
    assertThat(heard.contents()).containsExactly(SMALL, BACK);
    assertThat(heard.bundles()).contains("2 broken 500 bytes of it were not captured");
    assertThat(heard.findings())
        .containsExactly(
            "connection 10.0.0.1:50000>10.0.0.2:4556 lacks bytes of 10.0.0.1:50000 after the first"
                + " 1260: what follows them is not read",
            "1 bundles did not cross whole: bytes of it were not captured");
  }

  @Test
  void whatWaitsIsBounded() {
    Octets transfer = Wire.transfer(1, LARGE);
    Wire wire = Wire.v4(Wire.list()).meet(0, "ipn:1.0", "ipn:2.0");
    wire.loses(0, transfer.slice(0, 1)).says(0, transfer.from(1)).saysAt(0, -3022, transfer);
    byte[] file = CaptureFile.PLAIN.of(wire.frames());
    CaptureOptions enough = CaptureOptions.DEFAULT.withLimits(limits(9, 3_121, 3_121, 9_999, 9));
    assertThat(Heard.of(file, enough).contents()).containsExactly(LARGE);
    for (CaptureLimits small :
        List.of(limits(9, 3_120, 9_999, 9_999, 9), limits(9, 9_999, 3_120, 9_999, 9))) {
      Heard heard = Heard.of(file, CaptureOptions.DEFAULT.withLimits(small));
      assertThat(heard.contents()).isEmpty();
      assertThat(heard.findings()).first().asString().contains("lacks bytes of 10.0.0.1:50000");
    }
  }

  @Test
  void partOfAPacketIsAGap() {
    List<Frame> frames = session();
    List<Frame> cut = new ArrayList<>();
    for (Frame frame : frames) {
      cut.add(new Frame(frame.unixNanos(), frame.ip().slice(0, Math.min(frame.ip().size(), 200))));
    }
    Heard heard = Heard.of(cut);
    assertThat(heard.contents()).isEmpty();
    assertThat(heard.findings())
        .contains("5 packets were captured only in part: capture whole ones (tcpdump -s 0)");
    assertThat(heard.events()).contains("0.5 2>mars up owlt=0.125");
  }

  @Test
  void aResetLosesWhatIsInFlight() {
    Wire wire = Wire.v4(Wire.list()).meet(0, "ipn:1.0", "ipn:2.0");
    wire.says(0, Wire.transfer(0, LARGE).slice(0, 500)).at(2).resets(1);
    Heard heard = Heard.of(wire.frames());
    assertThat(heard.events())
        .containsExactly(
            "0.5 1>2 up owlt=0.125",
            "0.5 2>1 up owlt=0.125",
            "0.5 1>2 rate 956",
            "2 1>2 down inflight=lost",
            "2 2>1 down inflight=lost");
    assertThat(heard.bundles())
        .containsExactly("1 begun 1>2 500", "1 broken 2000 the connection was reset within it");
  }

  /** Two sessions of the same nodes are one link; the end of one is a reset at most. */
  @Test
  void aLinkIsUpWhileAnySessionIs() {
    List<Frame> frames = Wire.list();
    new Wire(frames, "0a000001", 1, "0a000002", 4556).meet(0, "ipn:1.0", "ipn:2.0");
    Wire second = new Wire(frames, "0a000002", 2, "0a000001", 4556);
    second.meet(1, "ipn:2.0", "ipn:1.0");
    second.at(2).resets(0);
    Wire third = new Wire(frames, "0a000001", 1, "0a000002", 4556);
    third.meet(3, "ipn:1.0", "ipn:2.0");
    assertThat(Heard.of(frames).events())
        .containsExactly(
            "0.5 1>2 up owlt=0.125",
            "0.5 2>1 up owlt=0.125",
            "2 2>1 reset",
            "2 1>2 reset",
            "3 1>2 down inflight=lost",
            "3 2>1 down inflight=lost",
            "3.5 1>2 up owlt=0.125",
            "3.5 2>1 up owlt=0.125",
            "3.5 1>2 down inflight=delivered",
            "3.5 2>1 down inflight=delivered");
  }

  @Test
  void aTransferThatIsRefusedDidNotCross() {
    Wire wire = Wire.v4(Wire.list()).meet(0, "ipn:1.0", "ipn:2.0");
    wire.says(0, Wire.segment(7, true, false, false, LARGE.slice(0, 100)));
    wire.says(1, Wire.refuse(7), Wire.refuse(8))
        .says(0, Wire.segment(7, false, true, false, SMALL));
    wire.says(0, Wire.transfer(9, SMALL));
    Heard heard = Heard.of(wire.frames());
    assertThat(heard.contents()).containsExactly(SMALL);
    assertThat(heard.bundles()).contains("1 broken 500 the receiver refused it (NO_RESOURCES)");
  }

  /** As dtn7-go writes it: lengths of extensions in every segment, transfers mixed. */
  @Test
  void theOtherFormOfSegmentsIsFoundOut() {
    Wire wire = Wire.v4(Wire.list()).meet(0, "ipn:1.0", "ipn:2.0");
    wire.says(
        0,
        Wire.segment(1, true, false, true, LARGE.slice(0, 1000)),
        Wire.segment(2, true, false, true, BACK.slice(0, 100)),
        Wire.segment(1, false, true, true, LARGE.from(1000)),
        Wire.segment(2, false, true, true, BACK.from(100)));
    assertThat(Heard.of(wire.frames()).contents()).containsExactly(LARGE, BACK);
  }

  @Test
  void whatCrossesTlsIsNotRead() {
    Wire wire = Wire.v4(Wire.list()).open(0, 0.125);
    wire.at(1).says(0, Wire.contact(true)).says(1, Wire.contact(true));
    wire.says(0, Octets.ofHex("160301000100"), Wire.bundle(994, 1)).at(2).closes(0);
    Heard heard = Heard.of(wire.frames());
    assertThat(heard.events())
        .containsExactly(
            "1 10.0.0.1:50000>10.0.0.2:4556 up owlt=0.125",
            "1 10.0.0.2:4556>10.0.0.1:50000 up owlt=0.125",
            "1 10.0.0.2:4556>10.0.0.1:50000 rate 6",
            "1 10.0.0.1:50000>10.0.0.2:4556 rate 1000",
            "2 10.0.0.1:50000>10.0.0.2:4556 down inflight=delivered",
            "2 10.0.0.2:4556>10.0.0.1:50000 down inflight=delivered");
    assertThat(heard.findings())
        .containsExactly(
            "connection 10.0.0.1:50000>10.0.0.2:4556 uses TLS, so what crosses it cannot be read:"
                + " only that it is up");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          64746e210300001e          ~ connection 10.0.0.1:50000>10.0.0.2:4556 cannot be read further, for what 10.0.0.1:50000 sent is no TCPCLv4: offset 4, RFC 9174 §4.3: it is version 3 of TCPCL, not 4
          64746e22                  ~ nothing of TCPCLv4, MTCP or UDPCL is in the capture
          16030100                  ~ connection 10.0.0.1:50000>10.0.0.2:4556 uses TLS from its start, so it cannot be read and is left out
          474554202f20485454502f    ~ nothing of TCPCLv4, MTCP or UDPCL is in the capture
          00000064                  ~ nothing of TCPCLv4, MTCP or UDPCL is in the capture
          """)
  void aCaptureInWhichNothingCanBeReadIsRefused(String hex, String what) {
    Wire wire = Wire.v4(Wire.list()).open(0, 0.1).says(0, Octets.ofHex(hex)).closes(0);
    BadTraceException bad = refused(CaptureFile.PLAIN.of(wire.frames()));
    assertThat(bad.what()).isEqualTo(what);
    // The first three packets are 56 bytes each, behind a head of 24.
    assertThat(bad)
        .hasMessageStartingWith(
            "c: offset " + (what.startsWith("connection") ? 24 + 3 * 56 : 0) + ": ");
    assertThat(bad.mend())
        .isEqualTo(
            "what can be read is TCPCLv4, MTCP and UDPCL in the clear, connections from their start");
  }

  @Test
  void onlyThePortThatIsAskedForIsLookedAt() {
    byte[] file = CaptureFile.PLAIN.of(session());
    assertThat(Heard.of(file, CaptureOptions.DEFAULT.withPort(4556)).contents()).hasSize(3);
    assertThat(Heard.of(file, CaptureOptions.DEFAULT.withPort(50_000)).contents()).hasSize(3);
    assertThat(refused(file, CaptureOptions.DEFAULT.withPort(1)).what())
        .isEqualTo("nothing of TCPCLv4, MTCP or UDPCL is in the capture");
    Heard asMtcp = Heard.of(file, CaptureOptions.DEFAULT.withLayer(CaptureLayer.MTCP));
    assertThat(asMtcp.findings())
        .first()
        .asString()
        .contains("is no MTCP: offset 0, RFC 8949 §3.1: not a byte string");
  }

  @Test
  void limitsAreToldAndTheRestIsRead() {
    List<Frame> frames = Wire.list();
    for (int port = 1; port <= 3; port++) {
      new Wire(frames, "0a000001", port, "0a000002", 4556)
          .at(port)
          .says(0, Wire.byteString(LARGE).slice(0, 500));
    }
    new Wire(frames, "0a000001", 9, "0a000002", 4556).at(9).says(0, Wire.byteString(SMALL));
    byte[] file = CaptureFile.PLAIN.of(frames);
    Heard few = Heard.of(file, CaptureOptions.DEFAULT.withLimits(limits(2, 1, 1, 9_999, 9)));
    assertThat(few.findings()).contains("2 connections were given up for want of room");
    assertThat(few.bundles())
        .contains(
            "1 broken 2000 too many connections were open",
            "2 broken 8000 too many connections were open",
            "4 whole 8000 200");
    Heard one = Heard.of(file, CaptureOptions.DEFAULT.withLimits(limits(9, 1, 1, 9_999, 1)));
    assertThat(one.findings())
        .contains("3 bundles were under way while too many others were: left out");
    Heard small = Heard.of(file, CaptureOptions.DEFAULT.withLimits(limits(9, 1, 1, 199, 9)));
    assertThat(small.bundles()).contains("4 broken 8000 it is longer than 199 bytes");
  }

  @Test
  void aDatagramIsABundle() {
    Wire wire = Wire.v4(Wire.list());
    wire.at(0).datagram(0, SMALL).at(0.5).datagram(1, BACK).at(1).datagram(0, LARGE);
    wire.datagram(0, Octets.ofHex("00000000")).at(2).datagram(1, Octets.ofHex("16fefd"));
    byte[] file = CaptureFile.PLAIN.of(wire.frames());
    Heard heard = Heard.of(file, CaptureOptions.DEFAULT);
    assertThat(heard.events())
        .containsExactly(
            "0 10.0.0.1:50000>10.0.0.2:4556 up",
            "0 10.0.0.1:50000>10.0.0.2:4556 xfer id=1 bytes=200 end=0",
            "0 10.0.0.1:50000>10.0.0.2:4556 rate 200",
            "0.5 10.0.0.2:4556>10.0.0.1:50000 up",
            "0.5 10.0.0.2:4556>10.0.0.1:50000 xfer id=2 bytes=500 end=0.5",
            "0.5 10.0.0.2:4556>10.0.0.1:50000 rate 1000",
            "1 10.0.0.1:50000>10.0.0.2:4556 xfer id=3 bytes=3000 end=1",
            "1 10.0.0.1:50000>10.0.0.2:4556 rate 3000",
            "2 10.0.0.1:50000>10.0.0.2:4556 down inflight=delivered",
            "2 10.0.0.2:4556>10.0.0.1:50000 down inflight=delivered");
    assertThat(heard.contents()).containsExactly(SMALL, BACK, LARGE);
    assertThat(heard.findings()).containsExactly("2 datagrams hold no bundle: left out");
    assertThat(Heard.of(file, CaptureOptions.DEFAULT.withLayer(CaptureLayer.UDPCL)).contents())
        .hasSize(3);
    assertThat(refused(file, CaptureOptions.DEFAULT.withLayer(CaptureLayer.TCPCL)).what())
        .isEqualTo("nothing of TCPCLv4, MTCP or UDPCL is in the capture");
  }

  @Test
  void readsBundlesOfIonInDatagrams() {
    Heard heard = Heard.of(ReferenceData.bytes("captures/ion-udp.pcap"), CaptureOptions.DEFAULT);
    assertThat(heard.contents()).isNotEmpty().allMatch(bundle -> bundle.unsigned(0) == 0x9f);
  }

  /** Cut anywhere, a capture is either whole to there or refused with the place of the cut. */
  @ParameterizedTest
  @EnumSource(
      value = CaptureFile.Format.class,
      names = {"PCAP_MICROS_BIG", "PCAPNG_NANOS", "PCAPNG_OLD_PACKET"})
  void aCutCaptureIsNoticed(CaptureFile.Format format) {
    byte[] whole = new CaptureFile(format, 113).of(session());
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      try {
        Heard.of(cut, CaptureOptions.DEFAULT);
        read++;
      } catch (BadTraceException bad) {
        if (bad.what().startsWith("the file stops within")) {
          assertThat(bad).hasMessageStartingWith("c: offset " + length + ": the file stops within");
          assertThat(bad.mend()).startsWith("copy the whole file again");
        } else {
          assertThat(bad.what())
              .isIn("the file is empty", "nothing of TCPCLv4, MTCP or UDPCL is in the capture");
        }
      }
    }
    assertThat(read).as("cuts between packets").isBetween(10, session().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f8b0800", "7f454c46", "a1b2cd34"})
  void tellsWhatIsNoCapture(String hex) {
    BadTraceException bad = refused(Octets.ofHex(hex).toByteArray());
    assertThat(bad.what())
        .isEqualTo(hex.startsWith("1f8b") ? "the file is compressed" : "the file is no capture");
  }

  /** Any byte changed: read or refused, and never anything else. */
  @Test
  void damageIsBorne() {
    SplittableRandom random = new SplittableRandom(3);
    for (CaptureFile.Format format : CaptureFile.Format.values()) {
      byte[] whole = new CaptureFile(format, 1).of(session());
      for (int round = 0; round < 400; round++) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        try {
          Heard.of(damaged, CaptureOptions.DEFAULT);
        } catch (BadTraceException bad) {
          assertThat(bad).hasMessageStartingWith("c: offset ");
        }
      }
    }
  }

  @Test
  void capturesOfOtherLayersAreRefused() {
    assertThatThrownBy(
            () -> Heard.of(ReferenceData.bytes("captures/ion-tcp.pcap"), CaptureOptions.DEFAULT))
        .isInstanceOf(BadTraceException.class)
        .hasMessageContaining("it is version 3 of TCPCL, not 4");
    assertThat(refused(ReferenceData.bytes("captures/ion-stcp.pcap")).what())
        .isEqualTo("nothing of TCPCLv4, MTCP or UDPCL is in the capture");
  }
}
