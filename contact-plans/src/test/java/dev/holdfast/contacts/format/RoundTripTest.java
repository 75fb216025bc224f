package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is printed reads as the same plan, and prints as the same text. */
class RoundTripTest {
  private static final Epoch.At SOME_TIME = new Epoch.At(849_000_000_000L);

  @ParameterizedTest
  @EnumSource(PlanFormat.class)
  void printedPlansReadAsThemselves(PlanFormat format) {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 200; round++) {
      boolean whole = format == PlanFormat.HDTN;
      ContactPlan plan = random(random, whole);
      List<TimeStyle> styles =
          List.of(
              TimeStyle.ABSOLUTE,
              new TimeStyle.Relative(SOME_TIME, true),
              new TimeStyle.Relative(SOME_TIME, false));
      for (TimeStyle style : styles) {
        Printed printed = PlanWriter.print(plan, format, style);
        Epoch epoch = style.equals(TimeStyle.ABSOLUTE) ? Epoch.UNIX : SOME_TIME;
        PlanReading.Parsed again =
            Readings.parsed(printed.text(), ReadOptions.STRICT.withEpoch(epoch));
        assertThat(again.plan().contacts()).as("round %d", round).isEqualTo(plan.contacts());
        assertThat(again.format()).isEqualTo(format);
        assertThat(PlanWriter.print(again.plan(), format, style)).isEqualTo(printed);
        if (format != PlanFormat.ION) {
          assertThat(printed.losses()).isEmpty();
        }
      }
    }
  }

  private static ContactPlan random(SplittableRandom random, boolean whole) {
    int unit = whole ? 1000 : 1;
    List<Contact> contacts = new ArrayList<>();
    NodeNumber[] nodes = {node(1), node(2), node(974848L << 32 | 977), node(-2)};
    for (NodeNumber from : nodes) {
      for (NodeNumber to : nodes) {
        long at = SOME_TIME.dtnMillis() / unit;
        while (!from.equals(to) && random.nextInt(4) != 0) {
          at += random.nextInt(3) == 0 ? 0 : random.nextLong(100_000_000 / unit);
          long end = at + 1 + random.nextLong(100_000_000 / unit);
          contacts.add(
              new Contact(
                  from,
                  to,
                  new DtnTime(at * unit),
                  new DtnTime(end * unit),
                  1 + random.nextLong(1L << random.nextInt(1, 40)),
                  random.nextLong(3) * unit,
                  whole || random.nextBoolean() ? 1 : 1 - random.nextDouble()));
          at = end;
        }
      }
    }
    return ContactPlan.of(0, contacts);
  }
}
