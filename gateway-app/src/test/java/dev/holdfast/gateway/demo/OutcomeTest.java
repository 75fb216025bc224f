package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.demo.Itinerary.Step;
import dev.holdfast.gateway.demo.Itinerary.What;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OutcomeTest {
  private static final DtnTime EPOCH = new DtnTime(848_000_000_000L);
  private static final ContactPlan PLAN = DemoPlan.load().compressed(EPOCH, 60, 3);

  private final Ledger ledger = new Ledger();
  private final ContactUse use = new ContactUse(PLAN);
  private TwinOutcome twins = TwinOutcomeTest.good(EPOCH);

  private static DtnTime at(long millis) {
    return EPOCH.plus(millis);
  }

  private void send(int number, Site from, TrafficClass trafficClass, long millis) {
    Site to = from == Site.EARTH ? Site.MARS : Site.EARTH;
    Consignment what = new Consignment(number, from, to, trafficClass, 100, 7, 0);
    ledger.sent("b" + number, what, "d" + number, at(millis));
  }

  private void deliver(int number, long millis) {
    ledger.delivered("b" + number, 100, "d" + number, at(millis));
    ledger.acknowledged("b" + number, at(millis + 1));
  }

  private Outcome outcome(Optional<Outcome.Crash> crash) {
    LinkedHashMap<String, Itinerary> itineraries = new LinkedHashMap<>();
    itineraries.put(
        "b1",
        Itinerary.of(
            List.of(
                new Step(Site.EARTH, What.TOOK, at(0), Optional.empty()),
                new Step(Site.EARTH, What.SENT, at(1_200), Optional.of(Site.RELAY))),
            PLAN));
    return new Outcome(
        EPOCH, at(30_000), ledger.passages(), itineraries, use.until(at(22_000)), crash, twins);
  }

  private void run() {
    send(1, Site.EARTH, TrafficClass.URGENT, 0);
    send(2, Site.MARS, TrafficClass.BULK, 1_000);
    send(3, Site.EARTH, TrafficClass.URGENT, 2_000);
    deliver(1, 7_500);
    deliver(2, 25_000);
    deliver(3, 9_900);
    use.moved(Site.EARTH.node(), Site.RELAY.node(), at(1_500), 52_500_000);
    use.moved(Site.EARTH.node(), Site.RELAY.node(), at(8_050), 2_000_000);
    use.moved(Site.RELAY.node(), Site.EARTH.node(), at(21_500), 1_000);
  }

  @Test
  void theTablesTellTheRun() {
    run();

    List<String> lines =
        FinalTable.lines(
            outcome(Optional.of(new Outcome.Crash(at(21_800), 1 << 20, Optional.of(at(24_100))))));

    assertThat(String.join("\n", lines))
        .isEqualTo(
            """
            bundles            sent  delivered  duplicates   lost  expired  altered
            earth > mars          2          2           0      0        0        0
            mars > earth          1          1           0      0        0        0
            all                   3          3           0      0        0        0

            latency           bundles   shortest     median    longest
            urgent                  2      7.5 s      7.9 s      7.9 s
            expedited               0          -          -          -
            normal                  0          -          -          -
            bulk                    1     24.0 s     24.0 s     24.0 s

            contact                        window       used         of    use
            earth > relay        +1.0 s .. +8.0 s   52.0 MiB    100 MiB   52 %
            relay > earth        +1.0 s .. +8.0 s        0 B    100 MiB    0 %
            relay > mars        +7.0 s .. +15.0 s        0 B    114 MiB    0 %
            mars > relay        +7.0 s .. +15.0 s        0 B    114 MiB    0 %
            earth > relay      +21.0 s .. +28.0 s        0 B    100 MiB    0 %
            relay > earth      +21.0 s .. +28.0 s     1000 B    100 MiB    0 %

            1 of 3 bundles waited for a window that was closed.
            The relay was killed at +21.8 s with SIGKILL, 1 MiB through its links in the last 0.1 s; \
            ready again after 2.3 s.
            Earth and mars changed 5 twins apart; they were the same at +7.5 s, after contact 1 of relay and mars.
            Conflict at demo:pump/attributes/valve: 65 by mars at T2 (shown), 40 by earth at T1.
            Resolved by a put on earth; on both sides at +27.2 s, 0 conflicts left.
            Every bundle came through unaltered, none again after its acknowledgement.""");
  }

  @Test
  void aBrokenRunSaysWhatBroke() {
    run();
    send(4, Site.EARTH, TrafficClass.NORMAL, 5_000);
    deliver(3, 11_000);

    List<String> lines = FinalTable.lines(outcome(Optional.empty()));

    assertThat(lines)
        .contains(
            "earth > mars          3          2           1      1        0        0",
            "The relay was not killed: no transfer was caught in the middle.")
        .endsWith(
            "FAILED: 1 bundle was lost.",
            "FAILED: 1 bundle was delivered again after the acknowledgement.");
  }

  @Test
  void twinsThatDifferBreakTheRun() {
    run();
    assertThat(outcome(Optional.empty()).isKept()).isTrue();
    twins = TwinOutcomeTest.apart(EPOCH);

    Outcome outcome = outcome(Optional.empty());

    assertThat(outcome.isKept()).isFalse();
    assertThat(FinalTable.lines(outcome))
        .endsWith("FAILED: the twins of earth and mars are not the same.");
    JsonNode summary = JsonMapper.builder().build().readTree(OutcomeJson.lines(outcome).getLast());
    assertThat(summary.get("kept").booleanValue()).isFalse();
    assertThat(summary.get("lost").intValue()).isZero();
    assertThat(summary.get("twins").get("equal").booleanValue()).isFalse();
  }

  @Test
  void jsonHasALineForEachBundleAndASummary() {
    run();
    ledger.delivered("b2", 100, "another", at(26_000));
    send(4, Site.EARTH, TrafficClass.NORMAL, 5_000);

    List<JsonNode> lines =
        OutcomeJson.lines(outcome(Optional.empty())).stream()
            .map(line -> JsonMapper.builder().build().readTree(line))
            .toList();

    assertThat(lines).hasSize(5);
    JsonNode first = lines.getFirst();
    assertThat(first.propertyNames())
        .startsWith("bundle", "class", "from", "to", "size", "digest_sent", "digest_delivered")
        .contains("sent_at", "delivered_at", "waited", "contacts");
    assertThat(first.get("class").stringValue()).isEqualTo("urgent");
    assertThat(first.get("waited").booleanValue()).isTrue();
    assertThat(first.get("sent_at").stringValue()).isEqualTo("2026-11-14T19:33:20Z");
    assertThat(first.get("contacts").get(0).get("to").stringValue()).isEqualTo("ipn:2");
    JsonNode second = lines.get(1);
    assertThat(second.get("digest_delivered").stringValue())
        .as("the wrong one is what matters")
        .isEqualTo("another");
    assertThat(lines.get(3).get("delivered_at").isNull()).isTrue();
    JsonNode summary = lines.getLast();
    assertThat(summary.get("kept").booleanValue()).isFalse();
    assertThat(summary.get("lost").intValue()).isEqualTo(1);
    assertThat(summary.get("altered").intValue()).isEqualTo(1);
    assertThat(summary.get("waited").intValue()).isEqualTo(1);
    JsonNode told = summary.get("twins");
    assertThat(told.get("things").intValue()).isEqualTo(4);
    assertThat(told.get("equal").booleanValue()).isTrue();
    assertThat(told.get("root_earth")).isEqualTo(told.get("root_mars"));
    assertThat(told.get("conflicts_seen").intValue()).isEqualTo(1);
    assertThat(told.get("conflicts_left").intValue()).isZero();
    assertThat(told.get("first_equal_after_contact").intValue()).isEqualTo(1);
    JsonNode candidate = told.get("conflicts").get(0).get("candidates").get(0);
    assertThat(candidate.get("value").intValue()).isEqualTo(65);
    assertThat(candidate.get("by").stringValue()).isEqualTo("mars");
    assertThat(summary.get("contacts").get(0).get("used_bytes").longValue()).isEqualTo(54_500_000);
  }
}
