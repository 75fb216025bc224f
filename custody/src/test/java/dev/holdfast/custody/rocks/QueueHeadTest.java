package dev.holdfast.custody.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.custody.BundleStore.Durability;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.StoreChange;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A queue stays quick at its head however much has passed through it. */
class QueueHeadTest {
  private static final int PASSING = 120_000;

  @TempDir Path temp;

  @Test
  void whatPassedThroughAQueueDoesNotSlowItsHead() {
    RocksOptions options = RocksOptions.defaults().withReserveBytes(0);
    Path directory = temp.resolve("store");
    Deque<HeldBundle> held = new ArrayDeque<>();
    try (RocksBundleStore store = RocksBundleStore.open(directory, options)) {
      long key = 0;
      while (key < PASSING) {
        List<StoreChange> batch = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          HeldBundles made = HeldBundles.of(++key).sequence(key);
          held.add(made.bundle());
          batch.add(made.put());
        }
        while (held.size() > 100) {
          batch.add(new StoreChange.Remove(held.remove()));
        }
        store.commit(batch, Durability.BUFFERED);
      }
      assertQuick(store, held);
    }
    try (RocksBundleStore store = RocksBundleStore.open(directory, options)) {
      assertQuick(store, held);
    }
  }

  private static void assertQuick(RocksBundleStore store, Deque<HeldBundle> held) {
    List<HeldBundle> expected = List.copyOf(held).subList(0, 16);
    // The first look may step over what was deleted; it remembers where the queue begins.
    assertThat(store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 16)).isEqualTo(expected);
    assertThat(store.list(Optional.empty(), 16)).isEqualTo(expected);
    assertThat(store.earliestExpiry()).contains(expected.getFirst().expiry());
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int i = 0; i < 100; i++) {
      store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 16);
      store.list(Optional.empty(), 16);
      store.earliestExpiry();
    }
    long each = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 100;
    assertThat(each).as("nanoseconds for three looks").isLessThan(3_000_000);
  }
}
