package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.replica.TwinChange;
import dev.holdfast.crdt.replica.TwinStore;
import dev.holdfast.crdt.replica.TwinStoreContract;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.rocks.CrashCopy;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class TwinsOnDiskTest extends TwinStoreContract {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir Path temp;
  private RocksBundleStore store;
  private int copies;

  @Override
  protected TwinStore create() {
    store = RocksBundleStore.open(directory(), OPTIONS);
    return new StoredTwins(store);
  }

  private Path directory() {
    return temp.resolve("store-" + copies);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected void commit(List<TwinChange> changes) {
    store.commit(StoredTwins.changes(changes), Durability.SYNCED);
  }

  @Override
  protected TwinStore crash() {
    Path from = directory();
    copies++;
    CrashCopy.make(from, directory());
    store.close();
    return create();
  }
}
