package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.crdt.sync.Checked;
import dev.holdfast.custody.HeldBundle;
import java.util.List;
import java.util.Optional;

/** What happens to the twins. */
public sealed interface TwinEvent {
  /**
   * Somebody asks for something.
   *
   * @param id to be answered with
   * @param request what
   */
  record Asked(long id, TwinRequest request) implements TwinEvent {}

  /**
   * A bundle came to the endpoint of a class.
   *
   * @param exportClass name of the class
   * @param bundle the bundle, to be taken
   * @param message what it says, verified; or why it says nothing
   */
  record Arrived(String exportClass, HeldBundle bundle, Message message) implements TwinEvent {}

  /** What a bundle says. */
  sealed interface Message {
    /**
     * A message whose signatures were verified.
     *
     * @param checked the message
     */
    record Verified(Checked checked) implements Message {}

    /**
     * No message.
     *
     * @param why for people
     */
    record Unreadable(String why) implements Message {}
  }

  /**
   * A turn is in the store.
   *
   * @param turn its number; those before it are too
   * @param made the bundles that were made of its messages, in order
   */
  record Written(long turn, List<Optional<BundleId>> made) implements TwinEvent {
    /** Keeps its own copy. */
    public Written {
      made = List.copyOf(made);
    }
  }

  /**
   * A contact plan is in force.
   *
   * @param plan the plan
   */
  record Planned(ContactPlan plan) implements TwinEvent {}

  /**
   * The store has no room, or has some again.
   *
   * @param full whether it has none
   */
  record Space(boolean full) implements TwinEvent {}

  /** Time has passed. */
  record Tick() implements TwinEvent {}
}
