package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import java.util.List;
import java.util.Optional;

/**
 * What became of one bundle so far.
 *
 * @param bundle its identity, as the gateways name it
 * @param sent how it was sent; empty for one that nobody sent
 * @param deliveries how it was delivered, in order
 * @param acknowledgedAt when the receiver told its gateway that it has it
 * @param expired whether a gateway let it expire
 */
record Passage(
    String bundle,
    Optional<Sent> sent,
    List<Delivery> deliveries,
    Optional<DtnTime> acknowledgedAt,
    boolean expired) {
  /** Keeps an unmodifiable copy. */
  Passage {
    deliveries = List.copyOf(deliveries);
  }

  /**
   * That a gateway took it.
   *
   * @param consignment what it was
   * @param digest SHA-256 of the payload, hexadecimal
   * @param at when
   */
  record Sent(Consignment consignment, String digest, DtnTime at) {}

  /**
   * That a receiver got it.
   *
   * @param size payload bytes
   * @param digest SHA-256 of the payload, hexadecimal
   * @param at when
   * @param afterAcknowledgement whether it had acknowledged the bundle before
   */
  record Delivery(long size, String digest, DtnTime at, boolean afterAcknowledgement) {}

  static Passage unknown(String bundle) {
    return new Passage(bundle, Optional.empty(), List.of(), Optional.empty(), false);
  }

  /** Whether it was delivered at least once. */
  boolean isDelivered() {
    return !deliveries.isEmpty();
  }

  /** Whether something was delivered that is not what was sent. */
  boolean isAltered() {
    return sent.isPresent()
        && deliveries.stream()
            .anyMatch(
                d ->
                    !d.digest.equals(sent.get().digest) || d.size != sent.get().consignment.size());
  }

  /** Whether it was delivered again after it was acknowledged. */
  boolean isDeliveredAgain() {
    return deliveries.stream().anyMatch(Delivery::afterAcknowledgement);
  }

  /** Milliseconds from sending to the first delivery. */
  Optional<Long> latencyMillis() {
    return sent.filter(_ -> isDelivered()).map(s -> deliveries.getFirst().at.since(s.at));
  }
}
