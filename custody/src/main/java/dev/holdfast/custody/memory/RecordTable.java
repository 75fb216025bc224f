package dev.holdfast.custody.memory;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.StoreStats;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Records of others. A visit sees them as they were at its begin: while one is under way, the next
 * change is made to a copy. Every call but {@link Visit#show} is made under the store's lock.
 */
final class RecordTable {
  private Version current = new Version(new TreeMap<>());
  private long bytes;

  private static final class Version {
    private final TreeMap<Octets, Octets> records;
    private int visits;

    /** That begins with a copy. */
    Version(Map<Octets, Octets> records) {
      this.records = new TreeMap<>(records);
    }
  }

  RecordTable copy() {
    RecordTable copy = new RecordTable();
    copy.current = new Version(current.records);
    copy.bytes = bytes;
    return copy;
  }

  Optional<Octets> get(Octets key) {
    return Optional.ofNullable(current.records.get(key));
  }

  StoreStats.Records stats() {
    return new StoreStats.Records(current.records.size(), bytes);
  }

  /** Writes a record; the returned action takes that back. */
  Runnable put(Octets key, Octets value) {
    return set(key.compact(), value.compact());
  }

  /** Removes a record; the returned action takes that back. */
  Runnable remove(Octets key) {
    return set(key, null);
  }

  private Runnable set(Octets key, @Nullable Octets value) {
    if (current.visits > 0) {
      current = new Version(current.records);
    }
    Octets before = value == null ? current.records.remove(key) : current.records.put(key, value);
    bytes += size(key, value) - size(key, before);
    return () -> {
      var _ = set(key, before);
    };
  }

  private static long size(Octets key, @Nullable Octets value) {
    return value == null ? 0 : (long) key.size() + value.size();
  }

  /** Begins a visit of what there is now; to be ended. */
  Visit visit() {
    return new Visit(current);
  }

  /** A look at the records as they were. */
  static final class Visit {
    private final Version version;

    private Visit(Version version) {
      this.version = version;
      version.visits++;
    }

    void end() {
      version.visits--;
    }

    void show(Octets from, Octets to, BundleStore.RecordVisitor visitor) {
      if (from.compareTo(to) >= 0) {
        return;
      }
      for (Map.Entry<Octets, Octets> record : version.records.subMap(from, to).entrySet()) {
        if (!visitor.visit(record.getKey(), record.getValue())) {
          return;
        }
      }
    }
  }
}
