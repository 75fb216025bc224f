package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Sabotage: takes a bundle from the relay while it waits there for a window that is closed, so that
 * nobody else has it. One thread.
 */
final class Theft {
  private static final int LOOKED_AT = 20;

  private final GatewayApi relay;
  private final ContactPlan plan;
  private Optional<String> stolen = Optional.empty();

  Theft(GatewayApi relay, ContactPlan plan) {
    this.relay = relay;
    this.plan = plan;
  }

  /** Tries, unless it was done. */
  void attempt(DtnTime now) {
    if (stolen.isPresent()) {
      return;
    }
    try {
      List<GatewayApi.Handed> candidates =
          relay.held(LOOKED_AT).stream().filter(bundle -> isStuck(bundle, now)).toList();
      if (!candidates.isEmpty()) {
        relay.cancel(candidates.getFirst().key());
        stolen = Optional.of(candidates.getFirst().bundle());
      }
    } catch (IOException notThere) {
      // The relay is down, or the bundle just left; there will be another.
    }
  }

  private boolean isStuck(GatewayApi.Handed bundle, DtnTime now) {
    return bundle.bundle().equals(Journals.whole(bundle.bundle()))
        && Site.RELAY.neighbours().stream()
            .filter(site -> site.endpoint().equals(bundle.destination()))
            .anyMatch(site -> plan.openAt(Site.RELAY.node(), site.node(), now).isEmpty());
  }

  /** What was done, for people. */
  Optional<String> news() {
    return stolen.map(bundle -> "Sabotage: " + bundle + " was cancelled at the relay.");
  }
}
