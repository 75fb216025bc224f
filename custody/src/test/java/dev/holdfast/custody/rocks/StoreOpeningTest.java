package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class StoreOpeningTest {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void name() {
    directory = temp.resolve("store");
  }

  private RocksBundleStore open() {
    return RocksBundleStore.open(directory, OPTIONS);
  }

  private static void assertFails(ThrowingCallable call, Kind kind, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.toString()).isEqualTo(kind))
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  @Test
  void aSecondGatewayIsToldWhoHasTheDirectory() {
    try (RocksBundleStore store = open()) {
      String pid = String.valueOf(ProcessHandle.current().pid());
      assertFails(this::open, Kind.LOCKED, directory.toString(), "process " + pid);
      assertFails(() -> StoreInspection.open(directory), Kind.LOCKED, "process " + pid);
      assertThat(store.stats().bundles()).isZero();
    }
    open().close();
  }

  @Test
  void anotherProcessIsToldToo() throws Exception {
    try (RocksBundleStore store = open()) {
      Process other =
          ChildJvm.start(CrashWriter.class, directory.toString(), "1", "none").redirected();
      String said = new String(other.getInputStream().readAllBytes());
      assertThat(other.waitFor()).isEqualTo(1);
      assertThat(said).contains("LOCKED");
      assertThat(store.stats().bundles()).isZero();
    }
  }

  @Test
  void aDirectoryOfANewerFormatIsRefusedUntouched() throws IOException {
    open().close();
    Files.writeString(directory.resolve("version"), "holdfast store 2\n");
    assertFails(this::open, Kind.FORMAT, "format 2", "newer");
    assertFails(() -> StoreInspection.open(directory), Kind.FORMAT, "format 2");
  }

  @Test
  void aDatabaseWithUnknownFamiliesIsRefused() throws RocksDBException {
    open().close();
    String path = directory.resolve("db").toString();
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    try (Options list = new Options()) {
      RocksDB.listColumnFamilies(list, path)
          .forEach(name -> families.add(new ColumnFamilyDescriptor(name)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB db = RocksDB.open(options, path, families, handles)) {
      handles.add(db.createColumnFamily(new ColumnFamilyDescriptor("twins".getBytes())));
      handles.forEach(ColumnFamilyHandle::close);
    }
    assertFails(this::open, Kind.FORMAT, "\"twins\"", "newer");
  }

  @Test
  void aStoreFromBeforeThereWereRecordsIsLookedIntoAndUsed() throws RocksDBException {
    try (RocksBundleStore store = open()) {
      store.commit(List.of(RealBundles.of(1, 100).put()), BundleStore.Durability.SYNCED);
    }
    dropRecords();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.stats().records().count()).isZero();
      StoreInspection.Verified verified = inspection.verify(f -> assertThat(f).isNull());
      assertThat(verified.bundles()).isEqualTo(1);
      assertThat(verified.records().count()).isZero();
    }
    Octets key = Octets.ofHex("01");
    try (RocksBundleStore store = open()) {
      assertThat(store.record(key)).isEmpty();
      assertThat(store.get(new HeldKey(1))).isPresent();
      store.commit(
          List.of(RealBundles.of(2, 100).put(), new StoreChange.PutRecord(key, key)),
          BundleStore.Durability.SYNCED);
    }
    try (RocksBundleStore store = open()) {
      assertThat(store.record(key)).contains(key);
      assertThat(store.stats().bundles()).isEqualTo(2);
    }
  }

  private void dropRecords() throws RocksDBException {
    String path = directory.resolve("db").toString();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (DBOptions options = new DBOptions();
        RocksDB db =
            RocksDB.open(
                options,
                path,
                Family.ALL.stream().map(f -> new ColumnFamilyDescriptor(f.title())).toList(),
                handles)) {
      db.dropColumnFamily(handles.get(Family.RECORDS.ordinal()));
      handles.forEach(ColumnFamilyHandle::close);
    }
  }

  @Test
  void aDirectoryOfSomethingElseIsRefusedUntouched() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("thesis.tex"), "precious");
    assertFails(this::open, Kind.FORMAT, "is no store");
    assertFails(() -> StoreInspection.open(directory), Kind.FORMAT, "is no store");
    assertFails(() -> StoreInspection.open(temp.resolve("nothing")), Kind.FORMAT, "no directory");
    try (Stream<Path> entries = Files.list(directory)) {
      assertThat(entries).containsExactly(directory.resolve("thesis.tex"));
    }
  }

  @Test
  void aStartThatWasCutOffBeforeItMadeAnythingIsMadeGood() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("lock"), "1\n");
    Files.writeString(directory.resolve("version.new"), "holdf");
    open().close();
    assertThat(directory.resolve("version")).hasContent("holdfast store 1");
  }

  @Test
  void damagedFilesAreToldAsDamage() throws IOException {
    try (RocksBundleStore store = open()) {
      for (long key = 1; key <= 200; key++) {
        store.commit(List.of(RealBundles.of(key, 100_000).put()), BundleStore.Durability.BUFFERED);
      }
    }
    damageLargestTable();
    try (RocksBundleStore store = open()) {
      assertFails(
          () -> {
            for (long key = 1; key <= 200; key++) {
              store.read(new HeldKey(key), 0, 100_000);
            }
          },
          Kind.CORRUPT,
          "store verify");
    }
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.verify(findings::add).faults()).isPositive();
    }
    assertThat(findings).allMatch(f -> f.kind().isFault());
  }

  @Test
  void damagedRecordsAreToldAsDamage() throws IOException {
    try (RocksBundleStore store = open()) {
      for (int i = 0; i < 100; i++) {
        store.commit(
            List.of(
                new StoreChange.PutRecord(
                    Octets.wrap(Keyspace.u64(i)), HeldBundles.randomBytes(100_000, i))),
            BundleStore.Durability.BUFFERED);
      }
    }
    damageLargestTable();
    try (RocksBundleStore store = open()) {
      assertFails(
          () -> store.records(Octets.EMPTY, Octets.ofHex("ff"), (_, _) -> true),
          Kind.CORRUPT,
          "store verify");
    }
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.verify(findings::add).faults()).isEqualTo(1);
    }
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.DAMAGED))
        .satisfies(f -> assertThat(f.where()).isEqualTo("RECORDS"));
  }

  private void damageLargestTable() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      Path largest =
          files
              .filter(f -> f.toString().endsWith(".sst"))
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
        for (long at = 0; at < file.length() / 2; at += 3000) {
          file.seek(at);
          file.write(0x5a);
        }
      }
    }
  }

  @Test
  void aVirtualThreadIsRefused() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (RocksBundleStore store = open()) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  store.get(new HeldKey(1));
                } catch (RuntimeException refused) {
                  thrown.set(refused);
                }
              })
          .join();
    }
    assertThat(thrown.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aStartCostsCountersNotBundles() {
    int held = 200_000;
    try (RocksBundleStore store = open()) {
      for (long key = 1; key <= held; key += 1000) {
        List<StoreChange> batch = new ArrayList<>();
        for (long k = key; k < key + 1000; k++) {
          batch.add(HeldBundles.of(k).put());
        }
        store.commit(batch, BundleStore.Durability.BUFFERED);
      }
    }
    long before = threadCpuMillis();
    try (RocksBundleStore store = open()) {
      assertThat(store.recovered().queues())
          .singleElement()
          .satisfies(count -> assertThat(count.bundles()).isEqualTo(held));
      assertThat(store.recovered().lastKey()).isEqualTo(held);
      // Reading the records of so many bundles would take this thread several times as long.
      assertThat(threadCpuMillis() - before).isLessThan(150);
      before = threadCpuMillis();
      long seen = 0;
      Optional<HeldKey> after = Optional.empty();
      for (var page = store.list(after, 10_000); !page.isEmpty(); ) {
        seen += page.size();
        after = Optional.of(page.getLast().key());
        page = store.list(after, 10_000);
      }
      assertThat(seen).isEqualTo(held);
    }
  }

  private static long threadCpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }
}
