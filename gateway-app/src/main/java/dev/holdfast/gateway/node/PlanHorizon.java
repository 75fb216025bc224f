package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeStatus.PlanOutlook;
import dev.holdfast.gateway.turn.NodeStatus.PlanState;
import dev.holdfast.gateway.turn.Turn;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long the plan still has a contact for this node, or for anybody if it does not know this
 * node. Told once when the end comes near, when it is there, and when it is far again.
 */
final class PlanHorizon {
  private final long horizonMillis;
  private Optional<DtnTime> ends = Optional.empty();
  private String whose = "";
  private PlanState told = PlanState.LASTS;

  /** Zero for no alarm. */
  PlanHorizon(long horizonMillis) {
    this.horizonMillis = horizonMillis;
  }

  void planned(ContactPlan plan, Optional<NodeNumber> self) {
    boolean known = self.filter(plan::knows).isPresent();
    whose = known ? "of this node" : "of any node";
    ends =
        known
            ? self.flatMap(
                node ->
                    Stream.concat(plan.contactsFrom(node).stream(), plan.contactsTo(node).stream())
                        .map(Contact::end)
                        .max(Comparator.naturalOrder()))
            : plan.end();
  }

  /** Tells of a change since the last turn. */
  void review(Turn turn) {
    PlanState state = state(turn.now().wall());
    if (state == told) {
      return;
    }
    told = state;
    String end = ends.map(DtnTime::toString).orElse("");
    String text =
        switch (state) {
          case LASTS -> "the plan lasts again: its last contact " + whose + " ends " + end;
          case RUNS_OUT -> "the plan runs out: its last contact " + whose + " ends " + end;
          case OVER -> "the plan has run out: its last contact " + whose + " ended " + end;
        };
    turn.note(Kind.PLAN, Optional.empty(), Optional.empty(), text);
  }

  PlanOutlook look(DtnTime now) {
    return new PlanOutlook(ends, state(now));
  }

  private PlanState state(DtnTime now) {
    if (horizonMillis == 0 || ends.isEmpty()) {
      return PlanState.LASTS;
    }
    if (!now.isBefore(ends.get())) {
      return PlanState.OVER;
    }
    return ends.get().since(now) <= horizonMillis ? PlanState.RUNS_OUT : PlanState.LASTS;
  }

  /** When to look again; empty if time alone changes nothing. */
  Optional<DtnTime> nextChange(DtnTime now) {
    if (horizonMillis == 0 || ends.isEmpty() || !now.isBefore(ends.get())) {
      return Optional.empty();
    }
    DtnTime near = ends.get().plus(-horizonMillis);
    return Optional.of(now.isBefore(near) ? near : ends.get());
  }
}
