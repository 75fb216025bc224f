package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.admin.StatusReason;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/**
 * Step 9 of 9: a held bundle ends here without having been forwarded or delivered (RFC 9171 §5.10).
 * It is remembered until its expiry.
 */
public final class Deletion {
  private final Holding holding;
  private final ApplicationEndpoints applications;
  private final StatusReporting reporting;

  /** Deletion of what these hold. */
  public Deletion(Holding holding, ApplicationEndpoints applications, StatusReporting reporting) {
    this.holding = holding;
    this.applications = applications;
    this.reporting = reporting;
  }

  /** Its lifetime is over (§5.5). */
  void expired(Turn turn, HeldBundle bundle) {
    int copies = bundle.progress().copies().given();
    if (copies > 0) {
      keptToItsEnd(turn, bundle, copies);
      return;
    }
    turn.count(Counter.BUNDLES_EXPIRED);
    turn.note(Kind.EXPIRED, Optional.empty(), Optional.of(bundle.id()), "lifetime over");
    delete(turn, bundle, StatusReason.LIFETIME_EXPIRED);
  }

  /** Neighbours have it: nothing is lost, and nothing to be reported. */
  private void keptToItsEnd(Turn turn, HeldBundle bundle, int copies) {
    turn.count(Counter.BUNDLES_FORWARDED);
    turn.note(
        Kind.FORWARDED,
        Optional.empty(),
        Optional.of(bundle.id()),
        "lifetime over; neighbours have taken copies: " + copies);
    turn.remember(bundle.id(), holding.rememberUntil(bundle, turn.now()));
    holding.release(turn, bundle);
  }

  /** An operator or application cancels it. */
  public void cancelled(Turn turn, HeldBundle bundle) {
    turn.count(Counter.BUNDLES_DELETED);
    turn.note(Kind.DELETED, Optional.empty(), Optional.of(bundle.id()), "cancelled");
    turn.sync();
    delete(turn, bundle, StatusReason.TRANSMISSION_CANCELED);
  }

  private void delete(Turn turn, HeldBundle bundle, StatusReason reason) {
    reporting.deleted(turn, bundle, reason);
    turn.remember(bundle.id(), holding.rememberUntil(bundle, turn.now()));
    applications.gone(bundle.key());
    holding.release(turn, bundle);
  }
}
