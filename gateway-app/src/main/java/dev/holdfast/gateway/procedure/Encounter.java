package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.opportunistic.EncounterRecord;
import dev.holdfast.gateway.opportunistic.SummaryVector;
import dev.holdfast.gateway.turn.OpportunisticSettings.SpreadLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A neighbour that is there without a plan: what is known of it, and how far it was served. */
final class Encounter {
  /** When nothing is due, in milliseconds since boot. */
  static final long NEVER = Long.MAX_VALUE;

  final LinkId link;
  final NodeId node;
  final Acquaintance other;

  /** When this node tells what it has, again, in milliseconds since boot. */
  long tellAt;

  /** When what is held is gone through for it, in milliseconds since boot. */
  long offerAt = NEVER;

  /** Whether what is held was or is gone through since it came. */
  boolean open;

  /** The record told to it last: nobody else is to have that. */
  Optional<BundleId> told = Optional.empty();

  /** Bytes given to it since it was told last. */
  long bytes;

  /** Copies for it that are not settled. */
  int pending;

  /** Bundles looked at for it since it was told last. */
  int looked;

  /** The part of a queue that is being read for it. */
  Optional<Place> reading = Optional.empty();

  /** Whether something came that could not be offered at once. */
  boolean again;

  /** The queues still to be gone through, and how far. */
  final Deque<Place> places = new ArrayDeque<>();

  Encounter(LinkId link, NodeId node, Acquaintance other, long tellAt) {
    this.link = link;
    this.node = node;
    this.other = other;
    this.tellAt = tellAt;
  }

  /**
   * How far a queue was gone through.
   *
   * @param queue which
   * @param after the last bundle looked at
   */
  record Place(QueueKey queue, Optional<HeldBundle> after) {}

  /** What is known of a node that was met, also after it has gone. */
  static final class Acquaintance {
    /** Bundles that it has or had, or was given. */
    final SummaryVector has;

    /** Whom it is likely to meet: the first that it told of. */
    Map<NodeId, Double> mayDeliverTo = new LinkedHashMap<>();

    private final int mostNodes;

    Acquaintance(SpreadLimits limits) {
      has = new SummaryVector(limits.summaryBundles());
      mostNodes = limits.nodes();
    }

    void heard(EncounterRecord record) {
      record.summary().ifPresent(has::addAll);
      mayDeliverTo = new LinkedHashMap<>();
      record.predictabilities().entrySet().stream()
          .limit(mostNodes)
          .forEach(entry -> mayDeliverTo.put(entry.getKey(), entry.getValue()));
    }
  }
}
