package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Replica;
import java.util.Map;
import java.util.SortedSet;

/** What follows from how far another region says that it is. */
final class Hearing {
  private final Peer peer;
  private final Replica replica;
  private final SortedSet<StreamId> known;
  private final long driftMillis;

  /**
   * Of one region.
   *
   * @param known all streams that are known of
   * @param driftMillis how far clocks may be apart
   */
  Hearing(Peer peer, Replica replica, SortedSet<StreamId> known, long driftMillis) {
    this.peer = peer;
    this.replica = replica;
    this.known = known;
    this.driftMillis = driftMillis;
  }

  /** Takes how far they are; false if it is not known what they are equal to. */
  boolean hear(Signed message, FrontierMessage claim, Voice voice, long now) {
    Peer.Said before = peer.said;
    Hlc clock = trusted(message.envelope().clock(), now);
    if (before != null && clock.compareTo(before.clock()) <= 0) {
      return true;
    }
    Octets id = FrontierMessage.SameAs.of(message).message();
    WireFrontier frontier =
        switch (claim.said()) {
          case FrontierMessage.Whole(WireFrontier whole) -> whole;
          case FrontierMessage.SameAs(Octets other) ->
              before != null && before.message().equals(other)
                  ? before.frontier()
                  : voice.said(other).orElse(null);
        };
    if (frontier == null) {
      return false;
    }
    peer.said = new Peer.Said(clock, frontier, id, claim.budgetBytes());
    peer.silences = 0;
    peer.sentBytes = 0;
    confirm(clock, frontier.resolve(known).frontier());
    return true;
  }

  /** A clock that is far ahead is not followed: else its region, once set right, was not heard. */
  private Hlc trusted(Hlc clock, long now) {
    return clock.aheadOf(now) > driftMillis ? new Hlc(now + driftMillis, 0) : clock;
  }

  /** What a frontier says confirms what was sent, or shows that it is lost. */
  private void confirm(Hlc clock, Frontier theirs) {
    boolean late = peer.answered > 0 && clock.millis() > peer.arrives + driftMillis;
    boolean all = true;
    for (Map.Entry<StreamId, Long> sent : peer.sent.entrySet()) {
      all &= theirs.last(sent.getKey()) >= sent.getValue();
    }
    if (all) {
      peer.answered = 0;
      peer.loses = false;
    } else if (peer.answered == 0) {
      // It knew more before: its store was restored from a copy, and may lack all that was told.
      peer.sent.clear();
      peer.statements = 0;
      peer.proofs = 0;
    } else if (late) {
      peer.sent.clear();
      peer.answered = 0;
      peer.loses = true;
    }
    asOf(theirs, clock);
    if (theirs.root().equals(replica.root())) {
      peer.differences = 0;
    }
  }

  /** Where we have all that they have of a stream, it is as new here as there. */
  private void asOf(Frontier theirs, Hlc clock) {
    theirs
        .streams()
        .forEach(
            (stream, reach) -> {
              if (reach.ageSeconds() >= 0 && reach.last() <= replica.chain(stream).last()) {
                long millis = clock.millis() - 1_000 * reach.ageSeconds();
                replica.asOf(stream, new Hlc(Math.max(0, millis), 0));
              }
            });
  }
}
