package dev.holdfast.contacts.forecast;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.forecast.Forecast.Cause;
import dev.holdfast.contacts.forecast.Forecast.FullContact;
import dev.holdfast.contacts.forecast.Forecast.StoreLoad;
import dev.holdfast.contacts.forecast.Forecast.Unserved;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.contacts.yaml.YamlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Traffic whose fate is counted by hand; a bundle of 900 bytes takes 1000 of a contact. */
class ForecasterTest {
  private static final Contact UP = contact(1, 2, 100, 120, 100, 1);
  private static final Contact DOWN = contact(2, 3, 200, 300, 100, 1);
  private static final ContactPlan PLAN =
      plan(UP, DOWN, contact(4, 1, 0, 1, 1, 0))
          .withFacts(NodeFacts.named(new TreeMap<>(Map.of(node(1), "earth", node(3), "mars"))));

  private static Flow flow(long from, long to, double first, double every, int count) {
    return new Flow(
        node(from),
        node(to),
        at(first),
        Math.round(every * 1000),
        count,
        900,
        TrafficClass.NORMAL,
        1_000_000);
  }

  private static Forecast forecast(Flow... flows) {
    return Forecaster.of(PLAN, new Demand(List.of(flows), new TreeMap<>(Map.of(node(2), 1_700L))));
  }

  @Test
  void saysWhatFindsNoRoomAndWhere() {
    Forecast forecast = forecast(flow(1, 3, 0, 10, 3));
    assertThat(forecast.bundles()).isEqualTo(3);
    assertThat(forecast.bytes()).isEqualTo(2_700);
    assertThat(forecast.carried()).as("the contact has room for two").isEqualTo(2);
    assertThat(forecast.unserved())
        .containsExactly(
            new Unserved(node(1), node(3), Cause.NO_ROOM, 1, 900, at(20), Optional.of(UP)));
    assertThat(forecast.full()).containsExactly(new FullContact(UP, 2_000, 0, 900, at(10)));
    assertThat(forecast.isClear()).isFalse();
  }

  @Test
  void addsUpWhatNodesHold() {
    Forecast forecast = forecast(flow(1, 3, 0, 10, 2));
    assertThat(forecast.stores())
        .containsExactly(
            new StoreLoad(node(1), 1_800, at(10), Optional.empty(), Optional.empty()),
            new StoreLoad(node(2), 1_800, at(121), Optional.of(1_700L), Optional.of(at(121))));
    assertThat(forecast(flow(1, 3, 0, 10, 1)).isClear()).isTrue();
  }

  @Test
  void tellsLateFromImpossible() {
    Flow mortal = new Flow(node(1), node(3), at(0), 1, 1, 900, TrafficClass.NORMAL, 211_000);
    assertThat(forecast(mortal).unserved())
        .extracting(Unserved::cause)
        .containsExactly(Cause.TOO_LATE);
    assertThat(forecast(flow(3, 1, 0, 1, 2)).unserved())
        .containsExactly(
            new Unserved(node(3), node(1), Cause.NO_WAY, 2, 1_800, at(0), Optional.empty()));
  }

  @Test
  void laterUrgentBundlesPushOthersBeyondTheEnd() {
    Flow urgent = new Flow(node(1), node(2), at(50), 1, 1, 900, TrafficClass.URGENT, 1_000_000);
    Forecast forecast = forecast(flow(1, 2, 0, 1, 2), urgent);
    assertThat(forecast.carried()).isEqualTo(3);
    assertThat(forecast.full()).containsExactly(new FullContact(UP, 3_000, 1_000, 0, at(1)));
    assertThat(forecast.isClear()).isFalse();
  }

  @Test
  void beginsWithWhatIsHeldAndBookedAndSparesWhatIsNotUsed() {
    Bookings bookings = new Bookings(PLAN);
    assertThat(bookings.volume(UP).book(at(0), 1_000, TrafficClass.NORMAL)).isPresent();
    Present.Held held = new Present.Held(node(1), 900, DtnTime.FOREVER);
    Demand demand =
        new Demand(List.of(flow(1, 3, 50, 10, 2)), new TreeMap<>(Map.of(node(1), 1_000L)));
    Present present =
        new Present(
            bookings.copyFrom(at(40)),
            at(40),
            at(100),
            List.of(held),
            List.of(),
            3,
            OwltMargin.NONE);
    Forecast forecast = Forecaster.of(present, demand);
    assertThat(bookings.volume(UP).bookedBytes()).as("the copy is another").isEqualTo(1_000);
    assertThat(forecast.carried()).isEqualTo(1);
    assertThat(forecast.full()).containsExactly(new FullContact(UP, 2_000, 0, 900, at(50)));
    assertThat(forecast.stores().getFirst())
        .isEqualTo(new StoreLoad(node(1), 2_700, at(60), Optional.of(1_000L), Optional.of(at(50))));
    Present.Pair up = new Present.Pair(node(1), node(2));
    Present without =
        new Present(
            new Bookings(PLAN), at(40), at(100), List.of(), List.of(up), 3, OwltMargin.NONE);
    assertThat(Forecaster.of(without, demand).unserved())
        .extracting(Unserved::cause)
        .containsExactly(Cause.NO_WAY);
  }

