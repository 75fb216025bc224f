package dev.holdfast.custody.rocks;

import java.util.Arrays;
import java.util.Optional;

/** The first, as RocksDB sorts, of the keys that a batch writes to one range. One thread. */
final class LeastKey {
  private Optional<byte[]> least = Optional.empty();

  void offer(RecordWriter key) {
    if (least.isEmpty() || key.compareTo(least.get()) < 0) {
      least = Optional.of(key.toBytes());
    }
  }

  void offer(byte[] key) {
    if (least.isEmpty() || Arrays.compareUnsigned(key, least.get()) < 0) {
      least = Optional.of(key);
    }
  }

  Optional<byte[]> get() {
    return least;
  }
}
