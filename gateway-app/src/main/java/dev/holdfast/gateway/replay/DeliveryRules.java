package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.replay.Track.Fate;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import java.util.Optional;

/**
 * The rules on deliveries: at its destination and nowhere else, never after a durable
 * acknowledgement, before it only if it is said to be a repetition, and what was sent.
 */
final class DeliveryRules extends Watch {
  static final String DELIVERY = "delivery";
  static final String CONTENT = "content";

  private final SimWorld world;
  private final Ledger ledger;
  private long repetitions;

  DeliveryRules(SimWorld world, Ledger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  long repetitions() {
    return repetitions;
  }

  @Override
  public void fetched(SimNode node, HeldBundle bundle, boolean repeated) {
    // A bundle of nobody in the scenario was made by a neighbour that lies.
    ledger
        .track(bundle.id())
        .filter(t -> t.number >= 0)
        .ifPresent(t -> handed(node, bundle, t, repeated));
  }

  private void handed(SimNode node, HeldBundle bundle, Track track, boolean repeated) {
    if (!node.isLocal(track.destination)) {
      throw new Violation(DELIVERY, track.id + " was handed out at " + node.name());
    }
    // A crash may take what was known of a best-effort bundle, and a copy knows less.
    boolean again =
        track.bestEffort
            || ledger.isRestored(node.name())
            || track.hasOutlivedItself(world.nanos());
    if (track.fate == Fate.DELIVERED && !again) {
      throw new Violation(
          DELIVERY, track.id + " was handed out at " + node.name() + " after its acknowledgement");
    }
    if (track.fetches > 0 && !repeated && !again) {
      throw new Violation(
          DELIVERY, track.id + " was handed out at " + node.name() + " again, and it was not said");
    }
    track.fetches++;
    repetitions += track.fetches > 1 ? 1 : 0;
    content(node, bundle, track);
  }

  private static void content(SimNode node, HeldBundle bundle, Track track) {
    int size = (int) bundle.sizes().payload();
    Optional<Octets> payload = node.store().read(bundle.key(), 0, size);
    if (payload.isEmpty() || !payload.get().equals(Payloads.of(track.number, size))) {
      throw new Violation(
          CONTENT, track.id + " came to " + node.name() + " with another payload than was sent");
    }
  }

  @Override
  public void acknowledging(SimNode node, HeldBundle bundle) {
    ledger.track(bundle.id()).ifPresent(track -> track.acknowledging = true);
  }
}
