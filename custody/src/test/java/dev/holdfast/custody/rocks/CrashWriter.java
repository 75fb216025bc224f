package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundles;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Holds and lets go of bundles, each with a record of its key beside it, until it is killed. What
 * it says on standard output is only said once it is durable: {@code put KEY SIZE .} and {@code
 * gone KEY .}.
 */
final class CrashWriter {
  private CrashWriter() {}

  public static void main(String[] arguments) {
    try (RocksBundleStore store =
        RocksBundleStore.open(
            Path.of(arguments[0]),
            RocksOptions.defaults().withReserveBytes(0).withBuffers(4 << 20, 4 << 20))) {
      write(store, Long.parseLong(arguments[1]));
    } catch (StoreException refused) {
      System.out.println(refused.kind() + " " + refused.getMessage());
      System.exit(1);
    }
  }

  private static Octets record(long key) {
    return Octets.wrap(Keyspace.u64(key));
  }

  private static void write(RocksBundleStore store, long seed) {
    Random random = new Random(seed);
    Deque<HeldBundle> held = new ArrayDeque<>(store.list(Optional.empty(), 1_000_000));
    long key = store.recovered().lastKey();
    while (true) {
      List<StoreChange> batch = new ArrayList<>();
      StringBuilder said = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        key++;
        int size = random.nextInt(3000);
        HeldBundles made;
        if (random.nextInt(30) == 0) {
          size = 300_000 + random.nextInt(300_000);
          made = RealBundles.spooled(store, key, size);
        } else {
          made = RealBundles.of(key, size);
        }
        batch.add(made.put());
        batch.add(new StoreChange.PutRecord(record(key), Octets.EMPTY));
        held.add(made.bundle());
        said.append("put ").append(key).append(' ').append(size).append(" .\n");
      }
      while (held.size() > 300) {
        HeldBundle gone = held.poll();
        batch.add(new StoreChange.Remove(gone));
        batch.add(new StoreChange.RemoveRecord(record(gone.key().sequence())));
        batch.add(new StoreChange.Remember(gone.id(), DtnTime.FOREVER));
        said.append("gone ").append(gone.key().sequence()).append(" .\n");
      }
      store.commit(batch, BundleStore.Durability.SYNCED);
      System.out.print(said);
      if (System.out.checkError()) {
        // Nobody listens any more.
        return;
      }
    }
  }
}
