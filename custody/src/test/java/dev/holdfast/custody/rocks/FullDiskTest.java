package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is really full: a file system in memory of 24 MiB, mounted for the test. Needs root;
 * left out without.
 */
class FullDiskTest {
  private static final RocksOptions OPTIONS =
      RocksOptions.defaults().withReserveBytes(0).withBuffers(2 << 20, 2 << 20);

  @TempDir Path temp;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    assumeTrue(mounted, "only root can mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] zeros = new byte[4096];
      while (true) {
        out.write(zeros);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
    return filler;
  }

  private void takeSpaceDownTo(long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("taken"))) {
      byte[] zeros = new byte[4096];
      while (Files.getFileStore(disk).getUsableSpace() > bytes) {
        out.write(zeros);
      }
    }
  }

  private static void assertFull(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.toString()).isEqualTo(Kind.FULL));
  }

  @Test
  void aFullDiskRefusesTheWholeBatchAndTheStoreWorksOnWhenThereIsSpace() throws Exception {
    Path directory = disk.resolve("store");
    List<HeldBundle> held = new ArrayList<>();
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      hold(store, held, 20);
      Path filler = fill();
      assertFull(() -> hold(store, held, 100_000));
      long refused = held.size() + 1L;
      assertThat(store.list(Optional.empty(), 100_000)).isEqualTo(held);
      assertThat(store.stats().bundles()).isEqualTo(held.size());
      assertThat(store.recovered().lastKey()).isEqualTo(held.size());
      assertThat(store.find(RealBundles.of(refused, 2000).bundle().id())).isEmpty();
      assertFull(
          () -> {
            BundleStore.SpoolWriter writer = store.spool();
            try {
              while (true) {
                writer.write(HeldBundles.randomBytes(1 << 20, 1));
              }
            } finally {
              writer.discard();
            }
          });
      Files.delete(filler);
      // The database looks again every few seconds whether it can write.
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsMatching(e -> isFull(e))
          .untilAsserted(() -> hold(store, held, 1));
      hold(store, held, 50);
      store.commit(List.of(new StoreChange.Remove(held.removeFirst())), Durability.SYNCED);
      assertThat(store.list(Optional.empty(), 100_000)).isEqualTo(held);
    }
    verify(directory, held);
  }

  private static boolean isFull(Throwable e) {
    return e instanceof StoreException store && store.kind() == Kind.FULL;
  }

  private static void hold(RocksBundleStore store, List<HeldBundle> held, int count) {
    for (int i = 0; i < count; i++) {
      long key = store.recovered().lastKey() + 1;
      HeldBundles made = RealBundles.of(key, 2000);
      store.commit(List.of(made.put()), Durability.SYNCED);
      held.add(made.bundle());
    }
  }

  private static void verify(Path directory, List<HeldBundle> held) {
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      assertThat(store.list(Optional.empty(), 100_000)).isEqualTo(held);
    }
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.verify(findings::add).bundles()).isEqualTo(held.size());
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void belowTheReserveBundlesAreRefusedAndLettingGoStillWorks() throws Exception {
    Path directory = disk.resolve("store");
    List<HeldBundle> held = new ArrayList<>();
    try (RocksBundleStore store =
        RocksBundleStore.open(directory, OPTIONS.withReserveBytes(4 << 20))) {
      assertFull(() -> hold(store, held, 100_000));
      assertThat(held).hasSizeGreaterThan(100);
      takeSpaceDownTo(2 << 20); // What is sorted into files meanwhile gives some space back.
      assertFull(store::spool);
      store.commit(
          List.of(new StoreChange.Remove(held.removeFirst()), new StoreChange.SetNumber("n", 5)),
          Durability.SYNCED);
      Octets key = Octets.ofHex("01");
      assertFull(
          () -> store.commit(List.of(new StoreChange.PutRecord(key, key)), Durability.SYNCED));
      store.commit(List.of(new StoreChange.RemoveRecord(key)), Durability.SYNCED);
      assertThat(store.list(Optional.empty(), 100_000)).isEqualTo(held);
      assertThat(store.recovered().numbers().get("n")).hasValue(5);
    }
    verify(directory, held);
  }
}
