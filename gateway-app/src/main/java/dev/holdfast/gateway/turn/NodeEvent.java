package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.forecast.Forecast;
import dev.holdfast.contacts.forecast.Forecaster;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import java.util.List;
import java.util.Optional;

/** What happens to the node. */
public sealed interface NodeEvent {
  /**
   * A link tells something.
   *
   * @param event what
   */
  record FromLink(LinkEvent event) implements NodeEvent {}

  /**
   * An application or operator asks for something; it is answered by {@link Effect.Reply} with the
   * same number.
   *
   * @param id the number
   * @param request what
   */
  record Asked(RequestId id, Request request) implements NodeEvent {}

  /**
   * The part of a queue that was asked for by {@link Effect.ReadQueue}.
   *
   * @param queue which queue
   * @param bundles its bundles in order
   * @param complete whether the queue ends with them
   */
  record QueueRead(QueueKey queue, List<HeldBundle> bundles, boolean complete)
      implements NodeEvent {}

  /**
   * The part of a queue that was asked for by {@link Effect.ReadOffers}.
   *
   * @param to the neighbour's link
   * @param queue which queue
   * @param bundles its bundles in order
   * @param complete whether the queue ends with them
   */
  record Offered(LinkId to, QueueKey queue, List<HeldBundle> bundles, boolean complete)
      implements NodeEvent {}

  /**
   * Bundles that may have expired, as asked for by {@link Effect.ReadExpired}.
   *
   * @param bundles earliest expiry first
   * @param complete whether there are no more of that time
   * @param next the earliest expiry left in the store
   */
  record ExpiredRead(List<HeldBundle> bundles, boolean complete, Optional<DtnTime> next)
      implements NodeEvent {}

  /**
   * All fragments held of one application data unit, as asked for by {@link Effect.ReadFragments}.
   *
   * @param original the unit's identity
   * @param fragments by offset, each with the head it came with
   */
  record FragmentsRead(BundleId original, List<HeldFragment> fragments) implements NodeEvent {}

  /**
   * An application data unit was put together as asked for by {@link Effect.Assemble}.
   *
   * @param head the whole bundle's head
   * @param whole its payload and what ends it; empty if a fragment was gone meanwhile
   */
  record Assembled(BundleHead head, Optional<Whole> whole) implements NodeEvent {}

  /**
   * A payload that was put together.
   *
   * @param payload the payload
   * @param trailer what follows it
   */
  record Whole(Payload payload, Octets trailer) {}

  /**
   * A new contact plan, checked already.
   *
   * @param plan the plan
   */
  record PlanLoaded(ContactPlan plan) implements NodeEvent {}

  /**
   * A forecast was made as asked for by {@link Effect.Foresee}.
   *
   * @param at when it begins
   * @param until how far it looks
   * @param forecast the forecast
   */
  record Foreseen(DtnTime at, DtnTime until, Forecast forecast) implements NodeEvent {
    /** Makes the forecast. Any thread, and it may take seconds. */
    public static Foreseen of(Effect.Foresee asked) {
      return new Foreseen(
          asked.present().at(),
          asked.present().until(),
          Forecaster.of(asked.present(), asked.demand()));
    }
  }

  /**
   * The store has no room, or has room again.
   *
   * @param full whether it is full
   * @param text for people
   */
  record StoreSpace(boolean full, String text) implements NodeEvent {}

  /** Time went on: a deadline may have passed. */
  record Tick() implements NodeEvent {}

  /** Stop taking bundles, let transfers end, close the links. */
  record Drain() implements NodeEvent {}
}
