package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contacts that come otherwise than planned, plans that change, and what is more urgent. */
class PlanAndTruthTest {
  private static final Eid APP1 = Net.endpoint(1, 1);
  private static final Eid APP4 = Net.endpoint(4, 1);

  /** From 1 to 4 over 2, and half a minute later over 3. */
  private static Net diamond() {
    return Net.planned(1)
        .contact(1, 2, 10, 1_000, 10_000, 0)
        .contact(1, 3, 40, 1_000, 10_000, 0)
        .contact(2, 4, 10, 1_000, 10_000, 0)
        .contact(3, 4, 10, 1_000, 10_000, 0);
  }

  private static List<String> sentBy(Net net, int node) {
    return net.journal(node).stream()
        .filter(e -> e.kind() == Kind.SENDING)
        .map(e -> e.link().orElseThrow().name())
        .toList();
  }

  private static List<String> rerouted(Net net, int node) {
    return net.journal(node).stream()
        .filter(e -> e.kind() == Kind.REROUTED)
        .map(JournalEntry::text)
        .toList();
  }

  @Test
  void aContactThatIsCutShortInMidTransferLosesNothing() {
    Net net = diamond().over(SimProtocol.TCPCL).asPlanned(0, 10_000).start();
    net.node(1).ask(Net.submit(APP1, APP4, 300_000, TrafficClass.NORMAL));
    net.node(1).ask(Net.submit(APP1, APP4, 100_000, TrafficClass.BULK));
    net.world().run(25_000);
    assertThat(sentBy(net, 1)).as("half of the first is across").containsExactly("to-2");
    net.replan(2, Net.oneWay(1, 2, 10, 26, 10_000, 0));
    net.world().run(1_000);
    net.silent(1, 2, true);
    net.world().run(300_000);
    assertThat(net.drain(4, APP4)).hasSize(2);
    assertThat(net.journal(1)).extracting(JournalEntry::kind).contains(Kind.TRANSFER_FAILED);
    assertThat(sentBy(net, 1)).containsExactly("to-2", "to-3", "to-3");
    assertThat(net.node(1).store().stats().bundles()).isZero();
  }

