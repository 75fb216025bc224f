package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A neighbour without room is asked with one bundle at a time, and less and less often. */
class NeighbourWithoutRoomTest {
  private static final Eid APP1 = Net.endpoint(1, 5);
  private static final Eid APP2 = Net.endpoint(2, 5);
  private static final int BUNDLES = 10;

  private final Net net = Net.always(1).line(2, 10, 1_000_000).start();

  @BeforeEach
  void theLinkIsUp() {
    net.world().run(1_000);
  }

  private void room(boolean free) {
    net.node(2).deliver(new NodeEvent.StoreSpace(!free, free ? "room again" : "no space left"));
    net.world().run(0);
  }

  /** All at once. */
  private void submit() {
    for (int i = 0; i < BUNDLES; i++) {
      net.node(1)
          .applications()
          .ask(Net.submit(APP1, APP2, 100, TrafficClass.NORMAL), answer -> {});
    }
  }

  /** How many bundles left, by the second since {@code from} in which they did. */
  private TreeMap<Long, Long> sentSince(long from) {
    return net.journal(1).stream()
        .filter(e -> e.kind() == Kind.SENDING)
        .map(e -> e.at().since(SimWorld.START.plus(from)) / 1_000)
        .filter(second -> second >= 0)
        .collect(Collectors.groupingBy(second -> second, TreeMap::new, Collectors.counting()));
  }

  @Test
  void thePauseDoublesUpToFiveMinutesAndOneBundleAsks() {
    room(false);
    submit();
    net.world().run(2_000_000);
    TreeMap<Long, Long> sent = sentSince(1_000);
    assertThat(List.copyOf(sent.keySet()))
        .containsExactly(0L, 5L, 15L, 35L, 75L, 155L, 315L, 635L, 955L, 1275L, 1595L, 1915L);
    assertThat(sent.firstEntry().getValue()).isEqualTo(BUNDLES); // Nobody knew yet.
    assertThat(sent.tailMap(1L).values()).containsOnly(1L);
  }

  @Test
  void onceItTakesABundleTheOthersFollowAndThePausesBeginAnew() {
    room(false);
    submit();
    net.world().run(100_000);
    room(true);
    net.world().run(100_000);
    assertThat(sentSince(102_000)).containsExactly(Map.entry(54L, (long) BUNDLES));
    assertThat(net.drain(2, APP2)).hasSize(BUNDLES);

    room(false);
    long again = net.world().nanos() / 1_000_000;
    submit();
    net.world().run(30_000);
    assertThat(List.copyOf(sentSince(again).keySet())).containsExactly(0L, 5L, 15L);
  }
}
