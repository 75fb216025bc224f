package dev.holdfast.contacts;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
  private final Contact kept = contact(1, 2, 0, 10, 100, 1);
  private final Contact gone = contact(1, 2, 20, 30, 100, 1);
  private final Contact come = contact(1, 3, 0, 10, 100, 1);
  private final Contact before = contact(2, 1, 0, 10, 100, 1);
  private final Contact after = contact(2, 1, 0, 12, 100, 1);

  @Test
  void tellsWhatIsNewGoneAndOther() {
    PlanDiff diff = PlanDiff.between(plan(kept, gone, before), plan(kept, come, after));
    assertThat(diff.added()).containsExactly(come);
    assertThat(diff.removed()).containsExactly(gone);
    assertThat(diff.changed()).containsExactly(new PlanDiff.Change(before, after));
    assertThat(diff.isEmpty()).isFalse();
    assertThat(PlanDiff.between(plan(kept), plan(kept).withVersion(9)).isEmpty()).isTrue();
  }

  @Test
  void appliedToTheOldPlanItGivesTheNewOne() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      ContactPlan old = Plans.random(random, 3, 8, 10);
      ContactPlan next = Plans.random(random, 3, 8, 10);
      PlanDiff diff = PlanDiff.between(old, next);
      List<Contact> applied = new ArrayList<>(old.contacts());
      applied.removeAll(diff.removed());
      diff.changed().forEach(change -> applied.remove(change.before()));
      diff.changed().forEach(change -> applied.add(change.after()));
      applied.addAll(diff.added());
      assertThat(ContactPlan.of(1, applied)).isEqualTo(next);
    }
  }
}
