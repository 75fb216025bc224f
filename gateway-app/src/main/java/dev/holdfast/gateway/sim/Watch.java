package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.Request;
import java.util.List;

/**
 * Looks on while a world runs: is told of everything as it happens, in order, and changes nothing.
 * What sees a rule broken throws {@link Violation}.
 */
public interface Watch {
  /** An application asks a node to send something; the answer will carry the same number. */
  default void submitting(SimNode node, long number, Request.Submit submit) {}

  /** The node answered that the bundle is durable, and who asked has heard it. */
  default void submitted(SimNode node, long number, BundleId id) {}

  /** The node refused. */
  default void refused(SimNode node, long number, Answer.Refused refusal) {}

  /** Changes are in the store of a node, as durable as they will be for now. */
  default void committed(SimNode node, List<StoreChange> changes) {}

  /** The acknowledgement of a received bundle leaves a node. */
  default void accepting(SimNode node, Inbound inbound) {}

  /** A received bundle is refused. */
  default void refusing(SimNode node, Inbound inbound) {}

  /** A node hands a bundle to a link, as it decided at the moment {@code decided} of its clock. */
  default void sending(SimNode node, Effect.Transmit transmit, Moment decided) {}

  /** A bundle came in by a link; the node is told of it next. */
  default void arriving(SimNode node, LinkEvent.Arrived arrived) {}

  /** An application was handed a bundle. */
  default void fetched(SimNode node, HeldBundle bundle, boolean repeated) {}

  /** An application asks that a bundle be acknowledged. */
  default void acknowledging(SimNode node, HeldBundle bundle) {}

  /** The node answered that the acknowledgement is durable. */
  default void acknowledged(SimNode node, HeldBundle bundle) {}

  /** A node wrote into its journal. */
  default void noted(SimNode node, JournalEntry entry) {}

  /** A turn of a node is over, its effects included. */
  default void turned(SimNode node) {}

  /** A node's process ended; its store is as the next start will find it. */
  default void crashed(SimNode node) {}

  /** A node's store was replaced by an older copy of it. */
  default void restored(SimNode node) {}

  /** A direction of a link went up or down. */
  default void changed(Medium medium) {}

  /** A rule was broken. */
  final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * A rule was broken.
     *
     * @param rule its name
     * @param what what happened
     */
    public Violation(String rule, String what) {
      super(what);
      this.rule = rule;
    }

    /** The name of the rule. */
    public String rule() {
      return rule;
    }
  }
}
