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
public abstract class Watch {
  /** An application asks a node to send something; the answer will carry the same number. */
  public void submitting(SimNode node, long number, Request.Submit submit) {}

  /** The node answered that the bundle is durable, and who asked has heard it. */
  public void submitted(SimNode node, long number, BundleId id) {}

  /** The node refused. */
  public void refused(SimNode node, long number, Answer.Refused refusal) {}

  /** Changes are in the store of a node, as durable as they will be for now. */
  public void committed(SimNode node, List<StoreChange> changes) {}

  /** The acknowledgement of a received bundle leaves a node. */
  public void accepting(SimNode node, Inbound inbound) {}

  /** A received bundle is refused. */
  public void refusing(SimNode node, Inbound inbound) {}

  /** A node hands a bundle to a link, as it decided at the moment {@code decided} of its clock. */
  public void sending(SimNode node, Effect.Transmit transmit, Moment decided) {}

  /** A bundle came in by a link; the node is told of it next. */
  public void arriving(SimNode node, LinkEvent.Arrived arrived) {}

  /** An application was handed a bundle. */
  public void fetched(SimNode node, HeldBundle bundle, boolean repeated) {}

  /** An application asks that a bundle be acknowledged. */
  public void acknowledging(SimNode node, HeldBundle bundle) {}

  /** The node answered that the acknowledgement is durable. */
  public void acknowledged(SimNode node, HeldBundle bundle) {}

  /** A node wrote into its journal. */
  public void noted(SimNode node, JournalEntry entry) {}

  /** A turn of a node is over, its effects included. */
  public void turned(SimNode node) {}

  /** A node's process ended; its store is as the next start will find it. */
  public void crashed(SimNode node) {}

  /** A node's store was replaced by an older copy of it. */
  public void restored(SimNode node) {}

  /** The run is over and nothing more will happen: what must be so in the end is looked at now. */
  public void ended(List<SimNode> nodes) {}

  /** A direction of a link went up or down. */
  public void changed(Medium medium) {}

  /** A rule was broken. */
  public static final class Violation extends RuntimeException {
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
