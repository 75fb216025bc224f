package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Light that takes two seconds longer than planned, and nodes that reckon with it or do not. */
class LightTimeMarginTest {
  private static final Eid APP1 = Net.endpoint(1, 1);
  private static final Eid APP4 = Net.endpoint(4, 1);
  private static final int MINUTE = 60_000;

  /**
   * From 1 to 4 over 2, where the way on is open for another 0.9 s when the bundle comes as
   * planned, and again much later; or half a minute later over 3.
   */
  private static Net diamond(OwltMargin margin) {
    return Net.planned(1)
        .owltMargin(margin)
        .contact(1, 2, 10, 1_000, 100_000, 9_000)
        .contact(2, 4, 5, 20, 100_000, 9_000)
        .contact(2, 4, 4_000, 5_000, 100_000, 9_000)
        .contact(1, 3, 40, 1_000, 100_000, 9_000)
        .contact(3, 4, 10, 1_000, 100_000, 9_000)
        .asPlanned(11_000, 100_000)
        .start();
  }

  private static List<String> sentBy(Net net, int node) {
    return net.journal(node).stream()
        .filter(e -> e.kind() == Kind.SENDING)
        .map(e -> e.link().orElseThrow().name())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"800,0,2", "1000,0,3", "0,80000,2", "0,120000,3", "500,60000,3"})
  void theWayIsTakenThatTheMarginLeaves(long millis, long partsPerMillion, int neighbour) {
    Net net = diamond(new OwltMargin(millis, partsPerMillion));
    net.node(1).ask(Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL));
    net.world().run(MINUTE);
    assertThat(sentBy(net, 1)).containsExactly("to-" + neighbour);
  }

  @Test
  void whatReckonsWithItArrivesAndTheRestWaitsForTheNextContact() {
    Net without = diamond(OwltMargin.NONE);
    Net with = diamond(new OwltMargin(2_500, 0));
    for (Net net : List.of(without, with)) {
      net.node(1).ask(Net.submit(APP1, APP4, 1_000, TrafficClass.NORMAL));
      net.world().run(120_000);
    }
    assertThat(with.drain(4, APP4)).hasSize(1);
    assertThat(without.drain(4, APP4)).isEmpty();
    without.world().run(4_000_000);
    assertThat(without.drain(4, APP4)).as("late, and not lost").hasSize(1);
  }
}
