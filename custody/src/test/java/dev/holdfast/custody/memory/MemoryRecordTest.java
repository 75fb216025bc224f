package dev.holdfast.custody.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.RecordContract;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreStats;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRecordTest extends RecordContract {
  private static final Octets A = Octets.ofHex("01");
  private static final Octets B = Octets.ofHex("02");

  @Override
  protected BundleStore create() {
    return new MemoryBundleStore();
  }

  @Override
  protected BundleStore reopen(BundleStore before) {
    MemoryBundleStore store = (MemoryBundleStore) before;
    return store.crash(store.unsyncedBatches());
  }

  @Override
  protected BundleStore crash(BundleStore before) {
    return ((MemoryBundleStore) before).crash();
  }

  private static StoreChange put(Octets key, String value) {
    return new StoreChange.PutRecord(key, Octets.ofHex(value));
  }

  @Test
  void aCrashTakesBackWhatWasNotSynced() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(put(A, "aaaa")), Durability.SYNCED);
    store.commit(List.of(put(A, "bb"), put(B, "bb"), put(A, "cc")), Durability.BUFFERED);
    store.commit(List.of(new StoreChange.RemoveRecord(A)), Durability.BUFFERED);
    MemoryBundleStore copy = store.copy();
    assertThat(copy.record(A)).isEmpty();
    MemoryBundleStore torn = store.crash(1);
    assertThat(torn.record(A)).contains(Octets.ofHex("cc"));
    assertThat(torn.record(B)).contains(Octets.ofHex("bb"));
    torn.commit(List.of(put(A, "bb"), put(B, "dd")), Durability.BUFFERED);
    MemoryBundleStore after = torn.crash();
    assertThat(after.record(A)).contains(Octets.ofHex("cc"));
    assertThat(after.record(B)).contains(Octets.ofHex("bb"));
    assertThat(after.stats().records()).isEqualTo(new StoreStats.Records(2, 4));
    assertThat(copy.record(B)).as("of its own").contains(Octets.ofHex("bb"));
    assertThat(copy.stats().records()).isEqualTo(new StoreStats.Records(1, 2));
  }

  @Test
  void aCrashDuringAVisitLeavesTheVisitAsItWas() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(put(A, "aa")), Durability.SYNCED);
    store.commit(List.of(put(B, "bb")), Durability.BUFFERED);
    store.records(
        Octets.EMPTY,
        Octets.ofHex("ff"),
        (key, value) -> {
          if (key.equals(A)) {
            assertThat(store.crash().record(B)).isEmpty();
          } else {
            assertThat(value).isEqualTo(Octets.ofHex("bb"));
          }
          return true;
        });
    assertThatThrownBy(() -> store.record(A)).isInstanceOf(StoreException.class);
  }

  @Test
  void aFullDiskRefusesRecordsAndRemovesThem() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(put(A, "aa")), Durability.SYNCED);
    store.fault(MemoryBundleStore.Fault.FULL);
    assertThatThrownBy(
            () ->
                store.commit(
                    List.of(new StoreChange.RemoveRecord(A), put(B, "bb")), Durability.SYNCED))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL));
    assertThat(store.record(A)).isPresent();
    store.commit(List.of(new StoreChange.RemoveRecord(A)), Durability.SYNCED);
    assertThat(store.record(A)).isEmpty();
  }
}
