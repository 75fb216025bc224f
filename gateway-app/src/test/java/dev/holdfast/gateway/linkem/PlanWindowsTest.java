package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanWindowsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final NodeNumber ONE = NodeNumber.of(1);
  private static final NodeNumber TWO = NodeNumber.of(2);
  private static final DtnTime EPOCH = new DtnTime(1_000_000);

  @Test
  void contactsOfAPairBecomeWindowsOfTheirDirection() {
    ContactPlan plan =
        ContactPlan.of(
            1,
            List.of(
                Contact.of(ONE, TWO, EPOCH.plus(5_000), EPOCH.plus(9_000), 700, 1_500),
                Contact.of(TWO, ONE, EPOCH.plus(-5_000), EPOCH.plus(9_000), 800, 0),
                Contact.of(ONE, NodeNumber.of(3), EPOCH.plus(1_000), EPOCH.plus(2_000), 900, 0)));

    LinkSchedule schedule = PlanWindows.between(plan, ONE, TWO, EPOCH, 0.25);

    assertThat(schedule.forward().windows())
        .containsExactly(
            new LinkWindow(5 * SECOND, 9 * SECOND, new LinkQuality(700, SECOND * 3 / 2, 0.25)));
    assertThat(schedule.backward().windows())
        .containsExactly(new LinkWindow(-5 * SECOND, 9 * SECOND, new LinkQuality(800, 0, 0.25)));
  }

  @Test
  void whatLiesBeyondALifetimeIsLeftOut() {
    DtnTime far = new DtnTime(7_000_000_000_000L);
    ContactPlan plan = ContactPlan.of(1, List.of(Contact.of(ONE, TWO, far, far.plus(1), 1, 0)));

    assertThat(PlanWindows.between(plan, ONE, TWO, EPOCH, 0).forward().windows()).isEmpty();
  }
}