  @Test
  void takesBatchesInPartsAndWhatGoesNowhereStays() {
    Flow batch =
        new Flow(node(1), node(2), at(0), 1_000, 1, 450, TrafficClass.NORMAL, 1_000_000, 8, true);
    Forecast forecast = forecast(batch);
    assertThat(forecast.bundles()).isEqualTo(8);
    assertThat(forecast.carried()).as("550 of 2000 bytes each").isEqualTo(3);
    Forecast large =
        forecast(
            new Flow(
                node(1), node(2), at(0), 1, 1, 3_600, TrafficClass.NORMAL, 1_000_000, 1, true));
    assertThat(large.carried()).isZero();
    assertThat(large.full().getFirst().bookedBytes()).isEqualTo(1_854);
    assertThat(large.unserved().getFirst().bytes()).isEqualTo(1_800);
    Forecast stays = forecast(flow(2, 2, 0, 1, 3));
    assertThat(stays.unserved()).isEmpty();
    assertThat(stays.stores().getFirst().overflowsAt()).contains(at(1));
  }

  @Test
  void readsTrafficAndSaysWhatIsWrongWithIt() {
    String text =
        """
        traffic:
          - { from: earth, to: mars, first: +10s, every: 1m, count: 2, size: 1KiB, class: bulk }
          - { from: 2, to: 3, first: "2000-01-01T00:00:05Z", every: 1h, size: 2KiB, lifetime: 2d }
        stores: { earth: 1MiB }
        """;
    Demand demand = DemandFile.read("t.yaml", text, PLAN);
    assertThat(demand.flows())
        .containsExactly(
            new Flow(node(1), node(3), at(10), 60_000, 2, 1024, TrafficClass.BULK, 86_400_000),
            new Flow(
                node(2),
                node(3),
                at(5),
                3_600_000,
                Long.MAX_VALUE,
                2048,
                TrafficClass.NORMAL,
                172_800_000));
    assertThat(demand.stores()).containsExactly(Map.entry(node(1), 1L << 20));
    String wrong =
        """
        traffic:
          - { from: eart, to: 3, every: 0s, size: 1KiB }
          - { from: 2, to: 2, size: 0B, every: 1m, colour: red }
        stores: { venus: 1KiB }
        """;
    assertThatThrownBy(() -> DemandFile.read("t.yaml", wrong, PLAN))
        .isInstanceOfSatisfying(
            YamlException.class,
            e ->
                assertThat(e.problems().stream().map(YamlException.Problem::toString))
                    .hasSize(6)
                    .anyMatch(p -> p.startsWith("t.yaml:2:13: traffic.from: 'eart' is no node"))
                    .anyMatch(p -> p.contains("'0s' is no time at all; write 30m"))
                    .anyMatch(p -> p.contains("to: this is the node that sends"))
                    .anyMatch(p -> p.contains("'0B' is out of range; from 1B to 1TiB"))
                    .anyMatch(p -> p.contains("unknown key 'colour'"))
                    .anyMatch(p -> p.contains("'venus' is no node of the plan")));
    assertThatThrownBy(() -> DemandFile.read("t.yaml", "stores: {}\n", PLAN))
        .hasMessageContaining("nobody sends anything");
  }

  @Test
  void isShownWithNamesAndAsJson() {
    Forecast forecast = forecast(flow(1, 3, 0, 10, 3));
    assertThat(ForecastText.of(forecast, PLAN, true))
        .isEqualTo(
            """
            3 bundles, 2.7 kB, made until +20: 2 arrive in time (66.7%)
            do not arrive in time
               FROM      TO  WHY      FIRST  LEAST ROOM IN  BUNDLES  BYTES
            earth 1  mars 3  no room  +20    1>2 from +100        1  900 B
            full contacts
               FROM  TO  START  END   FULL  BOOKED    OF  TOO MUCH
            earth 1   2  +100   +120  +10     2 kB  2 kB
            stores
               NODE  HOLDS UP TO  AT    CAN HOLD  OVERFLOWS
            earth 1       2.7 kB  +20   any
                  2       1.8 kB  +121  1.7 kB    +121
            """);
    assertThat(ForecastJson.of(forecast))
        .contains("\"carried\":2,\"cut\":false")
        .contains("\"cause\":\"no_room\"")
        .contains("\"overflowsAt\":\"2000-01-01T00:02:01Z\"");
  }
}
