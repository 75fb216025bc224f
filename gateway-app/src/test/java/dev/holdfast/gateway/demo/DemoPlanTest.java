package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.TimeStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoPlanTest {
  private static final DtnTime EPOCH = new DtnTime(848_000_000_123L);

  @Test
  void theTwoLinksHardlyOverlap() {
    ContactPlan turn = DemoPlan.load().turn();
    Contact first = turn.contactsBetween(Site.EARTH.node(), Site.RELAY.node()).getFirst();
    Contact second = turn.contactsBetween(Site.RELAY.node(), Site.MARS.node()).getFirst();

    assertThat(turn.contacts()).hasSize(4);
    assertThat(turn.contactsBetween(Site.EARTH.node(), Site.MARS.node())).isEmpty();
    long overlap = first.end().since(second.start());
    assertThat(overlap).isBetween(0L, first.durationMillis() / 5);
    assertThat(turn.end().orElseThrow().millis()).isLessThan(DemoPlan.TURN_SECONDS * 1000);
    assertThat(first.volumeBytes()).as("the largest bundle fits").isGreaterThan(80L << 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 240})
  void compressingKeepsWhatAContactCarries(int speed) {
    ContactPlan turn = DemoPlan.load().turn();

    ContactPlan plan = DemoPlan.load().compressed(EPOCH, speed, 3);

    assertThat(plan.contacts()).hasSize(12);
    Contact before = turn.contacts().getFirst();
    Contact after = plan.contacts().getFirst();
    assertThat(after.start()).isEqualTo(EPOCH.plus(before.start().millis() / speed));
    assertThat((double) after.volumeBytes())
        .isBetween(before.volumeBytes() * 0.999, before.volumeBytes() * 1.001);
    assertThat(after.owltMillis()).isEqualTo(Math.ceilDiv(before.owltMillis(), speed));
    Contact next = plan.contactsBetween(before.from(), before.to()).get(1);
    assertThat(next.start().since(after.start()))
        .isBetween(1_200_000L / speed - 1, 1_200_000L / speed + 1);
  }

  @Test
  void theCopyThatAGatewayReadsIsThePlan() {
    ContactPlan plan = DemoPlan.load().compressed(EPOCH, 60, 5);
    String text = PlanWriter.print(plan, PlanFormat.ION, TimeStyle.ABSOLUTE).text();

    PlanReading read = PlanReader.read(new PlanSource("copy", text), ReadOptions.STRICT);

    assertThat(read).isInstanceOf(PlanReading.Parsed.class);
    assertThat(((PlanReading.Parsed) read).plan().hasSameContacts(plan)).isTrue();
  }
}
