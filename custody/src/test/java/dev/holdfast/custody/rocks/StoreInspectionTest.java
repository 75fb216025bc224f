package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreInspectionTest {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  @TempDir Path temp;
  private Path directory;
  private HeldBundles small;
  private HeldBundles pieces;
  private HeldBundles large;

  @BeforeEach
  void fill() {
    directory = temp.resolve("store");
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      small = RealBundles.of(1, 100).urgency(TrafficClass.URGENT, 3);
      pieces = RealBundles.of(2, 150_000);
      large = RealBundles.spooled(store, 3, 400_000);
      store.commit(
          List.of(
              small.put(),
              pieces.put(),
              large.put(),
              RealBundles.of(4, 10).put(),
              new StoreChange.PutRecord(Octets.ofHex("01"), Octets.ofHex("aabbcc")),
              new StoreChange.PutRecord(Octets.ofHex("02"), Octets.ofHex("aa")),
              new StoreChange.PutRecord(Octets.ofHex("02"), Octets.ofHex("aabbccdd")),
              new StoreChange.Remember(HeldBundles.of(9).bundle().id(), DtnTime.FOREVER)),
          Durability.SYNCED);
      store.commit(
          List.of(new StoreChange.Remove(RealBundles.of(4, 10).bundle())), Durability.SYNCED);
    }
  }

  private List<Finding> verify() {
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      StoreInspection.Verified verified = inspection.verify(findings::add);
      assertThat(verified.faults())
          .isEqualTo(findings.stream().filter(f -> f.kind().isFault()).count());
    }
    return findings;
  }

  private void damage(Consumer<Mutations> how) {
    try (Database database = Database.open(directory.resolve("db"), OPTIONS)) {
      Mutations mutations = new Mutations(database, 0);
      how.accept(mutations);
      database.write(Mutations.batch(List.of(mutations)), true);
    }
  }

  @Test
  void aSoundStoreHasNoFindings() {
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      List<Finding> findings = new ArrayList<>();
      StoreInspection.Verified verified = inspection.verify(findings::add);
      assertThat(findings).isEmpty();
      long bytes = Stream.of(small, pieces, large).mapToLong(b -> b.bundle().sizes().total()).sum();
      assertThat(verified)
          .isEqualTo(
              new StoreInspection.Verified(3, bytes, 1, new StoreStats.Records(2, 9), 1, 0, 0));
      assertThat(inspection.stats().bundles()).isEqualTo(3);
      assertThat(inspection.stats().bytes()).isEqualTo(bytes);
      assertThat(inspection.stats().records().count()).isBetween(1L, 4L);
      assertThat(inspection.stats().diskBytes()).isGreaterThan(400_000);
      List<HeldBundle> page = inspection.list(Optional.empty(), 2);
      assertThat(page).containsExactly(small.bundle(), pieces.bundle());
      assertThat(inspection.list(Optional.of(page.getLast().key()), 2))
          .containsExactly(large.bundle());
    }
  }

  @Test
  void lookingChangesNothing() throws IOException {
    TreeMap<String, String> before = contents();
    verify();
    assertThat(contents()).isEqualTo(before);
  }

  private TreeMap<String, String> contents() throws IOException {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        found.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
    }
    return found;
  }

  @Test
  void everyIndexThatDisagreesIsFound() {
    HeldBundle b = small.bundle();
    List<Consumer<Mutations>> ways =
        List.of(
            m -> m.delete(Family.IDS, Keyspace.id(b.id())),
            m -> m.delete(Family.QUEUES, Keyspace.queueEntry(b)),
            m -> m.delete(Family.EXPIRY, Keyspace.expiry(b)),
            m ->
                m.put(
                    Family.QUEUES,
                    Keyspace.queueEntry(
                        b.in(new QueueKey(QueueKey.Wait.REASSEMBLE, b.destination()))),
                    new byte[0]),
            m -> m.put(Family.EXPIRY, Keyspace.u64(7), new byte[0]),
            m -> m.put(Family.EXPIRY, Keyspace.expiry(HeldBundles.of(99).bundle()), new byte[0]),
            m ->
                m.put(
                    Family.IDS,
                    Keyspace.id(HeldBundles.of(99).bundle().id()),
                    Keyspace.held(b.key())),
            m -> m.put(Family.BYTES, Keyspace.piece(new HeldKey(99), 1), new byte[5]),
            m -> m.put(Family.SPOOLED, Keyspace.spooledFile(1), spooledValue(b.key())));
    for (Consumer<Mutations> way : ways) {
      fillAgain();
      damage(way);
      assertThat(verify())
          .as("way %s", ways.indexOf(way))
          .isNotEmpty()
          .allMatch(f -> f.kind() == Finding.Kind.INDEX);
    }
  }

  private byte[] spooledValue(HeldKey key) {
    long crc = crcOf(large);
    return Keyspace.spooledFileValue(key, new PayloadFiles.Finished(1, 400_000, (int) crc));
  }

  private static long crcOf(HeldBundles bundle) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(HeldBundles.randomBytes(400_000, bundle.bundle().key().sequence()).toByteArray());
    return crc.getValue();
  }

  private void fillAgain() {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
    fill();
  }

  @Test
  void aWrongCounterIsFound() {
    QueueCounts.Slot slot = QueueCounts.Slot.of(small.bundle());
    damage(m -> m.delete(Family.META, Keyspace.count(slot)));
    assertThat(verify())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.COUNTER))
        .satisfies(f -> assertThat(f.problem()).contains("says 0 bundles"));
  }

  @Test
  void aDamagedRecordIsFound() {
    damage(m -> m.put(Family.HELD, Keyspace.held(small.bundle().key()), new byte[] {1, 2, 3}));
    assertThat(verify()).anyMatch(f -> f.kind() == Finding.Kind.DAMAGED);
    fillAgain();
    damage(m -> m.put(Family.SEEN, new byte[] {0}, new byte[] {1}));
    assertThat(verify()).anyMatch(f -> f.kind() == Finding.Kind.DAMAGED);
  }

  @Test
  void missingAndChangedPayloadsAreFound() throws IOException {
    damage(m -> m.delete(Family.BYTES, Keyspace.piece(pieces.bundle().key(), 2)));
    assertThat(verify())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.PAYLOAD));
    fillAgain();
    Path file = directory.resolve("payloads/01/1");
    byte[] bytes = Files.readAllBytes(file);
    bytes[123_456] ^= 1;
    Files.write(file, bytes);
    assertThat(verify())
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Finding.Kind.BUNDLE, Finding.Kind.PAYLOAD);
    Files.delete(file);
    assertThat(verify())
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(Finding.Kind.PAYLOAD, Finding.Kind.PAYLOAD);
  }

  @Test
  void aWrongCrcOfABundleIsFound() {
    BytesRecord wrong =
        BytesRecord.of(
            small.head(), new Payload.Inline(HeldBundles.randomBytes(100, 77)), small.trailer());
    damage(
        m ->
            m.put(
                Family.BYTES,
                Keyspace.piece(small.bundle().key(), 0),
                wrong.encode(new RecordWriter()).toBytes()));
    assertThat(verify())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.BUNDLE))
        .satisfies(f -> assertThat(f.problem()).contains("CRC"));
  }

  @Test
  void anUntiedPayloadIsToldButNoFault() throws IOException {
    Files.createDirectories(directory.resolve("payloads/ff"));
    Files.write(directory.resolve("payloads/ff/255"), new byte[10]);
    assertThat(verify())
        .singleElement()
        .satisfies(f -> assertThat(f.kind()).isEqualTo(Finding.Kind.UNTIED));
  }
}
