package dev.holdfast.crdt.replica;

import java.util.List;

class MemoryTwinStoreTest extends TwinStoreContract {
  private MemoryTwinStore store = new MemoryTwinStore();

  @Override
  protected TwinStore create() {
    return store;
  }

  @Override
  protected void commit(List<TwinChange> changes) {
    store.commit(changes);
  }

  @Override
  protected TwinStore crash() {
    store = store.copy();
    return store;
  }
}
