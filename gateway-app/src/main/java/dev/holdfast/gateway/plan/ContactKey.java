package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;

/**
 * What a contact is known by.
 *
 * @param from the sender
 * @param to the receiver
 * @param start when it begins
 */
public record ContactKey(NodeNumber from, NodeNumber to, DtnTime start)
    implements Comparable<ContactKey> {
  /** What a contact is known by. */
  public static ContactKey of(Contact contact) {
    return new ContactKey(contact.from(), contact.to(), contact.start());
  }

  /** Whether both are of one directed pair. */
  boolean isSamePair(ContactKey other) {
    return from.equals(other.from) && to.equals(other.to);
  }

  @Override
  public int compareTo(ContactKey other) {
    int order = from.compareTo(other.from);
    order = order != 0 ? order : to.compareTo(other.to);
    return order != 0 ? order : start.compareTo(other.start);
  }

  @Override
  public String toString() {
    return from + " > " + to + " at " + start;
  }
}
