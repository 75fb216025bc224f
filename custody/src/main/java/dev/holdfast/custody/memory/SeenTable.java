package dev.holdfast.custody.memory;

import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenRecords;
import dev.holdfast.custody.SeenWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Windows of remembered bundles, by name and by end. */
final class SeenTable implements SeenRecords {
  private final TreeMap<SeenKey, SeenWindow> windows = new TreeMap<>();
  private final TreeSet<Entry> byEnd =
      new TreeSet<>(Comparator.comparing(Entry::until).thenComparing(Entry::key));

  SeenTable copy() {
    SeenTable copy = new SeenTable();
    copy.windows.putAll(windows);
    copy.byEnd.addAll(byEnd);
    return copy;
  }

  @Override
  public Optional<SeenWindow> get(SeenKey key) {
    return Optional.ofNullable(windows.get(key));
  }

  @Override
  public List<Entry> earliest(int limit) {
    return byEnd.stream().limit(limit).toList();
  }

  /** Writes and deletes windows; the returned action takes that back. */
  Runnable apply(List<SeenBundles.Change> changes) {
    Map<SeenKey, Optional<SeenWindow>> before = new TreeMap<>();
    for (SeenBundles.Change change : changes) {
      before.put(change.key(), get(change.key()));
      set(change.key(), change.window());
    }
    return () -> before.forEach(this::set);
  }

  private void set(SeenKey key, Optional<SeenWindow> window) {
    SeenWindow old = windows.remove(key);
    if (old != null) {
      byEnd.remove(new Entry(old.until(), key));
    }
    window.ifPresent(
        w -> {
          windows.put(key, w);
          byEnd.add(new Entry(w.until(), key));
        });
  }
}
