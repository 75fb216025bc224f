package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.gateway.linkem.Transmitter.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PacketLossTest {
  private static List<Long> lost(long seed, long flow, LinkDirection direction) {
    PacketLoss loss = new PacketLoss(seed);
    return LongStream.range(0, 100_000)
        .filter(packet -> loss.isLost(flow, direction, packet, 0, 0.1))
        .boxed()
        .toList();
  }

  @Test
  void theSameSeedLosesTheSamePackets() {
    List<Long> first = lost(7, 1, LinkDirection.FORWARD);

    assertThat(lost(7, 1, LinkDirection.FORWARD)).isEqualTo(first);
    assertThat(lost(8, 1, LinkDirection.FORWARD)).isNotEqualTo(first);
    assertThat(lost(7, 2, LinkDirection.FORWARD)).isNotEqualTo(first);
    assertThat(lost(7, 1, LinkDirection.BACKWARD)).isNotEqualTo(first);
  }

  @Test
  void asManyAreLostAsWasAskedFor() {
    assertThat((double) lost(42, 1, LinkDirection.FORWARD).size()).isCloseTo(10_000, within(300.0));
    PacketLoss loss = new PacketLoss(42);
    assertThat(
            LongStream.range(0, 10_000)
                .anyMatch(p -> loss.isLost(1, LinkDirection.FORWARD, p, 0, 0)))
        .isFalse();
  }

  @Test
  void theStreamsLossDoesNotDependOnHowItIsCut() {
    LinkWindow window = LinkWindow.always(new LinkQuality(1_000_000, 0, 0.2));

    assertThat(delayedBytes(window, 1)).isEqualTo(delayedBytes(window, 1_000_000));
    assertThat(delayedBytes(window, 777)).isEqualTo(delayedBytes(window, 1_000_000));
  }

  private static long delayedBytes(LinkWindow window, int step) {
    StreamLoss loss = new StreamLoss(new PacketLoss(3), 1, LinkDirection.FORWARD);
    int left = 1_000_000;
    while (left > 0) {
      int bytes = Math.min(step, left);
      assertThat(loss.delay(bytes, new Passage.Departs(bytes, 0, window, window), 10)).isPresent();
      left -= bytes;
    }
    return loss.lost();
  }

  @Test
  void aPacketLostTwiceIsTwoRoundTripsLate() {
    LinkWindow window = LinkWindow.always(new LinkQuality(1_000_000, 0, 0.5));
    StreamLoss loss = new StreamLoss(new PacketLoss(3), 1, LinkDirection.FORWARD);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      delays.add(
          loss.delay(
                  PacketLoss.STREAM_PACKET,
                  new Passage.Departs(PacketLoss.STREAM_PACKET, 0, window, window),
                  100)
              .orElseThrow());
    }

    assertThat(delays).contains(0L, 100L, 200L, 300L).allMatch(delay -> delay % 100 == 0);
    assertThat(delays.stream().mapToLong(Long::longValue).sum()).isEqualTo(100 * loss.lost());
  }

  @Test
  void whatCannotBeSentAgainWithinTheWindowIsGone() {
    LinkWindow window = new LinkWindow(0, 1_000, new LinkQuality(1_000_000, 0, 0.9));
    StreamLoss loss = new StreamLoss(new PacketLoss(3), 1, LinkDirection.FORWARD);

    assertThat(loss.delay(1_000_000, new Passage.Departs(1_000_000, 950, window, window), 100))
        .isEqualTo(OptionalLong.empty());
  }

  @Test
  void whatWouldArriveAfterACloseThatLosesItIsGone() {
    LinkWindow window = new LinkWindow(0, 1_000, new LinkQuality(1_000_000, 100, 0), false);
    StreamLoss loss = new StreamLoss(new PacketLoss(3), 1, LinkDirection.FORWARD);

    assertThat(loss.delay(10, new Passage.Departs(10, 900, window, window), 100)).hasValue(0);
    assertThat(loss.delay(10, new Passage.Departs(10, 901, window, window), 100)).isEmpty();
  }
}
