package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.format.DrawnPlans.SOME_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.DrawnPlans.Say;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is printed reads as the same plan, and prints as the same text. */
class RoundTripTest {
  private static PlanReading.Parsed read(String text, Epoch epoch, PlanFormat format) {
    ReadOptions options = ReadOptions.STRICT.withEpoch(epoch).withSender(node(1));
    PlanReading.Parsed parsed = Readings.parsed(text, options);
    assertThat(parsed.format()).isEqualTo(format);
    return parsed;
  }

  @ParameterizedTest
  @EnumSource(PlanFormat.class)
  void printedPlansReadAsThemselves(PlanFormat format) {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 200; round++) {
      ContactPlan plan = DrawnPlans.draw(random, DrawnPlans.sayings(format));
      List<TimeStyle> styles =
          List.of(
              TimeStyle.ABSOLUTE,
              new TimeStyle.Relative(SOME_TIME, true),
              new TimeStyle.Relative(SOME_TIME, false));
      for (TimeStyle style : styles) {
        Printed printed = PlanWriter.print(plan, format, style, node(1));
        if (plan.contacts().isEmpty()) {
          continue; // An empty text may be any format's.
        }
        Epoch epoch = style.equals(TimeStyle.ABSOLUTE) ? Epoch.UNIX : SOME_TIME;
        ContactPlan again = read(printed.text(), epoch, format).plan();
        assertThat(again).as("round %d", round).isEqualTo(plan);
        assertThat(PlanWriter.print(again, format, style, node(1))).isEqualTo(printed);
        if (format != PlanFormat.ION && format != PlanFormat.UD3TN) {
          assertThat(printed.losses()).isEmpty();
        }
      }
    }
  }

  /** From one format to another, what both can say stays as it is. */
  @ParameterizedTest
  @EnumSource(PlanFormat.class)
  void everyPairOfFormatsKeepsWhatBothCanSay(PlanFormat one) {
    for (PlanFormat other : PlanFormat.values()) {
      SplittableRandom random = new SplittableRandom(23);
      EnumSet<Say> both = DrawnPlans.sayings(one);
      both.retainAll(DrawnPlans.sayings(other));
      for (int round = 0; round < 50; round++) {
        ContactPlan plan = DrawnPlans.draw(random, both);
        if (!plan.contacts().isEmpty()) {
          assertThat(through(through(plan, one), other)).as("%s to %s", one, other).isEqualTo(plan);
        }
      }
    }
  }

  private static ContactPlan through(ContactPlan plan, PlanFormat format) {
    Printed printed = PlanWriter.print(plan, format, TimeStyle.ABSOLUTE, node(1));
    return read(printed.text(), Epoch.UNIX, format).plan();
  }

  /** Whatever a plan says: what is printed can be read, and where it says less that is told. */
  @ParameterizedTest
  @EnumSource(PlanFormat.class)
  void whatIsLostIsTold(PlanFormat format) {
    SplittableRandom random = new SplittableRandom(29);
    int lost = 0;
    for (int round = 0; round < 200; round++) {
      ContactPlan plan = DrawnPlans.draw(random, EnumSet.allOf(Say.class));
      Printed printed = PlanWriter.print(plan, format, TimeStyle.ABSOLUTE, node(1));
      PlanReading reading =
          PlanReader.read(
              new PlanSource("p", printed.text()),
              ReadOptions.STRICT.withEpoch(Epoch.UNIX).withSender(node(1)),
              format);
      assertThat(reading).isInstanceOf(PlanReading.Parsed.class);
      boolean same = ((PlanReading.Parsed) reading).plan().equals(plan);
      assertThat(same || !printed.losses().isEmpty()).as("round %d", round).isTrue();
      lost += same ? 0 : 1;
    }
    assertThat(lost > 0).isEqualTo(format != PlanFormat.YAML);
  }
}
