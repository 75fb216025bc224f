package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.admin.StatusReason;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Turn;
import java.util.Optional;

/** Step 2 of 9: whether a bundle that came in is taken (RFC 9171 §5.6). */
public final class Reception {
  private final NodeSettings settings;
  private final StatusReporting reporting;
  private final Spreading spreading;

  /** Reception for a node that spreads and reports with these, and asks what may expire. */
  Reception(NodeSettings settings, StatusReporting reporting, Spreading spreading) {
    this.settings = settings;
    this.reporting = reporting;
    this.spreading = spreading;
  }

  /** What becomes of it. */
  private sealed interface Verdict {
    /** It is taken. */
    record Taken() implements Verdict {}

    /** It is here, or was dealt with here: confirmed, and nothing else. */
    record Duplicate() implements Verdict {}

    /** It is confirmed and dropped without a word: nobody could use it. */
    record Dropped(String why) implements Verdict {}

    /** It is confirmed and deleted, which may be reported (§5.10). */
    record Deleted(StatusReason reason) implements Verdict {}

    /** There is no room: the neighbour keeps it. */
    record Refused(String why) implements Verdict {}
  }

  /** Deals with a bundle that came in by a link from {@code neighbour}. */
  public void receive(Turn turn, LinkEvent.Arrived arrived, Optional<NodeId> neighbour) {
    BundleHead head = arrived.head();
    Verdict verdict = judge(turn, head);
    switch (verdict) {
      case Verdict.Taken() -> {
        turn.count(Counter.BUNDLES_RECEIVED);
        note(turn, Kind.RECEIVED, arrived, "taken");
        reporting.received(turn, head);
        reportUnprocessed(turn, head);
        turn.dispatch(
            new Fresh(
                head, arrived.payload(), arrived.trailer(), neighbour.or(() -> sender(head))));
        turn.then(new Effect.Accept(arrived.inbound()));
      }
      case Verdict.Duplicate() -> {
        turn.count(Counter.BUNDLES_DUPLICATE);
        note(turn, Kind.DUPLICATE, arrived, "it is here or was dealt with here");
        drop(turn, arrived);
      }
      case Verdict.Dropped(String why) -> {
        turn.count(Counter.BUNDLES_DELETED);
        note(turn, Kind.DELETED, arrived, why);
        drop(turn, arrived);
      }
      case Verdict.Deleted(StatusReason reason) -> {
        turn.count(Counter.BUNDLES_DELETED);
        note(turn, Kind.DELETED, arrived, reason.toString());
        reporting.received(turn, head);
        reporting.deleted(turn, head, reason);
        drop(turn, arrived);
      }
      case Verdict.Refused(String why) -> {
        turn.count(Counter.BUNDLES_REFUSED);
        note(turn, Kind.REFUSED, arrived, why);
        turn.then(new Effect.Discard(arrived.payload()));
        turn.then(new Effect.Refuse(arrived.inbound(), Link.Refusal.NO_RESOURCES));
      }
    }
  }

  private static void drop(Turn turn, LinkEvent.Arrived arrived) {
    turn.then(new Effect.Discard(arrived.payload()));
    turn.then(new Effect.Accept(arrived.inbound()));
  }

  private static void note(Turn turn, Kind kind, LinkEvent.Arrived arrived, String text) {
    turn.note(kind, Optional.of(arrived.link()), Optional.of(arrived.head().id()), text);
  }

  private Verdict judge(Turn turn, BundleHead head) {
    PrimaryBlock primary = head.primary();
    if (primary.destination().isNull()) {
      return new Verdict.Dropped("its destination is the null endpoint");
    }
    // A fragment of what is held whole brings nothing either (§5.9).
    BundleId id = head.id();
    if (turn.find(id).isPresent()
        || (id.extent().isPresent() && turn.find(id.original()).isPresent())
        || turn.remembers(id)) {
      return new Verdict.Duplicate();
    }
    if (isExpired(head, turn.now())) {
      return new Verdict.Dropped("its lifetime was over when it came"); // no report: report storms
    }
    Optional<CanonicalBlock.HopCount> hops = head.first(CanonicalBlock.HopCount.class);
    if (hops.isPresent() && isSpent(hops.get(), primary)) {
      return new Verdict.Deleted(StatusReason.HOP_LIMIT_EXCEEDED);
    }
    for (Extension extension : head.extensions()) {
      // §5.6 step 4: a block that cannot be processed may take the bundle with it.
      if (isUnprocessed(extension) && has(extension, BlockFlags.DELETE_BUNDLE)) {
        return new Verdict.Deleted(StatusReason.BLOCK_UNSUPPORTED);
      }
    }
    if (!spreading.makeRoom(turn, head.bundleLength())) {
      return new Verdict.Refused("the store's limit is reached");
    }
    return new Verdict.Taken();
  }

  /**
   * RFC 9171 §4.4.3: deleted when the hop count exceeds the limit. One that is not for this node
   * and has no hop left would exceed it with the next, so it is not sent for nothing.
   */
  private boolean isSpent(CanonicalBlock.HopCount hops, PrimaryBlock primary) {
    long most = settings.isLocal(primary.destination()) ? hops.limit() : hops.limit() - 1L;
    return Long.compareUnsigned(hops.count(), most) > 0;
  }

  private static boolean isUnprocessed(Extension extension) {
    // RFC 9172 §5.1.1, §5.1.2: a node that is not the acceptor leaves security blocks as they are.
    return extension.block() instanceof CanonicalBlock.Unknown unknown
        && unknown.type() != 11
        && unknown.type() != 12;
  }

  private static boolean has(Extension extension, long flag) {
    return extension.block().header().flags().has(flag);
  }

  private void reportUnprocessed(Turn turn, BundleHead head) {
    for (Extension extension : head.extensions()) {
      if (isUnprocessed(extension) && has(extension, BlockFlags.REPORT_UNPROCESSED)) {
        reporting.unprocessed(turn, head);
        return;
      }
    }
  }

  private static boolean isExpired(BundleHead head, Moment now) {
    PrimaryBlock primary = head.primary();
    Optional<CanonicalBlock.BundleAge> age = head.first(CanonicalBlock.BundleAge.class);
    if (primary.created().time().isUnknown()) {
      return age.isPresent() && Long.compareUnsigned(age.get().millis(), primary.lifetime()) >= 0;
    }
    return now.trusted()
        && !now.earliestWall().isBefore(primary.created().time().plusUnsigned(primary.lifetime()));
  }

  /** RFC 9171 §4.4.1; anybody can write it, so only where the link does not know who sends. */
  private static Optional<NodeId> sender(BundleHead head) {
    return head.first(CanonicalBlock.PreviousNode.class).flatMap(b -> b.node().nodeId());
  }
}
