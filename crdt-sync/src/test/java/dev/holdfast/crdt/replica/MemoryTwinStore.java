package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory. */
public final class MemoryTwinStore implements TwinStore {
  private final TreeMap<Octets, Octets> records = new TreeMap<>();

  /** Empty. */
  public MemoryTwinStore() {}

  /** As it is now, to be restored later. */
  public MemoryTwinStore copy() {
    var copy = new MemoryTwinStore();
    copy.records.putAll(records);
    return copy;
  }

  /** Writes a batch. */
  public void commit(List<TwinChange> changes) {
    for (TwinChange change : changes) {
      switch (change) {
        case TwinChange.Put(Octets key, Octets value) -> records.put(key, value);
        case TwinChange.Remove(Octets key) -> records.remove(key);
      }
    }
  }

  /** Records are gone whose keys end so. */
  public void forget(Octets end) {
    records
        .keySet()
        .removeIf(key -> key.size() > end.size() && key.from(key.size() - end.size()).equals(end));
  }

  @Override
  public Optional<Octets> get(Octets key) {
    return Optional.ofNullable(records.get(key));
  }

  @Override
  public void scan(Octets from, Octets to, Visitor visitor) {
    if (from.compareTo(to) >= 0) {
      return;
    }
    for (Map.Entry<Octets, Octets> record : records.subMap(from, to).entrySet()) {
      if (!visitor.visit(record.getKey(), record.getValue())) {
        return;
      }
    }
  }

  Map<Octets, Octets> records() {
    return records;
  }
}
