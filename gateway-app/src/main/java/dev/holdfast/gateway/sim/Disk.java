package dev.holdfast.gateway.sim;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes turns as the thread that commits does in a gateway: whatever was decided while the last
 * batch was being written is the next batch, and only what is written is spoken of. A full disk
 * holds everything up and is tried again.
 */
final class Disk {
  private static final long RETRY_NANOS = 500_000_000L;

  private final SimTime time;
  private final BundleStore store;
  private final long syncNanos;
  private final Consumer<List<Turn>> written;
  private final Consumer<String> full;
  private final Runnable room;
  private List<Turn> waiting = new ArrayList<>();
  private boolean busy;
  private boolean isFull;
  private boolean gone;

  /**
   * A disk at work.
   *
   * @param syncNanos how long a batch takes
   * @param written told what is in the store
   * @param full told that there is no room
   * @param room told that there is room again
   */
  Disk(
      SimTime time,
      BundleStore store,
      long syncNanos,
      Consumer<List<Turn>> written,
      Consumer<String> full,
      Runnable room) {
    this.time = time;
    this.store = store;
    this.syncNanos = syncNanos;
    this.written = written;
    this.full = full;
    this.room = room;
  }

  /** The process is gone: nothing more is written or told. */
  void vanish() {
    gone = true;
    waiting.clear();
  }

  /** Takes a turn over. */
  void take(Turn turn) {
    if (isFull && turn.needsNoStore()) {
      written.accept(List.of(turn)); // Refusals need not wait.
      return;
    }
    waiting.add(turn);
    if (!busy) {
      begin();
    }
  }

  private void begin() {
    busy = true;
    List<Turn> batch = waiting;
    waiting = new ArrayList<>();
    if (syncNanos == 0 || changes(batch).isEmpty()) {
      write(batch);
    } else {
      time.after(syncNanos, () -> write(batch));
    }
  }

  private void write(List<Turn> batch) {
    if (gone) {
      return;
    }
    BundleStore.Durability durability = BundleStore.Durability.BUFFERED;
    for (Turn turn : batch) {
      if (turn.durability() == BundleStore.Durability.SYNCED) {
        durability = BundleStore.Durability.SYNCED;
      }
    }
    List<StoreChange> changes = changes(batch);
    if (!changes.isEmpty() && !fits(changes, durability)) {
      time.after(RETRY_NANOS, () -> write(batch));
      return;
    }
    written.accept(batch);
    busy = false;
    if (!gone && !waiting.isEmpty()) {
      begin();
    }
  }

  private static List<StoreChange> changes(List<Turn> batch) {
    if (batch.size() == 1) {
      return batch.getFirst().changes();
    }
    List<StoreChange> changes = new ArrayList<>();
    batch.forEach(turn -> changes.addAll(turn.changes()));
    return changes;
  }

  private boolean fits(List<StoreChange> changes, BundleStore.Durability durability) {
    try {
      store.commit(changes, durability);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.FULL) {
        throw e;
      }
      if (!isFull) {
        isFull = true;
        full.accept(String.valueOf(e.getMessage()));
      }
      return false;
    }
    if (isFull) {
      isFull = false;
      room.run();
    }
    return true;
  }
}
