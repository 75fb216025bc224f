package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The books: what was sent, delivered and acknowledged, kept by those who sent and received, not by
 * the gateways. Any thread.
 */
final class Ledger {
  private final LinkedHashMap<String, Passage> passages = new LinkedHashMap<>();

  /** A gateway took a bundle. It may have been delivered before this is known. */
  synchronized void sent(String bundle, Consignment consignment, String digest, DtnTime at) {
    Passage before = passage(bundle);
    Optional<Passage.Sent> sent = Optional.of(new Passage.Sent(consignment, digest, at));
    passages.put(
        bundle,
        new Passage(bundle, sent, before.deliveries(), before.acknowledgedAt(), before.expired()));
  }

  /** A receiver got a bundle. */
  synchronized void delivered(String bundle, long size, String digest, DtnTime at) {
    Passage before = passage(bundle);
    List<Passage.Delivery> deliveries = new ArrayList<>(before.deliveries());
    deliveries.add(new Passage.Delivery(size, digest, at, before.acknowledgedAt().isPresent()));
    passages.put(
        bundle,
        new Passage(bundle, before.sent(), deliveries, before.acknowledgedAt(), before.expired()));
  }

  /** A receiver's gateway confirmed that it knows the bundle was received. */
  synchronized void acknowledged(String bundle, DtnTime at) {
    Passage before = passage(bundle);
    Optional<DtnTime> first = before.acknowledgedAt().or(() -> Optional.of(at));
    passages.put(
        bundle, new Passage(bundle, before.sent(), before.deliveries(), first, before.expired()));
  }

  /** A gateway let a bundle expire. */
  synchronized void expired(String bundle) {
    Passage before = passage(bundle);
    passages.put(
        bundle,
        new Passage(bundle, before.sent(), before.deliveries(), before.acknowledgedAt(), true));
  }

  /** Every bundle, in the order in which it was first heard of. */
  synchronized List<Passage> passages() {
    return List.copyOf(passages.values());
  }

  /** Whether every bundle that was sent was delivered and acknowledged, or expired. */
  synchronized boolean isSettled() {
    return passages.values().stream()
        .allMatch(p -> (p.isDelivered() && p.acknowledgedAt().isPresent()) || p.expired());
  }

  /** The verdict as if the run ended now. */
  Verdict verdict() {
    return Verdict.on(passages());
  }

  private Passage passage(String bundle) {
    return passages.getOrDefault(bundle, Passage.unknown(bundle));
  }
}
