package dev.holdfast.gateway.plan;

import dev.holdfast.contacts.Contact;

/** An operator's word on a single contact, over what the plan file says. */
public sealed interface PlanEdit {
  /** The contact concerned. */
  ContactKey key();

  /** Its name for people and programs. */
  String label();

  /**
   * A contact that the file does not have.
   *
   * @param contact the contact
   */
  record Added(Contact contact) implements PlanEdit {
    @Override
    public ContactKey key() {
      return ContactKey.of(contact);
    }

    @Override
    public String label() {
      return "added";
    }
  }

  /**
   * A contact of the file with another end, rate, light time or confidence.
   *
   * @param contact as it is to be
   */
  record Changed(Contact contact) implements PlanEdit {
    @Override
    public ContactKey key() {
      return ContactKey.of(contact);
    }

    @Override
    public String label() {
      return "changed";
    }
  }

  /**
   * A contact of the file that does not take place.
   *
   * @param key the contact
   */
  record Cancelled(ContactKey key) implements PlanEdit {
    @Override
    public String label() {
      return "cancelled";
    }
  }
}
