package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** How much went through each contact. One thread. */
final class ContactUse {
  private final ContactPlan plan;
  private final TreeMap<Contact, Long> bytes = new TreeMap<>();

  ContactUse(ContactPlan plan) {
    this.plan = plan;
  }

  /**
   * A contact and what went through it.
   *
   * @param contact the contact
   * @param bytes what went through, convergence layer included
   */
  record Use(Contact contact, long bytes) {
    /** Share of what the contact could carry, 0 to 1 and a little above. */
    double share() {
      return bytes / (double) contact.volumeBytes();
    }
  }

  /** Bytes went from one node to another; they belong to the contact open then, or the last one. */
  void moved(NodeNumber from, NodeNumber to, DtnTime at, long count) {
    if (count == 0) {
      return;
    }
    plan.contactsBetween(from, to).stream()
        .filter(contact -> contact.start().compareTo(at) <= 0)
        .max(Comparator.comparing(Contact::start))
        .ifPresent(contact -> bytes.merge(contact, count, Long::sum));
  }

  /** Every contact that began by {@code until}, by start. */
  List<Use> until(DtnTime until) {
    List<Use> uses = new ArrayList<>();
    for (Contact contact : plan.chronological()) {
      if (contact.start().compareTo(until) <= 0) {
        uses.add(new Use(contact, bytes.getOrDefault(contact, 0L)));
      }
    }
    return uses;
  }
}
