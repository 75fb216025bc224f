package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Congestion;
import dev.holdfast.gateway.turn.Congestion.FullContact;
import dev.holdfast.gateway.turn.Congestion.State;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings.ForecastSettings;
import dev.holdfast.gateway.turn.NodeStatus.ContactStatus;
import dev.holdfast.gateway.turn.RequestId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is foreseen, against what then happens. */
class CongestionTest {
  private static final Eid APP1 = Net.endpoint(1, 1);
  private static final Eid APP2 = Net.endpoint(2, 1);

  /** 20 kB each 10 s. */
  private static final long STEP_MILLIS = 10_000;

  private static final ForecastSettings FORESEEING =
      new ForecastSettings(3_000_000, 30_000, 600_000);

  /** One megabyte early on, one at 1000 s, four at 3000 s. */
  private static Net net() {
    return Net.planned(1)
        .foreseeing(FORESEEING)
        .storeBytes(3_000_000)
        .contact(1, 2, 100, 200, 10_000, 0)
        .contact(1, 2, 1_000, 1_100, 10_000, 0)
        .contact(1, 2, 3_000, 3_400, 10_000, 0)
        .asPlanned(0, 10_000)
        .start();
  }

  private static DtnTime at(long seconds) {
    return SimWorld.START.plus(seconds * 1000);
  }

  /** Sends until then; returns when the first bundle found no room in the store. */
  private static Optional<DtnTime> sendUntil(Net net, DtnTime end) {
    Optional<DtnTime> refused = Optional.empty();
    while (net.node(1).now().wall().isBefore(end)) {
      RequestId id = net.node(1).ask(Net.submit(APP1, APP2, 20_000, TrafficClass.NORMAL));
      net.world().run(0);
      boolean taken = !(net.node(1).answer(id).orElseThrow() instanceof Answer.Refused);
      refused = taken || refused.isPresent() ? refused : Optional.of(net.node(1).now().wall());
      net.world().run(STEP_MILLIS);
    }
    return refused;
  }

  private static List<JournalEntry> warnings(Net net) {
    return net.journal(1).stream().filter(e -> e.kind() == Kind.CONGESTION).toList();
  }

  private static double bookedShare(Net net) {
    ContactStatus contact =
        net.node(1).look().contacts().stream()
            .filter(c -> c.start().equals(at(1_000)))
            .findFirst()
            .orElseThrow();
    return (double) contact.boundBytes() / contact.capacityBytes();
  }

  @Test
  void namesTheContactThatWillBeFullAndWhen() {
    Net net = net();
    var _ = sendUntil(net, at(300));
    Congestion congestion = net.node(1).look().congestion();
    assertThat(congestion.state()).isEqualTo(State.CONGESTED);
    FullContact first = congestion.contacts().getFirst();
    assertThat(first.neighbour()).isEqualTo(NodeId.ipn(2));
    assertThat(first.contact().start()).as("not the one at 100").isEqualTo(at(1_000));
    assertThat(congestion.contactOverflow(NodeId.ipn(2))).contains(first.fullAt());
    assertThat(warnings(net))
        .filteredOn(e -> e.link().isPresent())
        .hasSize(1)
        .first()
        .satisfies(
            e -> {
              assertThat(e.link().orElseThrow().name()).isEqualTo("to-2");
              assertThat(e.text())
                  .startsWith("the contact to ipn:2.0 from " + at(1_000) + " to " + at(1_100));
            });
    var _ = sendUntil(net, first.fullAt().plus(-STEP_MILLIS * 2));
    assertThat(bookedShare(net)).as("two steps before").isBetween(0.85, 0.95);
    var _ = sendUntil(net, first.fullAt().plus(STEP_MILLIS * 2));
    assertThat(bookedShare(net)).as("two steps after").isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void knowsWhenTheStoreOverflowsAndThatTheDangerIsOver() {
    Net net = net();
    var _ = sendUntil(net, at(900));
    Congestion congestion = net.node(1).look().congestion();
    DtnTime foreseen = congestion.storeOverflow().orElseThrow();
    assertThat(foreseen).isGreaterThan(at(2_000)).isLessThan(at(2_400));
    assertThat(congestion.store().orElseThrow().limitBytes()).isEqualTo(3_000_000);
    assertThat(congestion.traffic())
        .singleElement()
        .satisfies(
            flow -> {
              assertThat(flow.to()).contains(Net.endpoint(2, 0));
              assertThat(flow.bytesPerSecond()).isBetween(1_900.0, 2_200.0);
            });
    DtnTime refused = sendUntil(net, foreseen.plus(100_000)).orElseThrow();
    assertThat(Math.abs(refused.since(foreseen)))
        .as("1300 s ahead, right within a minute")
        .isLessThan(60_000);
    assertThat(warnings(net))
        .as("once each, however often it was foreseen")
        .extracting(JournalEntry::text)
        .filteredOn(text -> text.startsWith("the store is foreseen to overflow at"))
        .hasSize(1);
    net.world().run(660_000);
    assertThat(net.node(1).look().congestion().state()).isEqualTo(State.CLEAR);
    assertThat(warnings(net))
        .extracting(JournalEntry::text)
        .contains(
            "the store is not foreseen to overflow any more",
            "no contact to ipn:2.0 is foreseen to be full any more");
  }

  @Test
  void aNodeWithoutTrafficAsksForNothing() {
    Net net = net();
    net.world().run(5_000_000);
    assertThat(net.node(1).look().congestion()).isEqualTo(Congestion.none(State.UNKNOWN));
  }

  @Test
  void anotherPlanIsLookedAtAtOnce() {
    Net net = net();
    var _ = sendUntil(net, at(205));
    assertThat(net.node(1).look().congestion().contacts()).isNotEmpty();
    net.replan(2, Net.oneWay(1, 2, 205, 5_000, 10_000, 0));
    net.world().run(1_000);
    assertThat(net.node(1).look().congestion().state()).isEqualTo(State.CLEAR);
    assertThat(warnings(net)).last().asString().contains("any more");
  }

  @Test
  void whatApplicationsDoNotFetchFillsTheStore() {
    Net net = net();
    for (int i = 0; i < 60; i++) {
      net.node(1).ask(Net.submit(APP1, APP1, 20_000, TrafficClass.NORMAL));
      net.world().run(STEP_MILLIS);
    }
    assertThat(net.node(1).look().congestion().storeOverflow().orElseThrow())
        .isBetween(at(1_350), at(1_650));
  }

  @Test
  void theSameRunForeseesTheSame() {
    Net one = net();
    Net other = net();
    var _ = sendUntil(one, at(700));
    var _ = sendUntil(other, at(700));
    assertThat(one.node(1).look().congestion()).isEqualTo(other.node(1).look().congestion());
  }
}
