package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import java.util.List;
import java.util.Optional;

/** What the node answers. */
public sealed interface Answer {
  /**
   * The bundle was made and is durable.
   *
   * @param id its identity
   */
  record Submitted(BundleId id) implements Answer {}

  /**
   * What an endpoint decided is durable.
   *
   * @param made the bundles that were made of its messages, in order; empty for one there was no
   *     room for
   */
  record Committed(List<Optional<BundleId>> made) implements Answer {
    /** Keeps its own copy. */
    public Committed {
      made = List.copyOf(made);
    }
  }

  /**
   * The bundles handed out.
   *
   * @param deliveries in order
   */
  record Fetched(List<Delivery> deliveries) implements Answer {}

  /**
   * One bundle handed to an application.
   *
   * @param bundle the bundle; its payload is read from the store
   * @param repeated whether an application was handed it before and did not acknowledge it
   */
  record Delivery(HeldBundle bundle, boolean repeated) {}

  /**
   * It is done and durable.
   *
   * @param count how many bundles it concerned
   */
  record Done(int count) implements Answer {}

  /**
   * It cannot be done.
   *
   * @param reason what kind of reason
   * @param text what, where, and how to mend it
   */
  record Refused(Reason reason, String text) implements Answer {}

  /** Kinds of refusal. */
  enum Reason {
    /** What was asked makes no sense. */
    INVALID,
    /** There is no such thing here. */
    NOT_FOUND,
    /** No room. */
    NO_SPACE,
    /** The node is stopping. */
    STOPPING
  }

  /**
   * How the node is.
   *
   * @param status a snapshot
   */
  record Status(NodeStatus status) implements Answer {}
}
