package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings.HoldLimits;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings.Method;
import dev.holdfast.gateway.turn.OpportunisticSettings.SpreadLimits;
import dev.holdfast.gateway.turn.Request;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bundles over contacts that nobody planned. */
class SpreadingTest {
  private static ChanceNet net(int count, Method method, int copies) {
    return new ChanceNet(count, ChanceNet.settings(ChanceNet.all(method, copies, false))).start();
  }

  private static HoldLimits holding(long bundles) {
    return new HoldLimits(1L << 30, bundles, Long.MAX_VALUE, 1024, Long.MAX_VALUE);
  }

  /** What a node still counts for the bundles that it holds for another. */
  private static List<HeldBundle.Copies> copies(ChanceNet net, int node, int destination) {
    return net
        .node(node)
        .store()
        .scan(
            new QueueKey(QueueKey.Wait.FORWARD, Net.endpoint(destination, 0)),
            Optional.empty(),
            1000)
        .stream()
        .map(b -> b.progress().copies())
        .toList();
  }

  @Test
  void withoutAPolicyANeighbourGetsOnlyWhatIsItsOwn() {
    ChanceNet net = new ChanceNet(3, OpportunisticSettings.NONE).start();
    net.send(1, 3, 100);
    net.meet(1, 2);
    assertThat(net.held(2)).isZero();
    assertThat(net.journal(1, Kind.SENDING)).isEmpty();
    net.meet(1, 3);
    assertThat(net.drain(3)).isEqualTo(1);
    assertThat(net.held(1)).isZero();
  }

  @Test
  void anEpidemicReachesWhomNobodyMeetsDirectly() {
    ChanceNet net = net(5, Method.EPIDEMIC, 64);
    net.send(1, 5, 1_000);
    net.meet(1, 2);
    net.meet(2, 3);
    net.meet(3, 4);
    assertThat(net.held(1)).as("it stays").isEqualTo(1);
    assertThat(net.journal(1, Kind.COPIED)).hasSize(1);
    net.meet(4, 5);
    assertThat(net.drain(5)).isEqualTo(1);
    assertThat(net.held(4)).as("delivered to whom it is for").isZero();
    net.meet(3, 5);
    assertThat(net.drain(5)).as("a second copy of it").isZero();
    assertThat(net.held(3)).isZero();
  }

  @Test
  void whatANeighbourHasIsNotSentAgain() {
    ChanceNet net = net(4, Method.EPIDEMIC, 64);
    net.send(1, 4, 1_000);
    net.meet(1, 2);
    net.meet(2, 3);
    net.meet(1, 3);
    net.meet(1, 2);
    net.meet(2, 3);
    assertThat(net.journal(1, Kind.COPIED)).as("3 has it from 2 and says so").hasSize(1);
    assertThat(net.journal(3, Kind.COPIED)).isEmpty();
    assertThat(net.journal(3, Kind.DUPLICATE)).isEmpty();
    assertThat(net.journal(3, Kind.ENCOUNTER))
        .extracting(JournalEntry::text)
        .contains("ipn:1.0 has or had 1 bundles");
  }

  @Test
  void whatComesWhileANeighbourIsThereIsGivenAtOnce() {
    ChanceNet net = net(3, Method.EPIDEMIC, 64);
    net.join(1, 2);
    net.world().run(60_000);
    net.send(1, 3, 1_000);
    net.world().run(1_000);
    assertThat(net.held(2)).isEqualTo(1);
  }

