package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.Region;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiffTextTest {
  private static final ContactPlan OLD =
      plan(
          contact(1, 2, 0, 60, 1_000, 1),
          contact(1, 2, 100, 160, 1_000, 1),
          contact(2, 10, 0, 60, 1_000, 1),
          contact(2, 10, 500, 560, 1_000, 1));
  private static final ContactPlan NEW =
      plan(
              contact(1, 2, 10, 60, 1_000, 1),
              contact(1, 2, 100, 160, 1_001, 1.5),
              contact(10, 2, 0, 60, 1_000, 1),
              contact(2, 10, 500, 560, 1_000, 1))
          .withFacts(
              new NodeFacts(
                  Map.of(node(10), "rover"), List.of(Region.of("mars", List.of(node(10))))));

  @Test
  void tellsEveryDifference() {
    assertThat(DiffText.of(PlanComparison.of(OLD, NEW), true, 20))
        .isEqualTo(
            """
            added: 1 contact of 1 directed pair, open 1m 00s, 60 kB
            + rover 10 > 2  +0 to +60  1m 00s  1 kB/s  1 s  60 kB
            removed: 1 contact of 1 directed pair, open 1m 00s, 60 kB
            - 2 > 10  +0 to +60  1m 00s  1 kB/s  1 s  60 kB
            changed: 2 contacts of 1 directed pair, open 2m 00s -> 1m 50s, 120 kB -> 110 kB
            ~ 1 > 2  +0    start +0 -> +10
            ~ 1 > 2  +100  rate 1000 B/s -> 1001 B/s, light time 1 s -> 1.5 s
            ~ node 10: name (none) -> rover
            ~ region mars: (none) -> nodes [10], gateways []
            in all: 4 contacts, open 4m 00s -> 3m 50s, 240 kB -> 230 kB
            """);
  }

  @Test
  void tellsNoDifference() {
    PlanComparison same = PlanComparison.of(OLD, OLD.withVersion(7));
    assertThat(DiffText.of(same, true, 20)).isEqualTo("no difference: 4 contacts in both\n");
    assertThat(DiffText.summary(same.contacts())).isEqualTo("no difference");
    assertThat(DiffJson.of(same, true, new Epoch.At(0))).startsWith("{\"equal\":true,");
  }

  @Test
  void staysShort() {
    String told = DiffText.of(PlanComparison.of(ContactPlan.EMPTY, OLD), true, 1);
    assertThat(told).contains("+ 1 > 2  +0 to +60").contains("… and 3 more\n");
    assertThat(told.lines()).hasSize(4);
  }

  @Test
  void hasAFewWordsForLogs() {
    PlanDiff moved = PlanDiff.between(OLD, NEW);
    assertThat(DiffText.summary(moved)).isEqualTo("2 contacts added, 2 removed, 1 changed");
    assertThat(DiffText.summary(moved.joiningMoves()))
        .isEqualTo("1 contact added, 1 removed, 2 changed");
  }

  @Test
  void isReadByPrograms() {
    assertThat(DiffJson.of(PlanComparison.of(OLD, NEW), true, new Epoch.At(0)))
        .contains("\"added_totals\":{\"contact_count\":1,\"pair_count\":1,\"open_s\":60,")
        .contains("\"changed\":[{\"before\":{\"from\":1,\"to\":2,\"start_s\":0,")
        .contains("\"names\":[\"node 10: name (none) -> rover\"]");
  }
}
