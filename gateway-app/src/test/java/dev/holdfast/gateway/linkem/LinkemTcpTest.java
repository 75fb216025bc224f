package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.gateway.linkem.LinkemSettings.AtWindowEnd;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LinkemTcpTest {
  private static final long MILLI = 1_000_000L;

  /** How much later than it should something may be noticed on a busy machine. */
  private static final double SLACK = 1_500;

  private static LinkQuality quality(long bytesPerSecond, long owltMillis, double loss) {
    return new LinkQuality(bytesPerSecond, owltMillis * MILLI, loss);
  }

  private static LinkSchedule windows(LinkQuality quality, long... startEndMillis) {
    List<LinkWindow> windows = new ArrayList<>();
    for (int i = 0; i < startEndMillis.length; i += 2) {
      windows.add(
          new LinkWindow(startEndMillis[i] * MILLI, startEndMillis[i + 1] * MILLI, quality));
    }
    return new LinkSchedule(LinkTimeline.of(windows), LinkTimeline.of(windows));
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  @Test
  void bytesArriveOneLightTimeLaterInEachDirectionOnItsOwn() throws IOException {
    LinkSchedule schedule =
        new LinkSchedule(
            LinkTimeline.always(quality(LinkQuality.UNLIMITED, 100, 0)),
            LinkTimeline.always(quality(LinkQuality.UNLIMITED, 300, 0)));
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.CUT)) {
      long begun = System.nanoTime();
      try (Socket near = peers.connect();
          Socket far = peers.accept()) {
        near.getOutputStream().write(1);
        assertThat(far.getInputStream().read()).isEqualTo(1);
        assertThat(millisSince(begun)).as("handshake and light time").isBetween(499.0, 499 + SLACK);

        long sent = System.nanoTime();
        far.getOutputStream().write(2);
        assertThat(near.getInputStream().read()).isEqualTo(2);
        assertThat(millisSince(sent)).as("back").isBetween(299.0, 299 + SLACK);

        sent = System.nanoTime();
        near.getOutputStream().write(3);
        assertThat(far.getInputStream().read()).isEqualTo(3);
        assertThat(millisSince(sent)).as("there").isBetween(99.0, 99 + SLACK);
      }
    }
  }

  @Test
  void bytesLeaveAtTheRateAndNoneIsLostOrChanged() throws IOException, InterruptedException {
    LinkSchedule schedule = LinkSchedule.always(quality(1_000_000, 20, 0));
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      byte[] sent = new byte[1_000_000];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) (i * 31 >> 3);
      }
      long begun = System.nanoTime();
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      near.getOutputStream().write(sent);
                      near.shutdownOutput();
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      byte[] received = far.getInputStream().readAllBytes();

      assertThat(received).isEqualTo(sent);
      writer.join();
      assertThat(millisSince(begun)).isBetween(1_010.0, 1_010 + SLACK);
      far.getOutputStream().write(9);
      assertThat(near.getInputStream().read()).as("the other half stays open").isEqualTo(9);
      // The relay counts a byte after it handed it on, so the reader may be ahead of the count.
      await()
          .untilAsserted(
              () -> {
                LinkStatistics statistics = peers.relay().statistics();
                assertThat(statistics.forward().streamBytesDelivered()).isEqualTo(1_000_000);
                assertThat(statistics.backward().streamBytesDelivered()).isEqualTo(1);
                assertThat(statistics.line())
                    .startsWith("1 connections (0 refused, 0 cut); forward 1000000");
              });
    }
  }

  @Test
  void connectionsShareTheRate() throws IOException, InterruptedException {
    try (Peers peers =
            new Peers(LinkSchedule.always(quality(1_000_000, 0, 0)), 1, AtWindowEnd.CUT);
        Socket one = peers.connect();
        Socket farOne = peers.accept();
        Socket two = peers.connect();
        Socket farTwo = peers.accept()) {
      long begun = System.nanoTime();
      Thread first = Peers.flood(one, 300_000);
      Thread second = Peers.flood(two, 300_000);
      long[] came = new long[1];
      Thread reader = Thread.ofVirtual().start(() -> came[0] = Peers.drain(farOne));

      assertThat(Peers.drain(farTwo)).isEqualTo(300_000);
      double secondDone = millisSince(begun);
      reader.join();
      first.join();
      second.join();

      assertThat(came[0]).isEqualTo(300_000);
      assertThat(millisSince(begun)).isBetween(580.0, 580 + SLACK);
      assertThat(secondDone).as("nobody had the link for himself").isGreaterThan(400);
    }
  }

  @Test
  void outsideAWindowConnectingIsRefusedAndInsideItWorks() throws IOException {
    LinkSchedule schedule = windows(quality(LinkQuality.UNLIMITED, 0, 0), 600, 1_200, 1_800, 9_000);
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.CUT)) {
      assertThatThrownBy(peers::connect).isInstanceOf(ConnectException.class);
      await()
          .pollInterval(Duration.ofMillis(10))
          .ignoreException(ConnectException.class)
          .until(
              () -> {
                peers.connect().close();
                return true;
              });
      assertThat(peers.relay().now()).isGreaterThanOrEqualTo(600 * MILLI);
      await().until(() -> peers.relay().now() > 1_250 * MILLI);
      assertThatThrownBy(peers::connect).isInstanceOf(ConnectException.class);
      await().until(() -> peers.relay().now() > 1_850 * MILLI);
      peers.connect().close();
    }
  }

  @Test
  void whatLeftBeforeTheWindowClosedArrivesAndThenBothEndsAreReset()
      throws IOException, InterruptedException {
    LinkSchedule schedule = windows(quality(500_000, 300, 0), 0, 1_600);
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      Thread writer = Peers.flood(near, 10_000_000);
      long[] nearGot = new long[1];
      Thread nearReader = Thread.ofVirtual().start(() -> nearGot[0] = Peers.drain(near));
      long came = Peers.drain(far);
      double ended = peers.relay().now() / 1e6;
      writer.join();
      nearReader.join();

      // Bytes move from the end of the handshake at 600 ms to 1600 ms: 500,000 of them.
      assertThat(-came).as("reset after").isBetween(300_000L, 500_000L);
      assertThat(-came).isEqualTo(peers.relay().statistics().forward().streamBytesTaken());
      assertThat(ended).isBetween(1_899.0, 1_899 + SLACK);
      assertThat(peers.relay().statistics().cut()).isEqualTo(1);
      assertThatThrownBy(() -> near.getOutputStream().write(new byte[10]))
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anIdleConnectionIsCutToo() throws IOException {
    try (Peers peers = new Peers(windows(quality(1_000, 0, 0), 0, 500), 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      assertThat(Peers.drain(far)).isZero();
      assertThat(Peers.drain(near)).isZero();
      assertThat(peers.relay().now()).isGreaterThan(500 * MILLI);
      assertThat(peers.relay().statistics().cut()).isEqualTo(1);
    }
  }

  @Test
  void aResetCutsConnectionsAndTheLinkStaysOpen() throws IOException {
    LinkTimeline open = LinkTimeline.always(quality(LinkQuality.UNLIMITED, 20, 0));
    LinkSchedule schedule = new LinkSchedule(open, open, List.of(600 * MILLI));
    for (AtWindowEnd atWindowEnd : AtWindowEnd.values()) {
      try (Peers peers = new Peers(schedule, 1, atWindowEnd)) {
        try (Socket near = peers.connect();
            Socket far = peers.accept()) {
          assertThat(Peers.drain(far)).isZero();
          assertThat(Peers.drain(near)).isZero();
          assertThat(peers.relay().now()).isGreaterThan(600 * MILLI);
        }
        try (Socket near = peers.connect();
            Socket far = peers.accept()) {
          near.getOutputStream().write(7);
          assertThat(far.getInputStream().read()).isEqualTo(7);
        }
        assertThat(peers.relay().statistics().cut()).isEqualTo(1);
      }
    }
  }

  @Test
  void aConnectionOutlivesAChangeOfTheRate() throws IOException, InterruptedException {
    List<LinkWindow> windows =
        List.of(
            new LinkWindow(LinkWindow.ALWAYS, 300 * MILLI, quality(0, 0, 0)),
            new LinkWindow(300 * MILLI, 700 * MILLI, quality(100_000, 0, 0)),
            new LinkWindow(700 * MILLI, LinkWindow.NEVER, quality(1_000_000, 0, 0)));
    LinkSchedule schedule =
        new LinkSchedule(
            LinkTimeline.of(windows), LinkTimeline.always(quality(LinkQuality.UNLIMITED, 0, 0)));
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      Thread writer = Peers.flood(near, 240_000);
      assertThat(Peers.drain(far)).isEqualTo(240_000);
      assertThat(peers.relay().now() / 1e6).as("40,000 by 700 ms").isBetween(890.0, 890 + SLACK);
      writer.join();
    }
  }

  @Test
  void whatIsInFlightWhenTheLinkClosesMayBeLost() throws IOException, InterruptedException {
    LinkTimeline closing =
        LinkTimeline.of(List.of(new LinkWindow(0, 1_600 * MILLI, quality(500_000, 300, 0), false)));
    try (Peers peers = new Peers(new LinkSchedule(closing, closing), 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      Thread writer = Peers.flood(near, 10_000_000);
      long came = Peers.drain(far);
      writer.join();

      // Bytes that leave from the end of the handshake at 600 ms to 1300 ms arrive: 350,000.
      assertThat(-came).as("reset after").isBetween(150_000L, 350_000L);
      assertThat(peers.relay().statistics().cut()).isEqualTo(1);
    }
  }

  @Test
  void heldConnectionsGoOnInTheNextWindow() throws IOException, InterruptedException {
    LinkSchedule schedule = windows(quality(200_000, 0, 0), 0, 700, 1_500, 9_000);
    try (Peers peers = new Peers(schedule, 1, AtWindowEnd.HOLD);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      Thread writer = Peers.flood(near, 200_000);

      assertThat(Peers.drain(far)).isEqualTo(200_000);
      assertThat(peers.relay().now() / 1e6).isBetween(1_780.0, 1_780 + SLACK);
      writer.join();
    }
  }

  @Test
  void lossDelaysAStreamAndChangesNothingElse() throws IOException, InterruptedException {
    long[] lost = new long[2];
    double[] took = new double[2];
    for (int run = 0; run < 2; run++) {
      LinkSchedule schedule = LinkSchedule.always(quality(2_000_000, 50, 0.02));
      try (Peers peers = new Peers(schedule, 99, AtWindowEnd.CUT);
          Socket near = peers.connect();
          Socket far = peers.accept()) {
        long begun = System.nanoTime();
        Thread writer = Peers.flood(near, 280_000);
        assertThat(Peers.drain(far)).isEqualTo(280_000);
        took[run] = millisSince(begun);
        writer.join();
        lost[run] = peers.relay().statistics().forward().streamPacketsLost();
      }
    }

    assertThat(lost[0]).as("200 packets, 2 %").isEqualTo(lost[1]).isBetween(1L, 12L);
    assertThat(took[0])
        .as("140 ms, 50 ms, the handshake, and part of a round trip")
        .isGreaterThan(300);
  }

  @Test
  void nobodyAtTheOtherEndIsToldOneRoundTripLater() throws IOException {
    try (Peers peers =
        new Peers(LinkSchedule.always(quality(1_000_000, 100, 0)), 1, AtWindowEnd.CUT)) {
      peers.server.close();
      long begun = System.nanoTime();
      try (Socket near = peers.connect()) {
        assertThat(Peers.drain(near)).isZero();
        assertThat(millisSince(begun)).isBetween(199.0, 199 + SLACK);
      }
      assertThat(peers.relay().statistics().refused()).isEqualTo(1);
    }
  }

  @Test
  void aResetCrossesTheLink() throws IOException {
    try (Peers peers =
            new Peers(LinkSchedule.always(quality(1_000_000, 50, 0)), 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      far.getOutputStream().write(1);
      assertThat(near.getInputStream().read()).isEqualTo(1);
      near.setSoLinger(true, 0);
      near.close();
      assertThatThrownBy(() -> far.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void aSlowReaderIsPushedBackToTheWriter() throws IOException, InterruptedException {
    try (Peers peers =
            new Peers(
                LinkSchedule.always(quality(LinkQuality.UNLIMITED, 0, 0)), 1, AtWindowEnd.CUT);
        Socket near = peers.connect();
        Socket far = peers.accept()) {
      Thread writer = Peers.flood(near, 64_000_000);
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(peers.relay().statistics().forward().streamBytesTaken())
                      .isBetween(1L, 40_000_000L));
      assertThat(writer.isAlive()).as("the writer waits").isTrue();
      assertThat(Peers.drain(far)).isEqualTo(64_000_000);
      writer.join();
    }
  }

  @Test
  void aPortInUseIsToldAndAClosedRelayGivesItsPortBack() throws IOException {
    LinkSchedule shut = windows(LinkQuality.PERFECT, 1_000_000, 1_000_001);
    InetSocketAddress address;
    try (Peers peers = new Peers(shut, 1, AtWindowEnd.CUT)) {
      address = peers.relay().address();
    }
    try (ServerSocket taken = new ServerSocket(address.getPort(), 1, address.getAddress())) {
      LinkemSettings settings =
          new LinkemSettings(address, address, shut, 1, AtWindowEnd.CUT, false);
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> Linkem.start(settings, LinkemLimits.DEFAULT, new RunningClock()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
    }
  }
}
