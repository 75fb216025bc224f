package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.turn.NodeStatus.PlanState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanHorizonTest {
  private static final Optional<NodeNumber> SELF = Optional.of(NodeNumber.of(1));

  private static DtnTime at(long seconds) {
    return new DtnTime(seconds * 1000);
  }

  private static Contact contact(long from, long to, long start, long end) {
    return Contact.of(NodeNumber.of(from), NodeNumber.of(to), at(start), at(end), 1, 0);
  }

  private static final ContactPlan PLAN =
      ContactPlan.of(
          1,
          List.of(contact(1, 2, 0, 1_000), contact(2, 1, 1_500, 2_000), contact(2, 3, 0, 9_000)));

  @Test
  void judgesTheLastContactOfThisNode() {
    PlanHorizon horizon = new PlanHorizon(600_000);
    assertThat(horizon.look(at(1)).state()).isEqualTo(PlanState.LASTS);
    horizon.planned(PLAN, SELF);
    assertThat(horizon.look(at(1)).ends()).contains(at(2_000));
    assertThat(horizon.look(at(1_399)).state()).isEqualTo(PlanState.LASTS);
    assertThat(horizon.look(at(1_400)).state()).isEqualTo(PlanState.RUNS_OUT);
    assertThat(horizon.look(at(2_000)).state()).isEqualTo(PlanState.OVER);
    horizon.planned(PLAN, Optional.of(NodeNumber.of(7)));
    assertThat(horizon.look(at(1)).ends()).contains(at(9_000));
    horizon.planned(ContactPlan.EMPTY, SELF);
    assertThat(horizon.look(at(9_999)).state()).isEqualTo(PlanState.LASTS);
  }

  @Test
  void wantsToLookAgainWhenTheAnswerChanges() {
    PlanHorizon horizon = new PlanHorizon(600_000);
    horizon.planned(PLAN, SELF);
    assertThat(horizon.nextChange(at(1))).contains(at(1_400));
    assertThat(horizon.nextChange(at(1_400))).contains(at(2_000));
    assertThat(horizon.nextChange(at(2_000))).isEmpty();
  }

  @Test
  void isSilentWithoutAHorizon() {
    PlanHorizon horizon = new PlanHorizon(0);
    horizon.planned(PLAN, SELF);
    assertThat(horizon.look(at(99_999)).state()).isEqualTo(PlanState.LASTS);
    assertThat(horizon.nextChange(at(1))).isEmpty();
  }
}
