package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.RecordContract;
import dev.holdfast.custody.StoreChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksRecordTest extends RecordContract {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir Path temp;
  private int copies;

  private RocksBundleStore open() {
    return RocksBundleStore.open(temp.resolve("store-" + copies), OPTIONS);
  }

  @Override
  protected BundleStore create() {
    return open();
  }

  @Override
  protected BundleStore reopen(BundleStore before) {
    before.close();
    return open();
  }

  @Test
  void theyAreCountedInFilesThatWereThereBeforeTheStart() {
    copies++; // Another than the one of every test.
    int records = 40_000;
    try (RocksBundleStore store = open()) {
      for (int from = 0; from < records; from += 1000) {
        List<StoreChange> batch = new ArrayList<>();
        for (int i = from; i < from + 1000; i++) {
          batch.add(new StoreChange.PutRecord(key(i), HeldBundles.randomBytes(200, i)));
        }
        store.commit(batch, Durability.BUFFERED);
      }
    }
    try (RocksBundleStore store = open()) {
      assertThat(store.stats().records().count()).isEqualTo(records);
      assertThat(store.stats().records().bytes()).isBetween(8_000_000L, 10_000_000L);
      List<StoreChange> batch = new ArrayList<>();
      for (int i = 0; i < records / 2; i++) {
        batch.add(new StoreChange.RemoveRecord(key(i)));
      }
      store.commit(batch, Durability.SYNCED);
      assertThat(store.stats().records().count()).isEqualTo(records / 2);
    }
  }

  private static Octets key(long number) {
    return Octets.wrap(Keyspace.u64(number));
  }

  @Override
  protected BundleStore crash(BundleStore before) {
    Path from = temp.resolve("store-" + copies);
    copies++;
    CrashCopy.make(from, temp.resolve("store-" + copies));
    before.close();
    return open();
  }
}
