package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/** Step 4 of 9: whether a bundle is for this node or for another (RFC 9171 §5.3). */
public final class Dispatching {
  private final NodeSettings settings;
  private final Holding holding;
  private final Forwarding forwarding;
  private final Delivery delivery;
  private final Exchange exchange;

  /** Dispatching to these. */
  Dispatching(
      NodeSettings settings,
      Holding holding,
      Forwarding forwarding,
      Delivery delivery,
      Exchange exchange) {
    this.settings = settings;
    this.holding = holding;
    this.forwarding = forwarding;
    this.delivery = delivery;
    this.exchange = exchange;
  }

  /** Dispatches everything that the turn has left to dispatch. */
  public void run(Turn turn) {
    for (var next = turn.nextToDispatch(); next.isPresent(); next = turn.nextToDispatch()) {
      dispatch(turn, next.get());
    }
  }

  private void dispatch(Turn turn, Fresh fresh) {
    Eid destination = fresh.head().primary().destination();
    if (!settings.isLocal(destination)) {
      Eid node = destination.nodeId().map(NodeId::eid).orElse(destination);
      Optional<Waiting> entry =
          holding.hold(turn, fresh, new QueueKey(QueueKey.Wait.FORWARD, node));
      entry.ifPresent(bundle -> forwarding.offer(turn, bundle));
      exchange.arrived(turn, entry);
    } else if (fresh.head().primary().fragment().isPresent()) {
      var _ = holding.hold(turn, fresh, new QueueKey(QueueKey.Wait.REASSEMBLE, destination));
      turn.then(new Effect.ReadFragments(fresh.head().id().original()));
    } else {
      delivery.deliver(turn, fresh);
      QueueKey parts = new QueueKey(QueueKey.Wait.REASSEMBLE, destination);
      if (holding.queues().existing(parts).isPresent()) {
        turn.then(new Effect.ReadFragments(fresh.head().id())); // Parts of it that came before go.
      }
    }
  }
}
