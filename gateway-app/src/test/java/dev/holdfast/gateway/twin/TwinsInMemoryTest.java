package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.replica.TwinChange;
import dev.holdfast.crdt.replica.TwinStore;
import dev.holdfast.crdt.replica.TwinStoreContract;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.memory.MemoryBundleStore;
import java.util.List;

class TwinsInMemoryTest extends TwinStoreContract {
  private MemoryBundleStore store = new MemoryBundleStore();

  @Override
  protected TwinStore create() {
    return new StoredTwins(store);
  }

  @Override
  protected void commit(List<TwinChange> changes) {
    store.commit(StoredTwins.changes(changes), Durability.SYNCED);
  }

  @Override
  protected TwinStore crash() {
    store = store.crash();
    return new StoredTwins(store);
  }
}
