package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.schedule.ContactSchedule;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.HeldQueue;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Back to step 4 for bundles that wait, when the plan changes or a contact does not keep to it:
 * only those that the change touches, with the reason in the journal. What a link has is left to
 * it.
 */
public final class Rerouting {
  private final Holding holding;
  private final Router router;
  private final Forwarding forwarding;

  /** Rerouting over these. */
  Rerouting(Holding holding, Router router, Forwarding forwarding) {
    this.holding = holding;
    this.router = router;
    this.forwarding = forwarding;
  }

  /**
   * Another plan is in force. Routed again is what waits for a contact that it does not have in
   * that form, and what may be there sooner by a contact that is new or different.
   */
  public void planChanged(Turn turn, ContactPlan plan) {
    PlanDiff difference = PlanDiff.between(router.plan(), plan);
    PlanChange change =
        new PlanChange(difference, !router.plan().facts().equals(plan.facts()), turn.now().wall());
    List<Forwarding.Unbound> touched = new ArrayList<>();
    for (Waiting bundle : waiting(b -> b.state() == Waiting.State.BOUND)) {
      change.touches(bundle).ifPresent(because -> touched.add(forwarding.unbound(bundle, because)));
    }
    router.plan(plan);
    turn.note(
        Kind.PLAN,
        Optional.empty(),
        Optional.empty(),
        "plan version %d, %d contacts: %d added, %d removed, %d changed; %d bundles looked at again"
            .formatted(
                plan.version(),
                plan.contacts().size(),
                difference.added().size(),
                difference.removed().size(),
                difference.changed().size(),
                touched.size()));
    touched.forEach(t -> forwarding.reroute(turn, t));
    spreadMore(turn);
    offerUnbound(turn);
  }

  /** Contacts began or ended, were missed, or were found after all. */
  public void reviewed(Turn turn, ContactSchedule.Review review) {
    review.missed().forEach(link -> missed(turn, link));
    review.found().forEach(link -> found(turn, link));
    review.changed().forEach(link -> contactChanged(turn, link));
  }

  /** What was bound to a contact that is over is routed again, and so is what has no way yet. */
  private void contactChanged(Turn turn, Egress link) {
    for (Waiting bundle : link.boundCopy()) {
      Optional<Contact> over = bundle.contact().filter(c -> !c.end().isAfter(turn.now().wall()));
      over.ifPresent(
          c -> forwarding.reroute(turn, bundle, "the contact from " + c.start() + " is over"));
    }
    offerUnbound(turn);
  }

  private void missed(Turn turn, Egress link) {
    Contact contact = link.contact().orElseThrow();
    router.missed(contact, true);
    for (Waiting bundle : link.boundCopy()) {
      if (bundle.contact().filter(contact::equals).isPresent()) {
        forwarding.reroute(
            turn, bundle, "the contact from " + contact.start() + " is missed: " + link.because());
      }
    }
  }

  private void found(Turn turn, Egress link) {
    if (link.contact().isEmpty()) {
      return;
    }
    Contact contact = link.contact().get();
    router.missed(contact, false);
    DtnTime soonest = turn.now().wall().plus(contact.owltMillis());
    for (Waiting bundle : waiting(b -> PlanChange.maySooner(b, soonest))) {
      forwarding.reroute(
          turn, bundle, "the contact from " + contact.start() + " happens after all");
    }
    spreadMore(turn);
    offerUnbound(turn);
  }

  /** A link is gone for good: everything bound to it is routed again. */
  public void abandoned(Turn turn, Egress link) {
    String because = "link " + link.settings().link() + " is gone";
    link.boundCopy().forEach(bundle -> forwarding.reroute(turn, bundle, because));
  }

  /** Tries again for everything in memory that has no way. */
  public void offerUnbound(Turn turn) {
    for (Waiting bundle : waiting(b -> b.state() == Waiting.State.UNBOUND)) {
      var _ = forwarding.offer(turn, bundle);
    }
  }

  private void spreadMore(Turn turn) {
    waiting(b -> b.state() == Waiting.State.COPIED).forEach(b -> forwarding.spreadMore(turn, b));
  }

  private List<Waiting> waiting(Predicate<Waiting> condition) {
    List<Waiting> found = new ArrayList<>();
    for (HeldQueue queue : holding.queues().all()) {
      if (queue.key().kind() == QueueKey.Wait.FORWARD) {
        for (Waiting bundle : queue.inMemory()) {
          if (condition.test(bundle)) {
            found.add(bundle);
          }
          bundle.copies().stream().filter(condition).forEach(found::add);
        }
      }
    }
    return found;
  }
}
