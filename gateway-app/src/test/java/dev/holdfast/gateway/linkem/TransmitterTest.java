package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.linkem.Transmitter.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransmitterTest {
  private static final long SECOND = 1_000_000_000L;
  private static final LinkQuality QUALITY = new LinkQuality(1_000, 5 * SECOND, 0);

  private static Passage.Departs departs(Passage passage) {
    assertThat(passage).isInstanceOf(Passage.Departs.class);
    return (Passage.Departs) passage;
  }

  @Test
  void bytesLeaveAtTheRateAndArriveOneLightTimeLater() {
    Transmitter transmitter = new Transmitter(LinkTimeline.always(QUALITY));

    Passage.Departs first = departs(transmitter.send(0, 500));
    Passage.Departs second = departs(transmitter.send(0, 1_000));

    assertThat(first.departedAt()).isEqualTo(SECOND / 2);
    assertThat(first.arrivesAt()).isEqualTo(5 * SECOND + SECOND / 2);
    assertThat(second.departedAt()).as("behind the first").isEqualTo(3 * SECOND / 2);
    assertThat(transmitter.backlogNanos(SECOND)).isEqualTo(SECOND / 2);
  }

  @Test
  void anIdleTransmitterStartsAtOnce() {
    Transmitter transmitter = new Transmitter(LinkTimeline.always(QUALITY));
    departs(transmitter.send(0, 1_000));

    assertThat(departs(transmitter.send(10 * SECOND, 1_000)).departedAt()).isEqualTo(11 * SECOND);
  }

  @Test
  void onlyWhatFitsIntoTheWindowLeaves() {
    LinkTimeline timeline =
        LinkTimeline.of(
            List.of(
                new LinkWindow(20 * SECOND, 30 * SECOND, QUALITY),
                new LinkWindow(SECOND, 3 * SECOND, QUALITY)));
    Transmitter transmitter = new Transmitter(timeline);

    assertThat(transmitter.send(0, 10)).isEqualTo(new Passage.Closed(SECOND));
    Passage.Departs part = departs(transmitter.send(SECOND, 5_000));
    assertThat(part.bytes()).isEqualTo(2_000);
    assertThat(part.arrivesAt()).as("after the window has closed").isEqualTo(8 * SECOND);
    assertThat(transmitter.send(2 * SECOND, 1)).isEqualTo(new Passage.Closed(20 * SECOND));
    assertThat(departs(transmitter.send(25 * SECOND, 1_000)).departedAt()).isEqualTo(26 * SECOND);
    assertThat(transmitter.send(40 * SECOND, 1)).isEqualTo(new Passage.Closed(LinkWindow.NEVER));
  }

  @Test
  void aByteThatWouldEndAfterTheWindowDoesNotLeave() {
    LinkTimeline timeline = LinkTimeline.of(List.of(new LinkWindow(0, SECOND, QUALITY)));
    Transmitter transmitter = new Transmitter(timeline);

    assertThat(transmitter.send(SECOND - 500_000, 1)).isInstanceOf(Passage.Closed.class);
  }

  @Test
  void theFastestRateDoesNotOverflow() {
    LinkQuality fast = new LinkQuality(LinkQuality.UNLIMITED, LinkQuality.MAX_OWLT_NANOS, 0);
    LinkTimeline timeline = LinkTimeline.of(List.of(new LinkWindow(0, 10, fast)));
    Transmitter transmitter = new Transmitter(timeline);

    assertThat(departs(transmitter.send(0, 65_536)).bytes()).isEqualTo(10_000);
  }

  @Test
  void bytesGoOnLeavingAcrossAChangeOfTheRate() {
    LinkQuality slow = new LinkQuality(100, SECOND, 0);
    LinkTimeline timeline =
        LinkTimeline.of(
            List.of(
                new LinkWindow(0, SECOND, QUALITY),
                new LinkWindow(SECOND, 3 * SECOND, slow),
                new LinkWindow(4 * SECOND, 5 * SECOND, QUALITY)));
    Transmitter transmitter = new Transmitter(timeline);

    Passage.Departs across = departs(transmitter.send(SECOND / 2, 600));
    assertThat(across.bytes()).isEqualTo(600);
    assertThat(across.departedAt()).isEqualTo(2 * SECOND);
    assertThat(across.arrivesAt()).as("by the light time of its end").isEqualTo(3 * SECOND);
    assertThat(across.usefulUntil()).isEqualTo(3 * SECOND);
    assertThat(departs(transmitter.send(0, 600)).bytes()).as("up to the gap").isEqualTo(100);
    assertThat(transmitter.send(0, 1)).isEqualTo(new Passage.Closed(4 * SECOND));
    assertThat(timeline.nextEdge(0)).isEqualTo(3 * SECOND);
  }

  @Test
  void atRateZeroBytesWaitForTheNextWindow() {
    LinkQuality still = new LinkQuality(0, 0, 0);
    LinkTimeline timeline =
        LinkTimeline.of(
            List.of(
                new LinkWindow(0, SECOND, still),
                new LinkWindow(SECOND, 2 * SECOND, QUALITY),
                new LinkWindow(2 * SECOND, LinkWindow.NEVER, still)));
    Transmitter transmitter = new Transmitter(timeline);

    assertThat(departs(transmitter.send(0, 400)).departedAt()).isEqualTo(SECOND + SECOND * 2 / 5);
    assertThat(departs(transmitter.send(0, 1_000)).bytes()).isEqualTo(600);
    assertThat(transmitter.send(0, 1)).isEqualTo(new Passage.Closed(LinkWindow.NEVER));
  }

  @Test
  void whatCannotArriveBeforeACloseThatLosesItIsKnown() {
    LinkWindow closing = new LinkWindow(0, 8 * SECOND, QUALITY, false);
    Transmitter transmitter = new Transmitter(LinkTimeline.of(List.of(closing)));

    Passage.Departs first = departs(transmitter.send(0, 3_000));
    assertThat(first.departedAt()).isEqualTo(first.usefulUntil()).isEqualTo(3 * SECOND);
    Passage.Departs second = departs(transmitter.send(0, 1));
    assertThat(second.departedAt()).isGreaterThan(second.usefulUntil());
  }
}
