package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.StoreChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is there after a kill, and the store agrees with itself. More rounds:
 * {@code -Dholdfast.crash.rounds=50}.
 */
class CrashTest {
  private static final RocksOptions OPTIONS = RocksOptions.defaults().withReserveBytes(0);

  private static final Octets RECORD = Octets.ofHex("ff");

  @TempDir Path temp;
  private final TreeMap<Long, Integer> acknowledged = new TreeMap<>();
  private final TreeSet<Long> gone = new TreeSet<>();

  @Test
  void nothingAcknowledgedIsLostByAKill() throws Exception {
    Path directory = temp.resolve("store");
    int rounds = Integer.getInteger("holdfast.crash.rounds", 3);
    Random random = new Random(7);
    for (int round = 0; round < rounds; round++) {
      killAfter(directory, 50 + random.nextInt(1500), round);
      verify(directory);
      check(directory);
    }
    assertThat(gone).isNotEmpty();
  }

  private void killAfter(Path directory, int lines, long seed) throws Exception {
    Process writer =
        ChildJvm.start(CrashWriter.class, directory.toString(), "" + seed).redirected();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      int left = lines;
      String line = said.readLine();
      while (line != null) {
        String[] words = line.split(" ");
        if (!line.endsWith(" .")) {
          // Cut off by the kill, so not said.
          assertThat(left).as(line).isNegative();
        } else if (words[0].equals("put")) {
          acknowledged.put(Long.valueOf(words[1]), Integer.valueOf(words[2]));
        } else {
          assertThat(words[0]).isEqualTo("gone");
          acknowledged.remove(Long.valueOf(words[1]));
          gone.add(Long.valueOf(words[1]));
        }
        if (left-- == 0) {
          // SIGKILL; what it said before counts, so the pipe is read to its end.
          writer.toHandle().destroyForcibly();
        }
        line = said.readLine();
      }
    } finally {
      writer.toHandle().destroyForcibly();
    }
    assertThat(writer.waitFor()).isEqualTo(128 + 9);
  }

  private static void verify(Path directory) {
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      inspection.verify(findings::add);
    }
    assertThat(findings).allMatch(f -> f.kind() == Finding.Kind.UNTIED);
  }

  private void check(Path directory) {
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      settleLastBatch(store);
      acknowledged.forEach(
          (key, size) ->
              assertThat(store.read(new HeldKey(key), 0, size + 1))
                  .as("bundle %s", key)
                  .contains(HeldBundles.randomBytes(size, key)));
      for (long key : gone) {
        assertThat(store.get(new HeldKey(key))).isEmpty();
        assertThat(store.remembers(RealBundles.of(key, 0).bundle().id())).isTrue();
      }
      assertThat(store.stats().bundles()).isEqualTo(acknowledged.size());
      List<Long> records = new ArrayList<>();
      store.records(
          Octets.EMPTY,
          RECORD,
          (key, value) -> records.add(Keyspace.readU64(key.toByteArray())) && value.isEmpty());
      assertThat(records).isEqualTo(List.copyOf(acknowledged.keySet()));
    }
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.verify(findings::add).untied()).isZero();
    }
    assertThat(findings).isEmpty();
  }

  /**
   * The last batch may be durable though the kill came before it was spoken of: then it is there as
   * a whole, at both ends of the queue.
   */
  private void settleLastBatch(RocksBundleStore store) {
    long last = acknowledged.isEmpty() ? 0 : acknowledged.lastKey();
    List<HeldBundle> unspoken = store.list(Optional.of(new HeldKey(last)), 100);
    unspoken.forEach(b -> acknowledged.put(b.key().sequence(), (int) b.sizes().payload()));
    List<Long> removed = new ArrayList<>();
    for (long key : acknowledged.keySet()) {
      if (store.get(new HeldKey(key)).isEmpty()) {
        removed.add(key);
      }
    }
    assertThat(removed).hasSizeLessThanOrEqualTo(unspoken.size());
    assertThat(removed).allMatch(key -> key < acknowledged.lastKey() - 250);
    acknowledged.keySet().removeAll(removed);
    gone.addAll(removed);
  }

  @Test
  void aTornLogKeepsWholeBatchesUpToTheTear() throws IOException {
    Path directory = temp.resolve("store");
    Random random = new Random(3);
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      for (long key = 1; key < 200; key += 2) {
        store.commit(
            List.of(
                RealBundles.of(key, 700).put(),
                new StoreChange.PutRecord(RECORD, HeldBundles.randomBytes(100, key)),
                new StoreChange.PutRecord(recordOf(key), Octets.EMPTY),
                RealBundles.of(key + 1, 900).put()),
            BundleStore.Durability.SYNCED);
      }
      // The directory as a crash leaves it: copied while the store is open.
      for (int i = 0; i < 8; i++) {
        Path copy = temp.resolve("copy-" + i);
        copy(directory, copy);
        long lost = tear(copy, random);
        checkTorn(copy, lost);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static long tear(Path directory, Random random) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      Path log =
          files
              .filter(f -> f.toString().endsWith(".log"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
      long size = Files.size(log);
      long lost = 1 + random.nextInt((int) size - 1);
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
        if (random.nextBoolean()) {
          file.setLength(size - lost);
        } else {
          file.seek(size - lost);
          file.write(HeldBundles.randomBytes((int) Math.min(lost, 5000), lost).toByteArray());
        }
      }
      return lost;
    }
  }

  private static Octets recordOf(long key) {
    return Octets.wrap(new byte[] {0, (byte) key});
  }

  /** Those of the batches whose bundles are there, no others. */
  private static void checkRecords(RocksBundleStore store, int bundles) {
    assertThat(store.record(RECORD))
        .isEqualTo(
            bundles == 0
                ? Optional.empty()
                : Optional.of(HeldBundles.randomBytes(100, bundles - 1L)));
    List<Octets> keys = new ArrayList<>();
    store.records(Octets.EMPTY, RECORD, (key, _) -> keys.add(key));
    assertThat(keys)
        .isEqualTo(Stream.iterate(1, k -> k < bundles, k -> k + 2).map(k -> recordOf(k)).toList());
  }

  private static void checkTorn(Path directory, long lost) {
    List<HeldBundle> held;
    try (RocksBundleStore store = RocksBundleStore.open(directory, OPTIONS)) {
      held = store.list(Optional.empty(), 1000);
      assertThat(held.size() % 2).as("%s bytes lost", lost).isZero();
      for (int i = 0; i < held.size(); i++) {
        long key = held.get(i).key().sequence();
        assertThat(key).isEqualTo(i + 1);
        Octets payload = HeldBundles.randomBytes(key % 2 == 1 ? 700 : 900, key);
        assertThat(store.read(new HeldKey(key), 0, 1000)).contains(payload);
      }
      assertThat(store.stats().bundles()).isEqualTo(held.size());
      checkRecords(store, held.size());
      store.commit(
          List.of(RealBundles.of(held.size() + 1L, 10).put()), BundleStore.Durability.SYNCED);
    }
    List<Finding> findings = new ArrayList<>();
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      assertThat(inspection.verify(findings::add).bundles()).isEqualTo(held.size() + 1);
    }
    assertThat(findings).isEmpty();
  }
}
