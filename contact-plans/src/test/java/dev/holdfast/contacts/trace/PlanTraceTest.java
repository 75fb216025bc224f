package dev.holdfast.contacts.trace;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTraceTest {
  private static final ContactPlan PLAN =
      plan(contact(1, 2, 10, 20, 1000, 0.5), contact(2, 1, 15, 30, 500, 0.5));

  private static LinkTrace read(String text, Epoch epoch) {
    return PlanTrace.of(
        (PlanReading.Parsed)
            PlanReader.read(new PlanSource("p", text), ReadOptions.STRICT.withEpoch(epoch)));
  }

  @Test
  void linksKeepThePlan() {
    assertThat(Traces.lines(PlanTrace.of(PLAN, Optional.empty())))
        .containsExactly(
            "10 1>2 up rate=1000 owlt=0.5",
            "15 2>1 up rate=500 owlt=0.5",
            "20 1>2 down inflight=delivered",
            "30 2>1 down inflight=delivered");
  }

  @Test
  void aTraceMayStartInThePlan() {
    assertThat(Traces.lines(PlanTrace.of(PLAN, Optional.of(new DtnTime(16_000)))))
        .containsExactly(
            "0 1>2 up rate=1000 owlt=0.5",
            "0 2>1 up rate=500 owlt=0.5",
            "4 1>2 down inflight=delivered",
            "14 2>1 down inflight=delivered");
    assertThat(Traces.lines(PlanTrace.of(PLAN, Optional.of(new DtnTime(20_000)))))
        .containsExactly("0 2>1 up rate=500 owlt=0.5", "10 2>1 down inflight=delivered");
  }

  @Test
  void startsWhereThePlanDoes() {
    String text =
        """
        a range   2026/12/01-00:00:00 2026/12/01-01:00:00 1 2 3
        a contact 2026/12/01-00:10:00 2026/12/01-00:20:00 1 2 1000
        """;
    LinkTrace trace = read(text, Epoch.NONE);
    assertThat(trace.epoch()).contains(DtnTime.of(Instant.parse("2026-12-01T00:10:00Z")));
    assertThat(Traces.lines(trace))
        .containsExactly("0 1>2 up rate=1000 owlt=3", "600 1>2 down inflight=delivered");
  }

  @Test
  void aFloatingPlanSaysNoEpochAndItsWarningsAreFindings() {
    LinkTrace trace =
        read(
            "{\"contacts\":[{\"source\":1,\"dest\":2,\"startTime\":7,\"endTime\":9,\"x\":1}]}",
            Epoch.FLOATING);
    assertThat(trace.epoch()).isEmpty();
    assertThat(Traces.lines(trace))
        .containsExactly("7 1>2 up rate=125000000 owlt=0", "9 1>2 down inflight=delivered");
    assertThat(trace.findings())
        .containsExactly(
            "p:1:14: the contact has no rate; 10^9 bits/s are taken, as in HDTN",
            "p:1:61: \"x\" means nothing here; it is not read");
  }

  @Test
  void anEmptyPlanIsAnEmptyTrace() {
    assertThat(PlanTrace.of(ContactPlan.EMPTY, Optional.empty())).isExhausted();
  }
}
