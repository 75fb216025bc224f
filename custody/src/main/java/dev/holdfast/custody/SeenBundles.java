package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of bundles that were delivered, expired or cancelled here, so that their return is a
 * duplicate (RFC 9171 §5.6, §5.7): intervals of sequence numbers per source and creation time, with
 * the extents of fragments, under a quota.
 *
 * <p>Consecutive numbers share a record ({@link SeenWindow}). Above the quota the records that may
 * be forgotten first go early, and are counted. Used by every store, so that all decide alike; it
 * keeps nothing but two counts, the records are the store's. {@link #remembers} from any thread,
 * turns by the writer alone.
 */
public final class SeenBundles {
  /** Records that one {@link StoreChange.ForgetBefore} forgets at most. */
  public static final int FORGOTTEN_AT_ONCE = 4096;

  private final SeenRecords records;
  private final long quota;
  private volatile Counts counts;

  /**
   * How much is remembered.
   *
   * @param records records kept
   * @param forgottenEarly records that went before their time
   */
  public record Counts(long records, long forgottenEarly) {
    /** Nothing yet. */
    public static final Counts NONE = new Counts(0, 0);
  }

  /**
   * A memory over the records of a store.
   *
   * @param records what the store holds
   * @param quota most records kept, at least 1
   * @param counts counts as they were when the records were written
   */
  public SeenBundles(SeenRecords records, long quota, Counts counts) {
    if (quota < 1) {
      throw new IllegalArgumentException("the quota is at least one record: " + quota);
    }
    this.records = records;
    this.quota = quota;
    this.counts = counts;
  }

  /** Whether a bundle, or all bytes of a fragment, is remembered. */
  public boolean remembers(BundleId id) {
    return counts.records > 0 && records.get(SeenKey.of(id)).map(w -> w.covers(id)).orElse(false);
  }

  /** How much is remembered. */
  public Counts counts() {
    return counts;
  }

  /** Begins the changes of one batch. */
  public Turn turn() {
    return new Turn(counts);
  }

  /** Takes back the counts that a batch had changed when it is undone. */
  public void restore(Counts earlier) {
    counts = earlier;
  }

  /**
   * A window as a batch leaves it.
   *
   * @param key its name
   * @param storedUntil its end as stored before; empty if it was not stored
   * @param window what to store; empty to delete it
   */
  public record Change(SeenKey key, Optional<DtnTime> storedUntil, Optional<SeenWindow> window) {}

  /** The changes of one batch: what the store is to write. */
  public final class Turn {
    private final Map<SeenKey, Change> changed = new LinkedHashMap<>();
    private Counts after;

    private Turn(Counts before) {
      after = before;
    }

    /** Remembers a bundle, or the bytes of a fragment. */
    public void remember(BundleId id, DtnTime until) {
      SeenKey key = SeenKey.of(id);
      Change before = change(key);
      if (before.window.isEmpty()) {
        after = new Counts(after.records + 1, after.forgottenEarly);
      }
      SeenWindow window = before.window.orElseGet(SeenWindow::empty).with(id, until);
      changed.put(key, new Change(key, before.storedUntil, Optional.of(window)));
    }

    private Change change(SeenKey key) {
      Change pending = changed.get(key);
      if (pending != null) {
        return pending;
      }
      Optional<SeenWindow> stored = after.records == 0 ? Optional.empty() : records.get(key);
      return new Change(key, stored.map(SeenWindow::until), stored);
    }

    /** Forgets what need be remembered until before {@code now} only. */
    public void forgetBefore(DtnTime now) {
      for (Change pending : List.copyOf(changed.values())) {
        if (pending.window.isPresent() && pending.window.get().until().isBefore(now)) {
          forget(pending.key, pending.storedUntil);
        }
      }
      int most = changed.size() + FORGOTTEN_AT_ONCE;
      records.earliest(
          entry -> {
            boolean over = entry.until().isBefore(now);
            if (over && !changed.containsKey(entry.key())) {
              forget(entry.key(), Optional.of(entry.until()));
            }
            return over && changed.size() < most;
          });
    }

    /**
     * Keeps the quota and ends the turn.
     *
     * @return what to write, each window once
     */
    public List<Change> finish() {
      long over = after.records - quota;
      if (over > 0) {
        // Records touched in this very turn stay; they are few.
        long most = changed.size() + Math.min(over, FORGOTTEN_AT_ONCE);
        records.earliest(
            entry -> {
              if (!changed.containsKey(entry.key())) {
                forget(entry.key(), Optional.of(entry.until()));
                after = new Counts(after.records, after.forgottenEarly + 1);
              }
              return changed.size() < most;
            });
      }
      return List.copyOf(changed.values());
    }

    /** The counts once the batch is written. */
    public Counts counts() {
      return after;
    }

    /** Says that the batch is written: its counts are those of the memory from now on. */
    public void applied() {
      counts = after;
    }

    private void forget(SeenKey key, Optional<DtnTime> storedUntil) {
      changed.put(key, new Change(key, storedUntil, Optional.empty()));
      after = new Counts(after.records - 1, after.forgottenEarly);
    }
  }
}
