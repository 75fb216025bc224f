package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.route.Hop;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.gateway.schedule.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the bundles that wait a change of the plan touches. */
final class PlanChange {
  private final Map<Contact, String> gone = new HashMap<>();
  private final boolean facts;

  /** No contact that is new or different has anything across before. */
  private final DtnTime soonest;

  /**
   * A change.
   *
   * @param facts whether what the plan says of nodes differs too
   */
  PlanChange(PlanDiff difference, boolean facts, DtnTime now) {
    this.facts = facts;
    difference.removed().forEach(c -> gone.put(c, "is not planned any more"));
    for (PlanDiff.Change change : difference.changed()) {
      gone.put(change.before(), changed(change.before(), change.after()));
    }
    soonest =
        Stream.concat(
                difference.added().stream(),
                difference.changed().stream().map(PlanDiff.Change::after))
            .filter(c -> c.end().isAfter(now))
            .map(c -> DtnTime.max(c.start(), now).plus(c.owltMillis()))
            .min(DtnTime::compareTo)
            .orElse(DtnTime.FOREVER);
  }

  private static String changed(Contact before, Contact after) {
    if (after.end().isBefore(before.end())) {
      return "is cut short to " + after.end();
    }
    if (after.end().isAfter(before.end())) {
      return "is longer, to " + after.end();
    }
    if (after.bytesPerSecond() != before.bytesPerSecond()) {
      return "has another rate, %d B/s".formatted(after.bytesPerSecond());
    }
    return after.owltMillis() != before.owltMillis()
        ? "has another light time, %d ms".formatted(after.owltMillis())
        : "has another confidence, " + after.confidence();
  }

  /** Why a bundle that waits for a contact must be routed again, if it must. */
  Optional<String> touches(Waiting bundle) {
    if (bundle.contact().isEmpty()) {
      return Optional.empty();
    }
    List<Contact> contacts =
        bundle
            .route()
            .map(route -> route.hops().stream().map(Hop::contact).toList())
            .orElseGet(() -> List.of(bundle.contact().get()));
    for (Contact contact : contacts) {
      String why = gone.get(contact);
      if (why != null) {
        return Optional.of(
            "the contact %s to %s from %s %s"
                .formatted(contact.from(), contact.to(), contact.start(), why));
      }
    }
    if (facts) {
      return Optional.of("the plan says otherwise about nodes");
    }
    return maySooner(bundle, soonest)
        ? Optional.of("a contact that is new or different may have it there sooner")
        : Optional.empty();
  }

  /** Whether a bundle that waits for a contact would be there later than that. */
  static boolean maySooner(Waiting bundle, DtnTime soonest) {
    return !soonest.equals(DtnTime.FOREVER)
        && bundle.state() == Waiting.State.BOUND
        && bundle.contact().isPresent()
        && bundle.route().map(Route::arrival).filter(at -> !at.isAfter(soonest)).isEmpty();
  }
}
