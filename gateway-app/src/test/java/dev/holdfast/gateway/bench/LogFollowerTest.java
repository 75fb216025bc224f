package dev.holdfast.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.rocks.BatchReplay;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is followed and written again is the store that was written, however the log goes on. */
final class LogFollowerTest {
  private static final long MIB = 1 << 20;
  private static final int BATCHES = 400;

  @Test
  void writtenAgainItIsTheSameStore(@TempDir Path dir) throws IOException {
    List<byte[]> batches = new ArrayList<>();
    Path original = dir.resolve("original");
    List<HeldBundle> held;
    // Small buffers, so that the log begins anew many times and old log files are used again.
    RocksOptions small = RocksOptions.defaults().withBuffers(MIB, MIB);
    try (var store = RocksBundleStore.open(original, small);
        var follower = new LogFollower(original.resolve("db"), batches::add)) {
      var random = new Random(7);
      for (int i = 1; i <= BATCHES; i++) {
        store.commit(changes(i, random), Durability.SYNCED);
        follower.poll();
      }
      held = store.list(Optional.empty(), Integer.MAX_VALUE);
    }

    assertThat(batches.size()).isGreaterThanOrEqualTo(BATCHES);
    Path copy = emptyStore(dir.resolve("copy"));
    try (BatchReplay replay = BatchReplay.open(copy.resolve("db"), RocksOptions.defaults())) {
      batches.forEach(replay::commit);
    }
    try (var again = RocksBundleStore.open(copy, RocksOptions.defaults())) {
      assertThat(again.list(Optional.empty(), Integer.MAX_VALUE)).isEqualTo(held);
      for (HeldBundle bundle : held) {
        assertThat(again.read(bundle.key(), 0, Integer.MAX_VALUE))
            .isEqualTo(Optional.of(noise(size(bundle), bundle.key().sequence())));
      }
    }
    assertThat(held.size()).isGreaterThan(BATCHES);
  }

  @Test
  void aReaderThatComesTooLateSaysSo(@TempDir Path dir) {
    Path original = dir.resolve("original");
    RocksOptions small = RocksOptions.defaults().withBuffers(MIB, MIB);
    try (var store = RocksBundleStore.open(original, small);
        var follower = new LogFollower(original.resolve("db"), _ -> {})) {
      var random = new Random(7);
      store.commit(changes(1, random), Durability.SYNCED);
      follower.poll();
      for (int i = 2; i <= BATCHES; i++) {
        store.commit(changes(i, random), Durability.SYNCED);
      }

      assertThatThrownBy(follower::poll)
          .isInstanceOf(BenchException.class)
          .hasMessageContaining("faster than it could be followed");
    }
  }

  /** Some bundles, one of them with a payload of several blocks of the log. */
  private static List<StoreChange> changes(int batch, Random random) {
    List<StoreChange> changes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long key = 3L * batch + i;
      int size = i == 0 ? random.nextInt(100_000) : random.nextInt(2_000);
      changes.add(put(key, size));
    }
    return changes;
  }

  private static StoreChange put(long key, int size) {
    DtnTime now = new DtnTime(800_000_000_000L);
    return new StoreChange.Put(
        new HeldBundle(
            new HeldKey(key),
            BundleId.whole(IpnEid.of(1, 42), new CreationTimestamp(now, key)),
            new QueueKey(QueueKey.Wait.FORWARD, IpnEid.of(2, 0)),
            IpnEid.of(2, 7),
            new HeldBundle.Service(TrafficClass.NORMAL, 0, false, false, true, false, false),
            now.plus(3_600_000),
            3_600_000,
            new AgeMark(5, 77, 1234, now, true),
            new HeldBundle.Sizes(2, size, 1),
            Optional.empty(),
            HeldBundle.Progress.NONE),
        Octets.ofHex("9f88"),
        new Payload.Inline(noise(size, key)),
        Octets.ofHex("ff"));
  }

  private static Octets noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  private static int size(HeldBundle bundle) {
    return (int) bundle.sizes().payload();
  }

  private static Path emptyStore(Path path) throws IOException {
    RocksBundleStore.open(path, RocksOptions.defaults()).close();
    try (Stream<Path> files = Files.list(path.resolve("db"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return path;
  }
}
