package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.gateway.linkem.LinkemSettings.AtWindowEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LinkemUdpTest {
  private static final long MILLI = 1_000_000L;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static DatagramChannel bound() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
  }

  private static Linkem relay(DatagramChannel to, LinkSchedule schedule) throws IOException {
    LinkemSettings settings =
        new LinkemSettings(
            new InetSocketAddress(LOOPBACK, 0),
            (InetSocketAddress) to.getLocalAddress(),
            schedule,
            5,
            AtWindowEnd.CUT,
            true);
    return Linkem.start(settings, LinkemLimits.DEFAULT, new RunningClock());
  }

  private static ByteBuffer number(int value) {
    return ByteBuffer.allocate(100).putInt(0, value);
  }

  @Test
  void datagramsGoThereAndBack() throws IOException {
    LinkSchedule schedule = LinkSchedule.always(new LinkQuality(1_000_000, 80 * MILLI, 0));
    try (DatagramChannel server = bound();
        DatagramChannel client = bound();
        Linkem relay = relay(server, schedule)) {
      long begun = System.nanoTime();
      client.send(number(17), relay.address());
      ByteBuffer buffer = ByteBuffer.allocate(1_000);
      SocketAddress from = server.receive(buffer);
      assertThat(buffer.flip().remaining()).isEqualTo(100);
      assertThat(buffer.getInt(0)).isEqualTo(17);
      server.send(number(18), from);
      client.receive(buffer.clear());
      assertThat(buffer.getInt(0)).isEqualTo(18);
      assertThat((System.nanoTime() - begun) / 1e6).isBetween(159.0, 1_500.0);
    }
  }

  private static List<Integer> arrivals(int count) throws IOException {
    LinkSchedule schedule = LinkSchedule.always(new LinkQuality(1_000_000, MILLI, 0.3));
    try (DatagramChannel server = bound();
        DatagramChannel client = bound();
        Linkem relay = relay(server, schedule)) {
      for (int i = 0; i < count; i++) {
        client.send(number(i), relay.address());
      }
      await()
          .until(
              () -> {
                LinkStatistics.Direction forward = relay.statistics().forward();
                return forward.datagramsDelivered() + forward.datagramsLost() == count;
              });
      List<Integer> arrived = new ArrayList<>();
      ByteBuffer buffer = ByteBuffer.allocate(1_000);
      for (long left = relay.statistics().forward().datagramsDelivered(); left > 0; left--) {
        server.receive(buffer.clear());
        arrived.add(buffer.getInt(0));
      }
      return arrived;
    }
  }

  @Test
  void theSameSeedLosesTheSameDatagrams() throws IOException {
    List<Integer> first = arrivals(200);

    assertThat(first).isSorted().hasSizeBetween(110, 170);
    assertThat(arrivals(200)).isEqualTo(first);
  }

  @Test
  void outsideAWindowAndBeyondTheQueueDatagramsAreDropped() throws IOException {
    LinkTimeline soon =
        LinkTimeline.of(
            List.of(new LinkWindow(300 * MILLI, 60_000 * MILLI, new LinkQuality(1_000, 0, 0))));
    try (DatagramChannel server = bound();
        DatagramChannel client = bound();
        Linkem relay = relay(server, new LinkSchedule(soon, soon))) {
      client.send(number(1), relay.address());
      await().until(() -> relay.statistics().forward().datagramsOutside() == 1);
      await().until(() -> relay.now() > 300 * MILLI);
      for (int i = 0; i < 10; i++) {
        client.send(number(i), relay.address());
      }
      await().until(() -> relay.statistics().forward().datagramsTaken() == 11);

      LinkStatistics statistics = relay.statistics();
      assertThat(statistics.forward().datagramsDropped()).as("250 ms hold 3").isBetween(4L, 7L);
      assertThat(statistics.line()).contains("(0 lost, 1 outside a window, ");
    }
  }

  @Test
  void aDatagramInFlightWhenTheLinkClosesMayBeLost() throws IOException {
    LinkTimeline closing =
        LinkTimeline.of(
            List.of(
                new LinkWindow(
                    0, 600 * MILLI, new LinkQuality(1_000_000, 60_000 * MILLI, 0), false),
                new LinkWindow(700 * MILLI, 800 * MILLI, new LinkQuality(1_000_000, 0, 0))));
    try (DatagramChannel server = bound();
        DatagramChannel client = bound();
        Linkem relay = relay(server, new LinkSchedule(closing, closing))) {
      client.send(number(1), relay.address());
      await().until(() -> relay.statistics().forward().datagramsLost() == 1);
    }
  }
}
