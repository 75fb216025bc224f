package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.replica.TwinChange;
import dev.holdfast.crdt.replica.TwinStore;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.StoreChange;
import java.util.List;
import java.util.Optional;

/**
 * The records of twins as records of the bundle store, under the same keys: twins are the only ones
 * who have records there. Any platform thread.
 *
 * @param store where they are
 */
public record StoredTwins(BundleStore store) implements TwinStore {
  @Override
  public Optional<Octets> get(Octets key) {
    return store.record(key);
  }

  @Override
  public void scan(Octets from, Octets to, Visitor visitor) {
    store.records(from, to, visitor::visit);
  }

  /** What is to be committed, in the same order, with what else is decided in the turn. */
  public static List<StoreChange> changes(List<TwinChange> changes) {
    return changes.stream().map(StoredTwins::change).toList();
  }

  private static StoreChange change(TwinChange change) {
    return switch (change) {
      case TwinChange.Put(Octets key, Octets value) -> new StoreChange.PutRecord(key, value);
      case TwinChange.Remove(Octets key) -> new StoreChange.RemoveRecord(key);
    };
  }
}
