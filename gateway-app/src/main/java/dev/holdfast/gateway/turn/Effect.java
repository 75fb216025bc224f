package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.forecast.Demand;
import dev.holdfast.contacts.forecast.Present;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.TransferToken;
import java.util.List;
import java.util.Optional;

/** What is to be done once the turn's changes are durable; in order, by the edge. */
public sealed interface Effect {
  /** Something is read from the store, and comes back to the node as an event. */
  sealed interface Read extends Effect {}

  /**
   * Lets the final acknowledgement of a received bundle leave.
   *
   * @param inbound the transfer
   */
  record Accept(Inbound inbound) implements Effect {}

  /**
   * Refuses a received bundle.
   *
   * @param inbound the transfer
   * @param refusal why
   */
  record Refuse(Inbound inbound, Link.Refusal refusal) implements Effect {}

  /**
   * Drops a payload that was received and is not held after all.
   *
   * @param payload the payload
   */
  record Discard(Payload payload) implements Effect {}

  /**
   * Opens a link, or changes its rate.
   *
   * @param link which
   * @param order how
   */
  record OpenLink(LinkId link, Link.OpenOrder order) implements Effect {}

  /**
   * Closes a link.
   *
   * @param link which
   * @param order how
   */
  record CloseLink(LinkId link, Link.CloseOrder order) implements Effect {}

  /**
   * Reads a bundle, edits its head as RFC 9171 §5.4 says, and hands it to a link.
   *
   * @param link which
   * @param token to tell what came of it
   * @param bundle which bundle
   * @param previousNode who we are, for the Previous Node block; the residence time is added by the
   *     edge at the last moment
   * @param part the payload part to be sent as a fragment; empty for all of it
   * @param copiesLeft how many copies the bundle that leaves stands for (spray and wait); 0 to tell
   *     nothing of it
   */
  record Transmit(
      LinkId link,
      TransferToken token,
      HeldBundle bundle,
      Eid previousNode,
      Optional<BundleId.Extent> part,
      int copiesLeft)
      implements Effect {}

  /**
   * Reads the next bundles of a queue; answered by {@link NodeEvent.QueueRead}.
   *
   * @param queue which
   * @param after the last one known; empty to begin
   * @param limit at most this many
   */
  record ReadQueue(QueueKey queue, Optional<HeldBundle> after, int limit) implements Read {}

  /**
   * Reads the next bundles of a queue to be looked at for a neighbour; answered by {@link
   * NodeEvent.Offered}.
   *
   * @param to the neighbour's link
   * @param queue which
   * @param after the last one looked at; empty to begin
   * @param limit at most this many
   */
  record ReadOffers(LinkId to, QueueKey queue, Optional<HeldBundle> after, int limit)
      implements Read {}

  /**
   * Reads bundles that may have expired; answered by {@link NodeEvent.ExpiredRead}.
   *
   * @param until expiry at or before this
   * @param limit at most this many
   */
  record ReadExpired(DtnTime until, int limit) implements Read {}

  /**
   * Reads the fragments of one application data unit; answered by {@link NodeEvent.FragmentsRead}.
   *
   * @param original the unit's identity
   */
  record ReadFragments(BundleId original) implements Read {}

  /**
   * Puts an application data unit together; answered by {@link NodeEvent.Assembled}.
   *
   * @param head the whole bundle's head
   * @param pieces where each part of its payload comes from, in order
   */
  record Assemble(BundleHead head, List<Piece> pieces) implements Read {}

  /**
   * A part of a held payload.
   *
   * @param key the bundle
   * @param from first byte within its payload
   * @param length how many
   */
  record Piece(HeldKey key, long from, long length) {}

  /**
   * Makes a forecast; answered by {@link NodeEvent.Foreseen}. One at a time is asked for.
   *
   * @param present how things stand; its bookings are nobody else's
   * @param demand what comes
   */
  record Foresee(Present present, Demand demand) implements Effect {}

  /**
   * Answers a request.
   *
   * @param id its number
   * @param answer the answer
   */
  record Reply(RequestId id, Answer answer) implements Effect {}

  /**
   * Writes an entry of the journal.
   *
   * @param entry what happened
   */
  record Note(JournalEntry entry) implements Effect {}

  /** Everything in flight has ended after {@link NodeEvent.Drain}; the process may stop. */
  record Drained() implements Effect {}
}