  @Test
  void sprayedCopiesAreNeverMoreThanThereWere() {
    ChanceNet net = net(8, Method.SPRAY, 8);
    net.send(1, 8, 1_000);
    net.meet(1, 2);
    assertThat(copies(net, 1, 8)).containsExactly(new HeldBundle.Copies(1, 4));
    assertThat(copies(net, 2, 8)).containsExactly(new HeldBundle.Copies(0, 4));
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      int a = 1 + random.nextInt(7);
      int b = 1 + random.nextInt(7);
      if (a != b) {
        net.meet(a, b);
      }
    }
    int left = 0;
    int holders = 0;
    for (int n = 1; n <= 7; n++) {
      for (HeldBundle.Copies copy : copies(net, n, 8)) {
        left += copy.left();
        holders++;
      }
    }
    assertThat(left).isEqualTo(8);
    assertThat(holders).isEqualTo(7);
    for (int n = 1; n <= 7; n++) {
      net.meet(n, 8);
    }
    assertThat(net.drain(8)).isEqualTo(1);
  }

  @Test
  void theLastCopyWaitsForItsDestination() {
    ChanceNet net = net(4, Method.SPRAY, 2);
    net.send(1, 4, 1_000);
    net.meet(1, 2);
    net.meet(1, 3);
    net.meet(2, 3);
    assertThat(net.held(3)).isZero();
    net.meet(2, 4);
    assertThat(net.drain(4)).isEqualTo(1);
  }

  @Test
  void aRestartMakesNoMoreCopies() {
    ChanceNet net = net(5, Method.SPRAY, 4);
    net.send(1, 5, 1_000);
    net.meet(1, 2);
    assertThat(copies(net, 1, 5)).containsExactly(new HeldBundle.Copies(1, 2));
    net.node(1).crash(Crash.NOW);
    net.world().run(60_000);
    assertThat(copies(net, 1, 5)).containsExactly(new HeldBundle.Copies(1, 2));
    net.meet(1, 3);
    net.meet(1, 4);
    assertThat(net.held(3)).isEqualTo(1);
    assertThat(net.held(4)).isZero();
  }

  @Test
  void prophetGivesToThoseWhoMeetTheDestination() {
    ChanceNet net = net(4, Method.PROPHET, 16);
    net.meet(2, 4);
    net.send(1, 4, 1_000);
    net.meet(1, 3);
    assertThat(net.held(3)).as("it met nobody").isZero();
    net.meet(1, 2);
    assertThat(net.held(2)).isEqualTo(1);
    assertThat(net.held(1)).isEqualTo(1);
    net.meet(2, 4);
    assertThat(net.drain(4)).isEqualTo(1);
  }

  @Test
  void prophetHearsOfNodesThroughOthers() {
    ChanceNet net = net(5, Method.PROPHET, 16);
    net.meet(3, 5);
    net.meet(2, 3);
    net.send(1, 5, 1_000);
    net.meet(1, 2);
    assertThat(net.held(2)).as("2 meets 3, which meets 5").isEqualTo(1);
    net.meet(1, 3);
    assertThat(net.held(3)).isEqualTo(1);
  }

  /** Nodes 1 and 2 have a contact later on; 1 holds a bundle for 2, and has met 3. */
  private static ChanceNet planned(boolean besidePlan) {
    ChanceNet net =
        new ChanceNet(3, ChanceNet.settings(ChanceNet.all(Method.EPIDEMIC, 64, besidePlan)))
            .plan(Net.oneWay(1, 2, 600, 700, 100_000, 0))
            .start();
    net.send(1, 2, 1_000);
    net.meet(1, 3);
    return net;
  }

  @Test
  void whatThePlanHasAWayForGoesByThePlanAlone() {
    ChanceNet net = planned(false);
    assertThat(net.held(3)).isZero();
    net.world().run(700_000);
    assertThat(net.drain(2)).isEqualTo(1);
  }

  @Test
  void orBesideIt() {
    ChanceNet net = planned(true);
    assertThat(net.held(3)).isEqualTo(1);
    net.meet(2, 3);
    assertThat(net.drain(2)).as("sooner than by the plan").isEqualTo(1);
    net.world().run(700_000);
    assertThat(net.drain(2)).isZero();
    assertThat(net.held(1)).isZero();
  }

  @Test
  void allThatIsHeldIsGoneThroughAndNotOnlyWhatIsInMemory() {
    ChanceNet net =
        new ChanceNet(3, ChanceNet.epidemic())
            .limits(new HoldLimits(1L << 30, 10_000, Long.MAX_VALUE, 16, Long.MAX_VALUE))
            .start();
    for (int i = 0; i < 500; i++) {
      net.send(1, 3, 100 + i);
    }
    net.meet(1, 2, 60_000);
    assertThat(net.held(2)).isEqualTo(500);
    net.meet(2, 3, 60_000);
    assertThat(net.drain(3)).isEqualTo(500);
  }

  @Test
  void aNeighbourGetsNoMoreThanItsShareBetweenTwoExchanges() {
    SpreadLimits limits = new SpreadLimits(20_000, 1L << 30, 4096, 1024, 60_000, 2_000);
    ChanceNet net = new ChanceNet(3, ChanceNet.epidemic(limits)).start();
    for (int i = 0; i < 50; i++) {
      net.send(1, 3, 1_000);
    }
    net.join(1, 2);
    net.world().run(50_000);
    assertThat(net.held(2)).isBetween(15L, 20L);
    net.world().run(60_000);
    assertThat(net.held(2)).isBetween(30L, 40L);
    net.world().run(120_000);
    assertThat(net.held(2)).isEqualTo(50);
  }

  @Test
  void whatNeighboursHaveMakesRoomForWhatComes() {
    SpreadLimits limits = new SpreadLimits(1L << 30, 5_500, 4096, 1024, 300_000, 2_000);
    ChanceNet net = new ChanceNet(3, ChanceNet.epidemic(limits)).limits(holding(10)).start();
    for (int i = 0; i < 10; i++) {
      net.send(1, 3, 1_000);
    }
    assertThat(net.held(1)).isEqualTo(10);
    net.send(1, 3, 1_000);
    assertThat(net.held(1)).as("full").isEqualTo(10);
    net.meet(1, 2);
    assertThat(net.held(1)).as("kept up to the limit").isEqualTo(5);
    for (int i = 0; i < 8; i++) {
      net.send(1, 3, 1_000);
    }
    assertThat(net.held(1)).isEqualTo(10);
    assertThat(net.journal(1, Kind.FORWARDED))
        .filteredOn(e -> e.text().startsWith("neighbours have copies"))
        .hasSize(8);
  }

  @Test
  void theEndOfALifetimeOfWhatNeighboursHaveIsNoLoss() {
    ChanceNet net = net(3, Method.EPIDEMIC, 64);
    net.send(1, 3, 1_000, 600_000);
    net.meet(1, 2);
    net.world().run(2_000_000);
    assertThat(net.held(1)).isZero();
    assertThat(net.journal(1, Kind.FORWARDED))
        .extracting(JournalEntry::text)
        .contains("lifetime over; neighbours have taken copies: 1");
    assertThat(net.node(1).look().counters().get(Counter.BUNDLES_EXPIRED)).isZero();
    assertThat(net.node(2).look().counters().get(Counter.BUNDLES_EXPIRED)).isEqualTo(1);
  }

  @Test
  void aCopyOfWhatIsGoneMeanwhileDoesNotLeave() {
    ChanceNet net = new ChanceNet(3, ChanceNet.epidemic()).limits(2, holding(2)).start();
    net.join(1, 2);
    net.world().run(5_000);
    BundleId taken = net.sent(1, 3, 1_000, Net.HOUR);
    net.world().run(1_000);
    net.send(2, 3, 1_000);
    net.send(1, 3, 1_000); // 2 has no room for it, and is offered nothing for a while.
    net.world().run(100);
    BundleId cancelled = net.sent(1, 3, 1_000, Net.HOUR);
    BundleId expired = net.sent(1, 3, 1_000, 200);
    assertThat(net.present(1).waitingCopies()).isEqualTo(2);
    net.node(1).ask(new Request.Cancel(cancelled));
    net.world().run(60_000);
    assertThat(net.journal(1, Kind.SENDING))
        .extracting(entry -> entry.bundle().orElseThrow())
        .contains(taken)
        .doesNotContain(cancelled, expired);
    assertThat(net.present(1).waitingCopies()).isZero();
  }

  /** Chance meetings as in a moving crowd: who is met is met for a minute or two. */
  private static long[] crowd(Optional<Method> method, int copies, long seed) {
    OpportunisticSettings settings =
        method
            .map(m -> ChanceNet.settings(ChanceNet.all(m, copies, false)))
            .orElse(OpportunisticSettings.NONE);
    int count = 12;
    ChanceNet net = new ChanceNet(count, settings).seed(seed).start();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      if (i < 60) {
        int from = 1 + random.nextInt(count);
        net.send(from, 1 + (from + random.nextInt(count - 1)) % count, 2_000);
      }
      // Neighbours in a ring meet more often than others.
      int a = 1 + random.nextInt(count);
      int b = random.nextInt(4) > 0 ? 1 + a % count : 1 + (a + random.nextInt(count - 1)) % count;
      net.meet(a, b, 60_000);
    }
    long delivered = 0;
    long given = 0;
    for (int n = 1; n <= count; n++) {
      delivered += net.drain(n);
      given += net.journal(n, Kind.COPIED).size();
    }
    return new long[] {delivered, given};
  }

  @Test
  void eachMethodDeliversMoreThanNoneAndCostsLessThanAnEpidemic() {
    long[] none = crowd(Optional.empty(), 0, 11);
    long[] epidemic = crowd(Optional.of(Method.EPIDEMIC), 64, 11);
    long[] spray = crowd(Optional.of(Method.SPRAY), 6, 11);
    long[] prophet = crowd(Optional.of(Method.PROPHET), 16, 11);
    assertThat(none[0]).isLessThan(50);
    assertThat(epidemic[0]).isEqualTo(60);
    assertThat(spray[0]).isGreaterThan(none[0]);
    assertThat(prophet[0]).isGreaterThan(none[0]);
    assertThat(spray[1]).isLessThanOrEqualTo(60 * 5).isLessThan(epidemic[1]);
    assertThat(prophet[1]).isLessThan(epidemic[1]);
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensIsTheSameEachTime(Method method) {
    assertThat(crowd(Optional.of(method), 6, 4)).isEqualTo(crowd(Optional.of(method), 6, 4));
  }
}
