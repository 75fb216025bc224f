package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.Moment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What is held, as the node knows it: the store, and over it the turns that are decided and not yet
 * {@linkplain Turn#written written}, the newest first. So the node goes on deciding while the disk
 * writes. For the node's thread.
 */
public final class StoreView {
  private final BundleStore store;
  private final Deque<Turn> unwritten = new ArrayDeque<>();

  /** A view of a store that all earlier turns have reached. */
  public StoreView(BundleStore store) {
    this.store = store;
  }

  /** Begins a turn over everything decided so far. */
  public Turn begin(Moment now, Counters counters) {
    while (!unwritten.isEmpty() && unwritten.getLast().isWritten()) {
      unwritten.removeLast();
    }
    Turn turn = new Turn(this, now, counters);
    unwritten.addFirst(turn);
    return turn;
  }

  /** The held bundle with that identity. */
  Optional<HeldBundle> find(BundleId id) {
    for (Turn turn : unwritten) {
      if (turn.touched(id)) {
        return turn.left(id);
      }
    }
    return store.find(id);
  }

  /** The held bundle with that key, unless it came in a turn that is not written yet. */
  public Optional<HeldBundle> get(HeldKey key) {
    return store.get(key).flatMap(held -> find(held.id())).filter(held -> held.key().equals(key));
  }

  /** Whether a bundle with that identity was delivered, expired or cancelled here. */
  boolean remembers(BundleId id) {
    for (Turn turn : unwritten) {
      if (turn.remembered(id)) {
        return true;
      }
    }
    return store.remembers(id);
  }

  /** The head of a held bundle. */
  Optional<Octets> head(HeldKey key) {
    for (Turn turn : unwritten) {
      for (StoreChange change : turn.changes()) {
        if (change instanceof StoreChange.Put put && put.bundle().key().equals(key)) {
          return Optional.of(put.head());
        }
      }
    }
    return store.ends(key).map(BundleStore.Ends::head);
  }
}
