package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.replay.Track.Fate;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rule on answers: what a node answers for, to applications and neighbours, it holds. */
final class Promises extends Watch {
  private final Ledger ledger;
  private final Map<String, Long> asked = new HashMap<>();
  private final Map<String, Map<Inbound, BundleId>> inbound = new HashMap<>();
  private final List<BundleId> accepted = new ArrayList<>();

  Promises(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void submitting(SimNode node, long number, Request.Submit submit) {
    if (submit.payload() instanceof Payload.Inline(Octets bytes)) {
      Payloads.number(bytes).ifPresent(n -> asked.put(node.name() + number, n));
    }
  }

  @Override
  public void submitted(SimNode node, long number, BundleId id) {
    Long payload = asked.remove(node.name() + number);
    if (payload != null && ledger.track(id).isEmpty() && ledger.fates().of(payload) == Fate.OPEN) {
      throw new Violation(
          Ledger.CUSTODY, node.name() + " answered for " + id + ", which nobody holds");
    }
  }

  @Override
  public void refused(SimNode node, long number, Answer.Refused refusal) {
    asked.remove(node.name() + number);
  }

  @Override
  public void arriving(SimNode node, LinkEvent.Arrived arrived) {
    inbound
        .computeIfAbsent(node.name(), n -> new HashMap<>())
        .put(arrived.inbound(), arrived.head().id().original());
  }

  @Override
  public void accepting(SimNode node, Inbound transfer) {
    Optional.ofNullable(inbound.get(node.name()))
        .map(known -> known.remove(transfer))
        .ifPresent(accepted::add);
  }

  @Override
  public void refusing(SimNode node, Inbound transfer) {
    Optional.ofNullable(inbound.get(node.name())).ifPresent(known -> known.remove(transfer));
  }

  /** What it answered for in this turn it holds, or has ended and said so. */
  @Override
  public void turned(SimNode node) {
    for (BundleId id : accepted) {
      Optional<Track> track = ledger.track(id).filter(t -> t.fate == Fate.OPEN);
      if (track.isPresent() && !track.get().isHeldBy(node.name())) {
        throw new Violation(
            Ledger.CUSTODY, node.name() + " answered for " + id + " and does not hold it");
      }
    }
    accepted.clear();
  }

  @Override
  public void crashed(SimNode node) {
    accepted.clear();
    inbound.remove(node.name());
  }
}