  @Test
  void onlyWhatAChangeOfThePlanTouchesIsRoutedAgain() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 100, 200, 10_000, 0)
            .contact(1, 3, 100, 200, 10_000, 0)
            .asPlanned(0, 10_000)
            .start();
    net.node(1).ask(Net.submit(APP1, Net.endpoint(2, 1), 1_000, TrafficClass.NORMAL));
    net.node(1).ask(Net.submit(APP1, Net.endpoint(3, 1), 1_000, TrafficClass.NORMAL));
    net.world().run(1_000);
    net.replan(2, Net.oneWay(1, 3, 100, 190, 10_000, 0));
    net.world().run(1_000);
    assertThat(rerouted(net, 1)).hasSize(1).allMatch(t -> t.contains("1 to 3"));
    net.replan(3, Net.oneWay(1, 3, 50, 190, 10_000, 0));
    net.world().run(1_000);
    assertThat(rerouted(net, 1)).hasSize(2).last().asString().contains("not planned any more");
    assertThat(net.journal(1).stream().filter(e -> e.kind() == Kind.PLAN).toList())
        .last()
        .satisfies(e -> assertThat(e.text()).contains("2 bundles looked at again"));
    net.world().run(60_000);
    assertThat(sentBy(net, 1)).as("by the contact that came forward").containsExactly("to-3");
  }

  @Test
  void plansReloadedUnderLoadLoseNothing() {
    Net net = diamond().asPlanned(20, 10_000).start();
    for (int i = 0; i < 200; i++) {
      net.node(1).ask(Net.submit(APP1, APP4, 5_000 + i, TrafficClass.values()[i % 4]));
    }
    for (int version = 2; version < 60; version++) {
      long end = version % 2 == 0 ? 1_000 : 20L + version;
      net.replan(version, Net.oneWay(1, 2, 10, end, 10_000 - version, 0));
      net.world().run(1_500);
    }
    net.world().run(600_000);
    assertThat(net.drain(4, APP4).stream().map(d -> d.bundle().id()).distinct()).hasSize(200);
    assertThat(net.node(1).store().stats().bundles()).isZero();
  }

  @Test
  void whatWaitsForAMissingNeighbourTakesAnotherWay() {
    Net net = diamond().asPlanned(0, 10_000).start();
    net.silent(1, 2, true);
    net.node(1).ask(Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL));
    net.world().run(69_000);
    assertThat(sentBy(net, 1)).isEmpty();
    net.world().run(5_000);
    assertThat(rerouted(net, 1)).hasSize(1).allMatch(t -> t.contains("missed: nothing heard"));
    assertThat(sentBy(net, 1)).containsExactly("to-3");
    assertThat(net.drain(4, APP4)).hasSize(1);
  }

  @Test
  void aContactThatComesLateIsUsedAfterAll() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 10, 300, 10_000, 0)
            .contact(1, 2, 5_000, 5_300, 10_000, 0)
            .asPlanned(0, 10_000)
            .start();
    net.silent(1, 2, true);
    net.node(1).ask(Net.submit(APP1, Net.endpoint(2, 1), 1_000, TrafficClass.NORMAL));
    net.world().run(200_000);
    assertThat(rerouted(net, 1)).hasSize(1).allMatch(t -> t.contains("now by to-2 from"));
    net.silent(1, 2, false);
    net.world().run(50_000);
    assertThat(rerouted(net, 1)).last().asString().contains("happens after all");
    assertThat(sentBy(net, 1)).containsExactly("to-2");
  }

  @Test
  void nothingIsSentThatCannotArriveBeforeItExpires() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 10, 100, 10_000, 0)
            .contact(2, 4, 500, 600, 10_000, 0)
            .asPlanned(0, 10_000)
            .start();
    net.node(1).ask(Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL, 499_000));
    net.node(1).ask(Net.submit(APP1, APP4, 2_000, TrafficClass.NORMAL, 510_000));
    net.world().run(200_000);
    assertThat(sentBy(net, 1)).hasSize(1);
    assertThat(net.node(1).store().stats().bundles()).isEqualTo(1);
    net.world().run(303_000);
    assertThat(net.drain(4, APP4)).hasSize(1);
    assertThat(net.node(1).look().counters().get(Counter.BUNDLES_EXPIRED)).isEqualTo(1);
  }

  @Test
  void theLeastUrgentGiveWayWhenAContactIsOverbooked() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 100, 110, 10_000, 0)
            .contact(1, 2, 500, 600, 10_000, 0)
            .asPlanned(0, 10_000)
            .start();
    Eid app2 = Net.endpoint(2, 1);
    for (int i = 0; i < 4; i++) {
      net.node(1)
          .ask(
              Net.whole(
                  Net.submit(APP1, app2, 22_000 + i, TrafficClass.BULK), TrafficClass.BULK, false));
    }
    net.world().run(1_000);
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, app2, 40_000, TrafficClass.URGENT), TrafficClass.URGENT, false));
    net.world().run(1_000);
    assertThat(rerouted(net, 1))
        .hasSize(2)
        .allMatch(t -> t.contains("more urgent bundles fill the contact"));
    net.world().run(200_000);
    assertThat(net.drain(2, app2).stream().map(d -> d.bundle().sizes().payload()))
        .containsExactlyInAnyOrder(40_000L, 22_000L, 22_001L);
    net.world().run(500_000);
    assertThat(net.drain(2, app2)).hasSize(2);
  }

  @Test
  void aCriticalBundleGoesByEveryNeighbourAndIsDeliveredOnce() {
    Net net = diamond().asPlanned(0, 10_000).start();
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL), TrafficClass.NORMAL, true));
    net.world().run(20_000);
    assertThat(sentBy(net, 1)).containsExactly("to-2");
    assertThat(net.node(1).store().stats().bundles()).as("the other copy waits").isEqualTo(1);
    assertThat(net.drain(4, APP4)).hasSize(1);
    net.world().run(60_000);
    assertThat(sentBy(net, 1)).containsExactly("to-2", "to-3");
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.node(1).look().counters().get(Counter.BUNDLES_FORWARDED)).isEqualTo(1);
    assertThat(net.drain(4, APP4)).isEmpty();
    assertThat(net.node(4).look().counters().get(Counter.BUNDLES_DUPLICATE)).isEqualTo(1);
  }

  /**
   * Eight pairs of nodes, each joined to the next by fast and by slow ways, so that all copies come
   * apart: if each were copied on, there would be twice as many after each pair, 766 transfers.
   */
  @Test
  void criticalCopiesDoNotBreed() {
    Net net = Net.planned(1);
    int pairs = 8;
    long slow = 1_000L << (2 * pairs);
    net.contact(1, 2, 10, 90_000, 10_000, 0).contact(1, 3, 10, 90_000, 10_000, slow);
    for (int pair = 1; pair < pairs; pair++) {
      slow /= 4;
      for (int next : new int[] {2 * pair + 2, 2 * pair + 3}) {
        net.add(Net.oneWay(2 * pair, next, 10, 90_000_000, 10_000, 0));
        net.add(Net.oneWay(2 * pair + 1, next, 10, 90_000_000, 10_000, slow));
      }
    }
    int last = 2 * pairs + 2;
    net.add(Net.oneWay(last - 2, last, 10, 90_000_000, 10_000, 0));
    net.add(Net.oneWay(last - 1, last, 10, 90_000_000, 10_000, 0));
    net.asPlanned(10_000).start();
    Eid destination = Net.endpoint(last, 1);
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, destination, 1_000, TrafficClass.NORMAL, 100_000_000),
                TrafficClass.NORMAL,
                true));
    net.world().run(90_000_000);
    assertThat(net.drain(last, destination)).isNotEmpty();
    int sent = 0;
    for (int n = 1; n < last; n++) {
      sent += sentBy(net, n).size();
    }
    assertThat(sent).isLessThan(100);
  }

  @Test
  void aCopyThatNothingConfirmsDoesNotKeepWhatAnotherHasConfirmed() {
    Net net = diamond().over(1, 3, SimProtocol.MTCP).asPlanned(0, 10_000).start();
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL), TrafficClass.NORMAL, true));
    net.world().run(20_000);
    assertThat(net.node(1).store().stats().bundles()).as("the other is still to go").isEqualTo(1);
    net.world().run(60_000);
    assertThat(sentBy(net, 1)).containsExactly("to-2", "to-3");
    assertThat(net.node(1).store().stats().bundles()).isZero();
    assertThat(net.drain(4, APP4)).hasSize(1);
  }

  @Test
  void aCopyWithoutAWayIsNoLossForTheOthers() {
    Net net = diamond().asPlanned(0, 10_000).start();
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL), TrafficClass.NORMAL, true));
    net.world().run(5_000);
    net.replan(2, Net.oneWay(1, 3, 900_000, 900_001, 10_000, 0));
    net.world().run(20_000);
    assertThat(net.drain(4, APP4)).hasSize(1);
    assertThat(net.node(1).store().stats().bundles()).isZero();
  }

  @Test
  void contactsThatMayNotHappenGetFurtherCopies() {
    Net net =
        Net.planned(1)
            .contact(1, 2, 10, 1_000, 10_000, 0)
            .contact(1, 3, 10, 1_000, 10_000, 0)
            .contact(1, 5, 10, 1_000, 10_000, 0)
            .contact(3, 4, 600, 1_000, 10_000, 0)
            .contact(5, 4, 700, 1_000, 10_000, 0)
            .contact(2, 4, 500, 1_000, 10_000, 0)
            .asPlanned(0, 10_000);
    net.confidence(0.6).start();
    net.node(1)
        .ask(
            Net.whole(
                Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL), TrafficClass.NORMAL, false));
    net.world().run(100_000);
    assertThat(sentBy(net, 1)).as("0.6, then 0.84: enough").containsExactly("to-2", "to-3");
    net.world().run(700_000);
    assertThat(net.drain(4, APP4)).hasSize(1);
  }
}
