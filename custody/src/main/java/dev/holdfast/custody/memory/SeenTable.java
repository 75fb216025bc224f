package dev.holdfast.custody.memory;

import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenRecords;
import dev.holdfast.custody.SeenWindow;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Windows of remembered bundles, by name and by end. */
final class SeenTable implements SeenRecords {
  private final TreeMap<SeenKey, SeenWindow> windows = new TreeMap<>();
  private final TreeSet<Entry> byEnd = new TreeSet<>(SeenTable::compareEnds);

  private static int compareEnds(Entry a, Entry b) {
    int byEnd = a.until().compareTo(b.until());
    return byEnd != 0 ? byEnd : a.key().compareTo(b.key());
  }

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
  public void earliest(Predicate<Entry> further) {
    Iterator<Entry> entries = byEnd.iterator();
    while (entries.hasNext() && further.test(entries.next())) {}
  }

  /** Writes and deletes windows; the returned action takes that back. */
  Runnable apply(List<SeenBundles.Change> changes) {
    if (changes.isEmpty()) {
      return () -> {};
    }
    Map<SeenKey, Optional<SeenWindow>> before = new LinkedHashMap<>();
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
