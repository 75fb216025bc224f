package dev.holdfast.custody.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStoreContract;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryBundleStoreTest extends BundleStoreContract {
  private static final BundleStore.Durability SYNCED = BundleStore.Durability.SYNCED;
  private static final BundleStore.Durability BUFFERED = BundleStore.Durability.BUFFERED;

  @Override
  protected BundleStore create() {
    return new MemoryBundleStore(SEEN_QUOTA);
  }

  @Override
  protected BundleStore reopen(BundleStore before) {
    MemoryBundleStore store = (MemoryBundleStore) before;
    return store.crash(store.unsyncedBatches());
  }

  @Test
  void aCrashLosesWhatWasNotSynced() {
    MemoryBundleStore store = new MemoryBundleStore();
    HeldBundles kept = HeldBundles.of(1);
    HeldBundles removed = HeldBundles.of(2);
    store.commit(List.of(kept.put(), removed.put(), new StoreChange.SetNumber("n", 5)), SYNCED);
    store.commit(
        List.of(
            new StoreChange.Remove(removed.bundle()),
            new StoreChange.Remember(removed.bundle().id(), DtnTime.FOREVER),
            new StoreChange.SetNumber("n", 6),
            new StoreChange.SetNumber("m", 1)),
        BUFFERED);
    HeldBundle changed = kept.bundle().with(new HeldBundle.Progress(1, 1));
    store.commit(
        List.of(new StoreChange.Update(kept.bundle(), changed), HeldBundles.of(3).put()), BUFFERED);
    assertThat(store.unsyncedBatches()).isEqualTo(2);

    MemoryBundleStore after = store.crash();

    assertThat(after.list(Optional.empty(), 9)).containsExactly(kept.bundle(), removed.bundle());
    assertThat(after.read(removed.bundle().key(), 0, 9)).contains(Octets.ofHex("010203"));
    assertThat(after.remembers(removed.bundle().id())).isFalse();
    assertThat(after.stats().remembered()).isZero();
    assertThat(after.recovered().numbers().get("n")).hasValue(5);
    assertThat(after.recovered().numbers().get("m")).isEmpty();
    assertThat(after.recovered().lastKey()).isEqualTo(2);
    assertThatThrownBy(() -> store.get(new HeldKey(1))).isInstanceOf(StoreException.class);
  }

  @Test
  void aTornLogKeepsTheOldestBatches() {
    MemoryBundleStore store = new MemoryBundleStore();
    for (long key = 1; key <= 4; key++) {
      store.commit(List.of(HeldBundles.of(key).put()), BUFFERED);
    }
    MemoryBundleStore after = store.crash(3);
    assertThat(after.list(Optional.empty(), 9))
        .extracting(b -> b.key().sequence())
        .containsExactly(1L, 2L, 3L);
    assertThat(after.unsyncedBatches()).isZero();
  }

  @Test
  void aSyncedBatchSyncsThoseBeforeIt() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(HeldBundles.of(1).put()), BUFFERED);
    store.commit(List.of(HeldBundles.of(2).put()), SYNCED);
    assertThat(store.crash().list(Optional.empty(), 9)).hasSize(2);
  }

  @Test
  void aCrashSweepsPayloadsTiedToNothing() {
    MemoryBundleStore store = new MemoryBundleStore();
    Payload.Spooled tied = spool(store);
    Payload.Spooled lost = spool(store);
    store.commit(List.of(HeldBundles.of(1).spooled(tied).put()), SYNCED);
    store.commit(List.of(HeldBundles.of(2).spooled(lost).put()), BUFFERED);
    assertThat(store.untiedPayloads()).isZero();
    store.commit(
        List.of(new StoreChange.Remove(HeldBundles.of(1).spooled(tied).bundle())), BUFFERED);
    MemoryBundleStore after = store.crash();
    assertThat(after.untiedPayloads()).isZero();
    assertThat(after.read(new HeldKey(1), 0, 9)).contains(Octets.ofHex("0a0b"));
    assertThatThrownBy(() -> after.commit(List.of(HeldBundles.of(3).spooled(lost).put()), SYNCED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Payload.Spooled spool(BundleStore store) {
    BundleStore.SpoolWriter writer = store.spool();
    writer.write(Octets.ofHex("0a"));
    writer.write(Octets.ofHex("0b"));
    return writer.finish();
  }

  @Test
  void aFullDiskRefusesBundlesButLetsGoOfThem() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(HeldBundles.of(1).put()), SYNCED);
    BundleStore.SpoolWriter writer = store.spool();
    store.fault(MemoryBundleStore.Fault.FULL);
    assertThatThrownBy(
            () ->
                store.commit(
                    List.of(new StoreChange.SetNumber("n", 1), HeldBundles.of(2).put()), SYNCED))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL));
    assertThatThrownBy(() -> writer.write(Octets.ofHex("00"))).isInstanceOf(StoreException.class);
    assertThat(store.recovered().numbers().get("n")).isEmpty();
    store.commit(List.of(new StoreChange.Remove(HeldBundles.of(1).bundle())), SYNCED);
    store.fault(MemoryBundleStore.Fault.NONE);
    store.commit(List.of(HeldBundles.of(2).put()), SYNCED);
    assertThat(store.list(Optional.empty(), 9)).containsExactly(HeldBundles.of(2).bundle());
  }

  @Test
  void aFailingDiskFailsEverything() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.fault(MemoryBundleStore.Fault.FAILING);
    assertThatThrownBy(() -> store.commit(List.of(HeldBundles.of(1).put()), SYNCED))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.list(Optional.empty(), 1)).isInstanceOf(StoreException.class);
    store.fault(MemoryBundleStore.Fault.NONE);
    assertThat(store.list(Optional.empty(), 1)).isEmpty();
  }

  @Test
  void aBatchThatContradictsWhatIsHeldLeavesNothingBehind() {
    MemoryBundleStore store = new MemoryBundleStore();
    store.commit(List.of(HeldBundles.of(1).put()), SYNCED);
    HeldBundle stale = HeldBundles.of(1).bundle().with(new HeldBundle.Progress(9, 9));
    List<List<StoreChange>> wrong =
        List.of(
            List.of(HeldBundles.of(2).put(), HeldBundles.of(1).put()),
            List.of(HeldBundles.of(2).put(), HeldBundles.of(3).sequence(1).put()),
            List.of(new StoreChange.SetNumber("n", 1), new StoreChange.Remove(stale)),
            List.of(HeldBundles.of(2).put(), new StoreChange.Update(stale, stale)),
            List.of(HeldBundles.of(2).spooled(new Payload.Spooled(1, 1)).put()));
    for (List<StoreChange> batch : wrong) {
      assertThatThrownBy(() -> store.commit(batch, SYNCED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(store.list(Optional.empty(), 9)).containsExactly(HeldBundles.of(1).bundle());
      assertThat(store.stats().bundles()).isEqualTo(1);
      assertThat(store.recovered().lastKey()).isEqualTo(1);
      assertThat(store.recovered().numbers().get("n")).isEmpty();
    }
  }
}
