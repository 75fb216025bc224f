package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeSpan;
import dev.holdfast.contacts.Region;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTableTest {
  @Test
  void showsAPlan() {
    ContactPlan plan =
        plan(contact(10, 2, 60, 120, 12_500, 0.25), contact(1, 2, 3_600, 90_000, 1_000_000, 1200));
    assertThat(PlanTable.of(plan, true))
        .isEqualTo(
            """
            FROM  TO  START  END     AT          LASTS       RATE  LIGHT TIME   VOLUME
              10   2  +60    +120    T+0 s      1m 00s  12.5 kB/s      0.25 s   750 kB
               1   2  +3600  +90000  T+59m 00s  1d 00h     1 MB/s      1200 s  86.4 GB
            2 contacts between 3 nodes, +60 to +90000 (1d 00h), 86.4 GB in all
            """);
    assertThat(PlanTable.of(plan, false)).contains("2000-01-01T00:01:00Z  2000-01-01T00:02:00Z");
    assertThat(PlanTable.of(ContactPlan.EMPTY, true))
        .endsWith("0 contacts between 0 nodes, +0 to +0 (0 s), 0 B in all\n");
  }

  @Test
  void showsNamesAndRegions() {
    ContactPlan plan =
        plan(contact(10, 2, 60, 120, 12_500, 0.25))
            .withFacts(
                new NodeFacts(
                    Map.of(node(10), "relay"),
                    List.of(
                        new Region(
                            "mars",
                            List.of(NodeSpan.of(node(2)), new NodeSpan(node(100), node(199))),
                            List.of(node(10))))));
    assertThat(PlanTable.of(plan, true))
        .isEqualTo(
            """
                FROM  TO  START  END   AT      LASTS       RATE  LIGHT TIME  VOLUME
            relay 10   2  +60    +120  T+0 s  1m 00s  12.5 kB/s      0.25 s  750 kB
            region mars: nodes 2, 100..199; gateways 10
            1 contact between 2 nodes, +60 to +120 (1m 00s), 750 kB in all
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1 kB",
    "1234, 1.23 kB",
    "12345, 12.3 kB",
    "123456, 123 kB",
    "999499, 999 kB",
    "999500, 1 MB",
    "100000000, 100 MB",
    "9223372036854775807, 9.22 EB"
  })
  void amounts(long bytes, String text) {
    assertThat(PlanTable.amount(bytes)).isEqualTo(text);
  }
}
