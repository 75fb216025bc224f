package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.fragment.Reassembly;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.HeldFragment;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Fragments for this node become a whole (RFC 9171 §5.9). They stay held, each by itself, until the
 * whole is; so a restart in the middle costs nothing but doing it again.
 */
public final class Reassembling {
  private static final int MOST_AT_ONCE = 256;

  private final Holding holding;
  private final Delivery delivery;
  private final Map<BundleId, List<HeldFragment>> underWay = new LinkedHashMap<>();

  /** Reassembly of what is held, for delivery. */
  Reassembling(Holding holding, Delivery delivery) {
    this.holding = holding;
    this.delivery = delivery;
  }

  /**
   * These are the fragments held of one application data unit: if they are all of it, it is put
   * together.
   */
  public void found(Turn turn, BundleId original, List<HeldFragment> fragments) {
    if (underWay.containsKey(original) || fragments.isEmpty()) {
      return;
    }
    if (turn.find(original).isPresent() || turn.remembers(original)) {
      fragments.stream() // It is whole already.
          .filter(fragment -> turn.find(fragment.held().id()).isPresent())
          .forEach(fragment -> holding.release(turn, fragment.held()));
      return;
    }
    Optional<Whole> whole = putTogether(fragments);
    if (whole.isEmpty()) {
      return;
    }
    if (underWay.size() >= MOST_AT_ONCE) {
      turn.then(new Effect.ReadFragments(original)); // Later: its answer comes behind the others'.
      return;
    }
    underWay.put(original, fragments);
    turn.then(new Effect.Assemble(whole.get().head(), whole.get().pieces()));
  }

  private record Whole(BundleHead head, List<Effect.Piece> pieces) {}

  private static Optional<Whole> putTogether(List<HeldFragment> fragments) {
    Map<BundleId, HeldFragment> byId = new LinkedHashMap<>();
    Optional<Reassembly> reassembly = Optional.empty();
    for (HeldFragment fragment : fragments) {
      Optional<FragmentInfo> place = fragment.head().primary().fragment();
      if (place.isEmpty()) {
        continue;
      }
      BundleId id = fragment.held().id();
      if (reassembly.isEmpty()) {
        reassembly = Reassembly.of(id, place.get(), Limits.DEFAULT);
      }
      byId.put(id, fragment);
      reassembly.ifPresent(r -> addTo(r, id, place.get()));
    }
    return reassembly
        .filter(Reassembly::isComplete)
        .map(
            r ->
                new Whole(
                    Reassembly.wholeHead(found(byId, r.first().orElseThrow()).head()),
                    r.pieces().stream()
                        .map(
                            piece ->
                                new Effect.Piece(
                                    found(byId, piece.fragment()).held().key(),
                                    piece.from(),
                                    piece.length()))
                        .toList()));
  }

  /** A fragment that contradicts the first is held until it expires, and no part of the whole. */
  private static void addTo(Reassembly reassembly, BundleId id, FragmentInfo place) {
    var _ = reassembly.add(id, place);
  }

  private static HeldFragment found(Map<BundleId, HeldFragment> byId, BundleId id) {
    return Objects.requireNonNull(byId.get(id));
  }

  /** The whole is there, or a fragment went meanwhile. */
  public void assembled(Turn turn, BundleHead head, Optional<NodeEvent.Whole> whole) {
    List<HeldFragment> fragments = underWay.remove(head.id());
    if (fragments == null) {
      return;
    }
    boolean allHeld = fragments.stream().allMatch(f -> turn.find(f.held().id()).isPresent());
    if (whole.isEmpty() || !allHeld) {
      whole.ifPresent(w -> turn.then(new Effect.Discard(w.payload())));
      turn.then(new Effect.ReadFragments(head.id()));
      return;
    }
    if (turn.find(head.id()).isPresent() || turn.remembers(head.id())) {
      // The whole came by another way meanwhile.
      fragments.forEach(fragment -> holding.release(turn, fragment.held()));
      turn.then(new Effect.Discard(whole.get().payload()));
      return;
    }
    turn.count(Counter.REASSEMBLED);
    turn.note(
        Kind.REASSEMBLED,
        Optional.empty(),
        Optional.of(head.id()),
        "from " + fragments.size() + " fragments");
    fragments.forEach(fragment -> holding.release(turn, fragment.held()));
    // What came while it was put together goes too.
    turn.then(new Effect.ReadFragments(head.id()));
    delivery.deliver(
        turn,
        new Fresh(
            head,
            whole.get().payload(),
            whole.get().trailer(),
            fragments.getFirst().held().from()));
  }
}
