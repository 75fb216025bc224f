package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePayloadsTest {
  private static final RocksOptions OPTIONS =
      new RocksOptions(8 << 20, 8 << 20, 8 << 20, 65_536, 3, 0, 1000);

  @TempDir Path temp;
  private RocksBundleStore store;

  @BeforeEach
  void open() {
    store = RocksBundleStore.open(temp.resolve("store"), OPTIONS);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    open();
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(temp.resolve("store/payloads"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void aPayloadOfNoBundleIsSweptAtTheNextStart() {
    HeldBundles kept = RealBundles.spooled(store, 1, 200_000);
    RealBundles.spooled(store, 2, 300_000);
    BundleStore.SpoolWriter unfinished = store.spool();
    unfinished.write(HeldBundles.randomBytes(100_000, 1));
    store.commit(List.of(kept.put()), Durability.SYNCED);
    assertThat(files()).hasSize(3);
    reopen();
    assertThat(store.sweptPayloads()).isEqualTo(2);
    assertThat(files()).hasSize(1);
    assertThat(store.read(new HeldKey(1), 0, 300_000))
        .contains(HeldBundles.randomBytes(200_000, 1));
    // Numbers go on behind those that are there.
    HeldBundles next = RealBundles.spooled(store, 3, 100);
    assertThat(((Payload.Spooled) next.payload()).spool()).isGreaterThan(1);
  }

  @Test
  void aFileGoesOnlyAfterTheRemovalIsSynced() {
    HeldBundles made = RealBundles.spooled(store, 1, 200_000);
    store.commit(List.of(made.put()), Durability.SYNCED);
    store.commit(List.of(new StoreChange.Remove(made.bundle())), Durability.BUFFERED);
    assertThat(files()).hasSize(1);
    store.commit(List.of(), Durability.SYNCED);
    await().atMost(Duration.ofSeconds(20)).until(() -> files().isEmpty());
    assertThat(store.stats().bundles()).isZero();
  }

  @Test
  void aDroppedOrDiscardedPayloadLeavesNoFile() {
    BundleStore.SpoolWriter writer = store.spool();
    writer.write(HeldBundles.randomBytes(100_000, 1));
    writer.discard();
    writer.discard();
    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> writer.write(Octets.ofHex("00")))
        .isInstanceOf(IllegalStateException.class);
    BundleStore.SpoolWriter second = store.spool();
    second.write(Octets.ofHex("01"));
    Payload.Spooled finished = second.finish();
    store.discard(finished);
    store.discard(finished);
    await().atMost(Duration.ofSeconds(20)).until(() -> files().isEmpty());
    assertThatThrownBy(
            () ->
                store.commit(List.of(HeldBundles.of(1).spooled(finished).put()), Durability.SYNCED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHeldPayloadIsNotDiscarded() {
    HeldBundles made = RealBundles.spooled(store, 1, 1000);
    store.commit(List.of(made.put()), Durability.SYNCED);
    store.discard((Payload.Spooled) made.payload());
    reopen();
    assertThat(store.read(new HeldKey(1), 0, 2000)).contains(HeldBundles.randomBytes(1000, 1));
  }

  @Test
  void onlySoManyAreWrittenAtOneTime() {
    List<BundleStore.SpoolWriter> open = new ArrayList<>();
    for (int i = 0; i < OPTIONS.payloadsOpen(); i++) {
      open.add(store.spool());
    }
    assertThatThrownBy(store::spool)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FULL));
    open.get(0).discard();
    open.get(1).finish();
    store.spool().discard();
    store.spool().discard();
  }

  @Test
  void aMissingOrShortFileIsDamageUnlessTheBundleIsGone() throws IOException {
    HeldBundles made = RealBundles.spooled(store, 1, 200_000);
    store.commit(List.of(made.put()), Durability.SYNCED);
    Files.write(files().getFirst(), new byte[1000]);
    assertThatThrownBy(() -> store.read(new HeldKey(1), 0, 2000))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
    Files.delete(files().getFirst());
    assertThatThrownBy(() -> store.read(new HeldKey(1), 0, 2000))
        .isInstanceOf(StoreException.class);
    store.commit(List.of(new StoreChange.Remove(made.bundle())), Durability.SYNCED);
    assertThat(store.read(new HeldKey(1), 0, 2000)).isEmpty();
  }

  @Test
  void aPayloadPutAndRemovedInOneBatchLeavesNothing() {
    HeldBundles made = RealBundles.spooled(store, 1, 200_000);
    store.commit(List.of(made.put(), new StoreChange.Remove(made.bundle())), Durability.SYNCED);
    await().atMost(Duration.ofSeconds(20)).until(() -> files().isEmpty());
    assertThat(store.stats().bundles()).isZero();
    HeldBundles again = RealBundles.spooled(store, 2, 100);
    store.commit(List.of(again.put()), Durability.SYNCED);
    reopen();
    assertThat(store.read(new HeldKey(2), 0, 100)).contains(HeldBundles.randomBytes(100, 2));
  }

  @Test
  void oneFileIsNotTiedTwice() {
    HeldBundles made = RealBundles.spooled(store, 1, 500);
    HeldBundles other = RealBundles.of(2, 500).spooled((Payload.Spooled) made.payload());
    assertThatThrownBy(() -> store.commit(List.of(made.put(), other.put()), Durability.SYNCED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.stats().bundles()).isZero();
    store.commit(List.of(made.put()), Durability.SYNCED);
    assertThatThrownBy(() -> store.commit(List.of(other.put()), Durability.SYNCED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
