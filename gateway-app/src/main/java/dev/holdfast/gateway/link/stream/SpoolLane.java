package dev.holdfast.gateway.link.stream;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One large payload on its way into the store: pieces in order, one at a time, on a platform
 * thread. Step 3 of 9, for payloads that no batch carries.
 */
final class SpoolLane {
  private final StoreThreads threads;
  private final BundleStore store;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  // On the store's threads only, one at a time.
  private Optional<BundleStore.SpoolWriter> writer = Optional.empty();
  private boolean full;
  private boolean over;

  SpoolLane(StoreThreads threads, BundleStore store) {
    this.threads = threads;
    this.store = store;
  }

  /** Appends a piece; blocks while too much waits. */
  void write(Octets piece) {
    int cost = threads.takeCredits(piece.size());
    submit(
        () -> {
          try {
            append(piece);
          } finally {
            threads.giveCredits(cost);
          }
        });
  }

  /**
   * Makes the payload durable.
   *
   * @param done told of it
   * @param noRoom called if the store had no room for all of it
   */
  void finish(Consumer<Payload.Spooled> done, Runnable noRoom) {
    submit(
        () -> {
          Optional<Payload.Spooled> payload = finished();
          payload.ifPresentOrElse(done, noRoom);
        });
  }

  /** Drops what was written, unless it is finished. */
  void discard() {
    submit(
        () -> {
          if (!over) {
            over = true;
            writer.ifPresent(BundleStore.SpoolWriter::discard);
          }
        });
  }

  private void append(Octets piece) {
    if (over || full) {
      return;
    }
    try {
      if (writer.isEmpty()) {
        writer = Optional.of(store.spool());
      }
      writer.get().write(piece);
    } catch (StoreException e) {
      becameFull(e);
    }
  }

  private Optional<Payload.Spooled> finished() {
    if (over || full || writer.isEmpty()) {
      return Optional.empty();
    }
    try {
      Payload.Spooled payload = writer.get().finish();
      over = true;
      return Optional.of(payload);
    } catch (StoreException e) {
      becameFull(e);
      return Optional.empty();
    }
  }

  /** A full disk refuses this bundle; any other failure of the store is ours. */
  private void becameFull(StoreException e) {
    if (e.kind() != StoreException.Kind.FULL) {
      throw e;
    }
    full = true;
    over = true;
    writer.ifPresent(BundleStore.SpoolWriter::discard);
  }

  private void submit(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::runAll);
  }

  private void runAll() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      task.run();
    }
  }
}
