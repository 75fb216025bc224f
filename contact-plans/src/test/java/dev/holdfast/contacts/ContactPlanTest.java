package dev.holdfast.contacts;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.DtnTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContactPlanTest {
  private final Contact early = contact(1, 2, 10, 20, 100, 1);
  private final Contact late = contact(1, 2, 20, 30, 100, 2);
  private final Contact back = contact(2, 1, 15, 25, 100, 1);
  private final Contact other = contact(1, 3, 5, 40, 50, 0);
  private final ContactPlan plan = plan(late, back, other, early);

  @Test
  void keepsContactsInPlanOrderAndInTime() {
    assertThat(plan.contacts()).containsExactly(early, late, other, back);
    assertThat(plan.chronological()).containsExactly(other, early, back, late);
    assertThat(plan.contactsFrom(node(1))).containsExactly(other, early, late);
    assertThat(plan.contactsTo(node(1))).containsExactly(back);
    assertThat(plan.contactsTo(node(9))).isEmpty();
    assertThat(plan.contactsBetween(node(1), node(2))).containsExactly(early, late);
    assertThat(plan.contactsBetween(node(3), node(1))).isEmpty();
    assertThat(plan.nodes()).containsExactly(node(1), node(2), node(3));
    assertThat(plan.neighbours(node(1))).containsExactly(node(2), node(3));
    assertThat(plan.neighbours(node(3))).isEmpty();
    for (Contact contact : plan.contacts()) {
      assertThat(plan.indexOf(contact)).contains(plan.contacts().indexOf(contact));
    }
    assertThat(plan.indexOf(contact(1, 2, 10, 21, 100, 1))).isEmpty();
  }

  @Test
  void findsTheContactThatIsOpen() {
    assertThat(plan.openAt(node(1), node(2), at(9))).isEmpty();
    assertThat(plan.openAt(node(1), node(2), at(10))).contains(early);
    assertThat(plan.openAt(node(1), node(2), at(19.999))).contains(early);
    assertThat(plan.openAt(node(1), node(2), at(20))).contains(late);
    assertThat(plan.openAt(node(1), node(2), at(30))).isEmpty();
    assertThat(plan.nextContact(node(1), node(2), at(0))).contains(early);
    assertThat(plan.nextContact(node(1), node(2), at(30))).isEmpty();
  }

  @Test
  void tellsWhenToLookAgain() {
    List<DtnTime> changes = List.of(at(5), at(10), at(15), at(20), at(25), at(30), at(40));
    DtnTime now = at(0);
    for (DtnTime change : changes) {
      assertThat(plan.nextChange(node(1), now)).contains(change);
      now = change;
    }
    assertThat(plan.nextChange(node(1), now)).isEmpty();
    assertThat(plan.nextChange(node(3), at(0))).contains(at(5));
    assertThat(plan.nextChange(node(9), at(0))).isEmpty();
    assertThat(plan.start()).contains(at(5));
    assertThat(plan.end()).contains(at(40));
    assertThat(ContactPlan.EMPTY.end()).isEmpty();
  }

  @Test
  void knowsLightTimesAlsoOutsideOfContacts() {
    assertThat(plan.lightTimeMillis(node(1), node(2), at(0))).hasValue(1000);
    assertThat(plan.lightTimeMillis(node(1), node(2), at(20))).hasValue(2000);
    assertThat(plan.lightTimeMillis(node(1), node(2), at(99))).hasValue(2000);
    assertThat(plan.lightTimeMillis(node(3), node(1), at(0))).isEmpty();
  }

  @Test
  void refusesOverlapWithinADirectedPairOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(early, contact(1, 2, 19.999, 40, 7, 0)))
        .withMessageContaining("overlap");
    assertThat(plan(early, contact(2, 1, 10, 20, 100, 1)).contacts()).hasSize(2);
  }

  @Test
  void equalityCountsTheVersionAndHasSameContactsDoesNot() {
    ContactPlan next = plan.withVersion(2);
    assertThat(next).isNotEqualTo(plan).isEqualTo(plan.withVersion(2));
    assertThat(next.hasSameContacts(plan)).isTrue();
    assertThat(next.version()).isEqualTo(2);
  }

  @Test
  void answersAsALinearScanDoes() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 200; i++) {
      ContactPlan drawn = Plans.random(random, 4, 30, 40);
      for (int s = 0; s < 60; s++) {
        DtnTime time = at(s);
        for (NodeNumber from : drawn.nodes()) {
          for (NodeNumber to : drawn.nodes()) {
            assertThat(drawn.openAt(from, to, time))
                .isEqualTo(
                    drawn.contacts().stream()
                        .filter(c -> c.from().equals(from) && c.to().equals(to))
                        .filter(c -> c.isOpenAt(time))
                        .findFirst());
          }
        }
      }
    }
  }
}
