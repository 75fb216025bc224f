package dev.holdfast.gateway.plan;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Edits of single contacts, laid over a plan that somebody else wrote. Immutable.
 *
 * @param edits in the order in which they were made, at most one for each contact
 */
record EditLayer(List<PlanEdit> edits) {
  /** So many that each reload stays quick; whoever needs more edits the file. */
  static final int MOST = 1_000;

  static final EditLayer NONE = new EditLayer(List.of());

  /**
   * A plan with the edits in it.
   *
   * @param plan what comes out
   * @param kept the edits that fit
   * @param misfits those that do not
   */
  record Applied(ContactPlan plan, EditLayer kept, List<Misfit> misfits) {}

  /**
   * An edit that does not fit the plan.
   *
   * @param edit the edit
   * @param why for people
   */
  record Misfit(PlanEdit edit, String why) {
    /** Told to who makes the edit. */
    String refusal() {
      return "contact %s cannot be %s: %s".formatted(edit.key(), edit.label(), why);
    }

    /** Told when the plan under the edit is another one. */
    String dropped() {
      return "contact %s was %s by hand, but %s; the edit is dropped"
          .formatted(edit.key(), edit.label(), why);
    }
  }

  EditLayer {
    edits = List.copyOf(edits);
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  private Map<ContactKey, PlanEdit> byKey() {
    Map<ContactKey, PlanEdit> known = new LinkedHashMap<>();
    edits.forEach(edit -> known.put(edit.key(), edit));
    return known;
  }

  private static EditLayer of(Collection<PlanEdit> edits) {
    return new EditLayer(List.copyOf(edits));
  }

  /** This and a new contact. One that was cancelled comes back as it is said now. */
  EditLayer adding(Contact contact) {
    Map<ContactKey, PlanEdit> known = byKey();
    boolean cancelled = known.remove(ContactKey.of(contact)) instanceof PlanEdit.Cancelled;
    known.put(
        ContactKey.of(contact),
        cancelled ? new PlanEdit.Changed(contact) : new PlanEdit.Added(contact));
    return of(known.values());
  }

  /** This and a contact said otherwise. */
  EditLayer changing(Contact contact) {
    Map<ContactKey, PlanEdit> known = byKey();
    boolean own = known.remove(ContactKey.of(contact)) instanceof PlanEdit.Added;
    known.put(
        ContactKey.of(contact), own ? new PlanEdit.Added(contact) : new PlanEdit.Changed(contact));
    return of(known.values());
  }

  /** This and a contact cancelled. */
  EditLayer cancelling(ContactKey key) {
    Map<ContactKey, PlanEdit> known = byKey();
    if (!(known.remove(key) instanceof PlanEdit.Added)) {
      known.put(key, new PlanEdit.Cancelled(key));
    }
    return of(known.values());
  }

  /** Lays the edits over a plan, in their order; those that do not fit are left out and told. */
  Applied over(ContactPlan base) {
    if (edits.isEmpty()) {
      return new Applied(base, this, List.of());
    }
    TreeMap<ContactKey, Contact> contacts = new TreeMap<>();
    base.contacts().forEach(contact -> contacts.put(ContactKey.of(contact), contact));
    List<PlanEdit> kept = new ArrayList<>();
    List<Misfit> misfits = new ArrayList<>();
    for (PlanEdit edit : edits) {
      Optional<String> why = apply(edit, contacts);
      if (why.isEmpty()) {
        kept.add(edit);
      } else {
        misfits.add(new Misfit(edit, why.get()));
      }
    }
    ContactPlan plan =
        ContactPlan.of(base.version(), List.copyOf(contacts.values())).withFacts(base.facts());
    return new Applied(plan, new EditLayer(kept), List.copyOf(misfits));
  }

  private static Optional<String> apply(PlanEdit edit, TreeMap<ContactKey, Contact> contacts) {
    Contact there = contacts.get(edit.key());
    return switch (edit) {
      case PlanEdit.Cancelled(ContactKey key) -> {
        if (there == null) {
          yield Optional.of("the plan does not have it");
        }
        contacts.remove(key);
        yield Optional.empty();
      }
      case PlanEdit.Changed(Contact contact) ->
          there == null ? Optional.of("the plan does not have it") : put(contact, contacts);
      case PlanEdit.Added(Contact contact) ->
          there == null ? put(contact, contacts) : Optional.of("the plan has one itself");
    };
  }

  private static Optional<String> put(Contact contact, TreeMap<ContactKey, Contact> contacts) {
    ContactKey key = ContactKey.of(contact);
    for (Map.Entry<ContactKey, Contact> near : neighbours(key, contacts)) {
      if (near.getKey().isSamePair(key) && near.getValue().overlaps(contact)) {
        return Optional.of(
            "it overlaps the contact from %s to %s"
                .formatted(near.getValue().start(), near.getValue().end()));
      }
    }
    contacts.put(key, contact);
    return Optional.empty();
  }

  private static List<Map.Entry<ContactKey, Contact>> neighbours(
      ContactKey key, TreeMap<ContactKey, Contact> contacts) {
    List<Map.Entry<ContactKey, Contact>> near = new ArrayList<>();
    Optional.ofNullable(contacts.lowerEntry(key)).ifPresent(near::add);
    Optional.ofNullable(contacts.higherEntry(key)).ifPresent(near::add);
    return near;
  }
}
