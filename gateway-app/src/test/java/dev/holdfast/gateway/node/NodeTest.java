package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.NodeStatus.LinkState;
import dev.holdfast.gateway.turn.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does with bundles, over memory stores and simulated links. */
class NodeTest {
  private static final Eid APP1 = Net.endpoint(1, 5);
  private static final Eid APP2 = Net.endpoint(2, 5);
  private static final Eid APP3 = Net.endpoint(3, 5);

  @Test
  void aBundleCrossesOneHopAndIsGoneAfterItsAcknowledgement() {
    Net net = Net.always(1).line(2).start();
    net.node(1).ask(Net.submit(APP1, APP2, 100, TrafficClass.NORMAL));
    net.world().run(10_000);
    List<Answer.Delivery> got = net.drain(2, APP2);
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().repeated()).isFalse();
    assertThat(got.getFirst().bundle().sizes().payload()).isEqualTo(100);
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.node(2).store().stats().bundles()).isZero();
    assertThat(net.node(1).look().counters().get(Counter.BUNDLES_FORWARDED)).isEqualTo(1);
    assertThat(net.node(2).look().counters().get(Counter.BUNDLES_DELIVERED)).isEqualTo(1);
  }

  @Test
  void bundlesWaitForTheirContactAndLeaveWithinIt() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 100, 200, 10_000, 1_000)
            .contact(2, 3, 300, 400, 10_000, 1_000)
            .line(3, 1_000, 10_000)
            .start();
    for (int i = 0; i < 20; i++) {
      net.node(1).ask(Net.submit(APP1, APP3, 1_000, TrafficClass.NORMAL));
    }
    net.world().run(99_000);
    assertThat(net.node(1).store().stats().bundles()).isEqualTo(20);
    assertThat(net.node(1).look().links().getFirst().state()).isEqualTo(LinkState.DOWN_PLANNED);
    net.world().run(60_000);
    assertThat(net.node(1).look().links().getFirst().state()).isEqualTo(LinkState.UP);
    net.world().run(140_000); // 299 s: all of them wait at the relay
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.node(2).store().stats().bundles()).isEqualTo(20);
    net.world().run(60_000);
    assertThat(net.drain(3, APP3)).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyBundleArrivesOnceOverALossyLine(long seed) {
    Net net = Net.always(seed).line(3, 20, 1_000_000, 0.05, 0.1).start();
    Set<Long> sent = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      net.node(1).ask(Net.submit(APP1, APP3, 500 + i, TrafficClass.values()[i % 4]));
      sent.add(500L + i);
      net.world().run(50);
    }
    net.world().run(600_000);
    List<Answer.Delivery> got = net.drain(3, APP3);
    assertThat(got.stream().map(d -> d.bundle().sizes().payload()))
        .containsExactlyInAnyOrderElementsOf(sent);
    for (int n = 1; n <= 3; n++) {
      assertThat(net.node(n).store().stats().bundles()).as("held at %d", n).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void nothingIsLostWhenTheRelayCrashesAgainAndAgain(long seed) {
    Net net = Net.always(seed).line(3, 20, 200_000, 0.02, 0.05).start();
    for (int i = 0; i < 150; i++) {
      net.node(1).ask(Net.submit(APP1, APP3, 500 + i, TrafficClass.NORMAL));
      net.world().run(30);
      if (i % 20 == 10) {
        net.node(2).crash(i % 40 == 10);
      }
    }
    net.world().run(600_000);
    assertThat(net.drain(3, APP3).stream().map(d -> d.bundle().sizes().payload()).distinct())
        .hasSize(150);
  }

  @Test
  void aLeaseThatEndsInACrashIsRepeatedAndSaysSo() {
    Net net = Net.always(1).line(2).start();
    net.node(1).ask(Net.submit(APP1, APP2, 10, TrafficClass.NORMAL));
    net.node(1).ask(Net.submit(APP1, APP2, 20, TrafficClass.NORMAL));
    net.world().run(10_000);
    List<Answer.Delivery> first = net.fetch(2, APP2, 1);
    assertThat(first).hasSize(1);
    net.node(2).crash(true);
    net.world().run(1_000);
    List<Answer.Delivery> again = net.fetch(2, APP2, 10);
    assertThat(again).hasSize(2);
    assertThat(again.getFirst().bundle().id()).isEqualTo(first.getFirst().bundle().id());
    assertThat(again.getFirst().repeated()).isTrue();
    assertThat(again.getLast().repeated()).isFalse();
    net.node(2)
        .ask(new Request.Acknowledge(APP2, again.stream().map(d -> d.bundle().key()).toList()));
    net.node(2).crash(true);
    net.world().run(1_000);
    assertThat(net.fetch(2, APP2, 10)).isEmpty();
  }

  @Test
  void anAcknowledgementSurvivesACrashBeforeItThoughTheLeaseDoesNot() {
    Net net = Net.always(1).line(2).start();
    net.node(1).ask(Net.submit(APP1, APP2, 10, TrafficClass.NORMAL));
    net.world().run(10_000);
    List<Answer.Delivery> got = net.fetch(2, APP2, 1);
    net.node(2).crash(false);
    var id = net.node(2).ask(new Request.Acknowledge(APP2, List.of(got.getFirst().bundle().key())));
    assertThat(net.node(2).answer(id)).contains(new Answer.Done(1));
    assertThat(net.fetch(2, APP2, 1)).isEmpty();
  }

  @Test
  void urgentBundlesLeaveFirstAndThenTheEarliestExpiry() {
    Net net = Net.planned(1).contact(1, 2, 100, 200, 1_000_000, 0).line(2, 0, 1_000_000).start();
    net.node(1).ask(Net.submit(APP1, APP2, 1, TrafficClass.BULK));
    net.node(1).ask(Net.submit(APP1, APP2, 2, TrafficClass.NORMAL, 10 * Net.HOUR));
    net.node(1).ask(Net.submit(APP1, APP2, 3, TrafficClass.NORMAL, 5 * Net.HOUR));
    net.node(1).ask(Net.submit(APP1, APP2, 4, TrafficClass.URGENT));
    net.world().run(150_000);
    List<Long> order =
        net.journal(1).stream()
            .filter(e -> e.kind() == Kind.SENDING)
            .map(e -> e.bundle().orElseThrow().created().sequence())
            .toList();
    assertThat(order).containsExactly(3L, 2L, 1L, 0L);
  }

  @Test
  void aBundleThatDoesNotFitTheContactIsCutAndPutTogether() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 10, 20, 10_000, 0)
            .contact(1, 2, 100, 110, 10_000, 0)
            .contact(1, 2, 200, 210, 10_000, 0)
            .line(2, 0, 10_000)
            .start();
    net.node(1).ask(Net.submit(APP1, APP2, 180_000, TrafficClass.NORMAL));
    net.world().run(50_000);
    assertThat(net.node(2).store().stats().bundles()).isEqualTo(1);
    net.node(2).crash(true);
    net.world().run(250_000);
    List<Answer.Delivery> got = net.drain(2, APP2);
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().bundle().sizes().payload()).isEqualTo(180_000);
    assertThat(net.node(2).look().counters().get(Counter.REASSEMBLED)).isEqualTo(1);
    assertThat(net.node(1).store().stats().bundles()).isZero();
  }

  @Test
  void aBundleThatMustNotBeCutWaitsForAContactThatCarriesIt() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 10, 20, 10_000, 0)
            .contact(1, 2, 100, 200, 10_000, 0)
            .line(2, 0, 10_000)
            .start();
    Request.Submit s = Net.submit(APP1, APP2, 180_000, TrafficClass.NORMAL);
    net.node(1)
        .ask(
            new Request.Submit(
                s.to(),
                s.from(),
                s.lifetimeMillis(),
                new Request.Service(TrafficClass.NORMAL, 0, false, false, false, 0),
                s.reports(),
                s.payload(),
                s.trailer()));
    net.world().run(50_000);
    assertThat(net.journal(1).stream().filter(e -> e.kind() == Kind.SENDING)).isEmpty();
    net.world().run(100_000);
    assertThat(net.drain(2, APP2)).hasSize(1);
  }

  @Test
  void aQueueLargerThanMemoryIsReadAsItDrains() {
    Net net =
        Net.planned(1)
            .loadedPerQueue(16)
            .contact(1, 2, 100, 2_000, 1_000_000, 0)
            .line(2, 0, 1_000_000)
            .start();
    for (int i = 0; i < 300; i++) {
      net.node(1).ask(Net.submit(APP1, APP2, 100, TrafficClass.values()[i % 4]));
    }
    net.node(1).crash(false);
    net.world().run(600_000);
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.drain(2, APP2)).hasSize(300);
  }

  @Test
  void aWallClockThatJumpsDeletesNothing() {
    Net net = Net.planned(1).line(2).start();
    net.node(1).ask(Net.submit(APP1, APP2, 10, TrafficClass.NORMAL, Net.HOUR));
    net.node(1).wallClock(20 * 365 * 24 * Net.HOUR, false);
    net.world().run(2 * Net.HOUR);
    assertThat(net.node(1).store().stats().bundles()).isEqualTo(1);
    net.node(1).wallClock(0, true);
    net.world().run(10_000);
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.node(1).look().counters().get(Counter.BUNDLES_EXPIRED)).isEqualTo(1);
  }

  @Test
  void aBundleWithoutCreationTimeExpiresByAge() {
    Net net = Net.planned(1).line(2).start();
    net.node(1).wallClock(0, false);
    net.node(1).ask(Net.submit(APP1, APP2, 10, TrafficClass.NORMAL, Net.HOUR));
    net.world().run(Net.HOUR - 10_000);
    assertThat(net.node(1).store().stats().bundles()).isEqualTo(1);
    net.world().run(20_000);
    assertThat(net.node(1).store().stats().bundles()).isZero();
  }

  @Test
  void theEchoAnswersAndTwoEchoesDoNotTalkForEver() {
    Net net = Net.always(1).line(2).start();
    net.node(1).ask(Net.submit(APP1, Net.endpoint(2, 2047), 64, TrafficClass.NORMAL));
    net.node(1).ask(Net.submit(Net.endpoint(1, 7), Net.endpoint(2, 2047), 64, TrafficClass.NORMAL));
    net.world().run(60_000);
    List<Answer.Delivery> got = net.drain(1, APP1);
    assertThat(got).hasSize(1);
    assertThat(got.getFirst().bundle().id().source()).isEqualTo(Net.endpoint(2, 2047));
    assertThat(net.node(2).look().counters().get(Counter.BUNDLES_SOURCED)).isEqualTo(1);
    assertThat(net.node(2).store().stats().bundles()).isZero();
  }

  @Test
  void reportsTellOfForwardingAndDelivery() {
    Net net = Net.always(1).line(3).start();
    net.node(1)
        .ask(
            Net.reporting(
                Net.submit(Net.endpoint(1, 0), APP3, 64, TrafficClass.NORMAL),
                BundleFlags.REPORT_RECEPTION
                    | BundleFlags.REPORT_FORWARDING
                    | BundleFlags.REPORT_DELIVERY));
    net.world().run(60_000);
    net.drain(3, APP3);
    net.world().run(60_000);
    long reports = net.journal(1).stream().filter(e -> e.kind() == Kind.REPORT).count();
    // Forwarded by 1 and 2, received by 2 and 3, delivered by 3.
    assertThat(reports).isEqualTo(5);
  }

  @Test
  void aFullStoreRefusesAndTheSenderKeepsTheBundle() {
    Net net = Net.always(1).line(2).start();
    net.node(2).deliver(new NodeEvent.StoreSpace(true, "no space left on device"));
    net.node(1).ask(Net.submit(APP1, APP2, 10, TrafficClass.NORMAL));
    net.world().run(30_000);
    assertThat(net.node(1).store().stats().bundles()).isEqualTo(1);
    net.node(2).deliver(new NodeEvent.StoreSpace(false, "room again"));
    net.world().run(30_000);
    assertThat(net.drain(2, APP2)).hasSize(1);
  }

  @Test
  void theSameSeedGivesTheSameEvents() {
    assertThat(hash(7)).isEqualTo(hash(7)).isNotEqualTo(hash(8));
  }

  private static String hash(long seed) {
    Net net = Net.always(seed).line(2, 20, 1_000_000, 0.05, 0.1).start();
    for (int i = 0; i < 50; i++) {
      net.node(1).ask(Net.submit(APP1, APP2, 500 + i, TrafficClass.values()[i % 4]));
      net.world().run(20);
    }
    net.world().run(60_000);
    assertThat(net.world().now()).isEqualTo(SimWorld.START.plus(61_000));
    return net.world().log().hash();
  }
}
