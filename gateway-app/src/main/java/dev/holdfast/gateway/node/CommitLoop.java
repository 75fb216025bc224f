package dev.holdfast.gateway.node;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Writes, then speaks: the one thread that commits takes the turns that were decided, in their
 * order, writes them as one batch and only then carries out their effects. The node decides the
 * next turn meanwhile, and then waits.
 *
 * <p>A full disk stops acceptance: the batch that did not fit is kept and tried again, nothing of
 * it is acknowledged before it is in. Any other failure of the store ends the loop.
 */
final class CommitLoop {
  private static final long RETRY_MILLIS = 500;

  /** Turns that may wait to be written while another batch is. */
  private static final int TURNS = 8;

  /** How long a turn lets more happen before the next is decided, if it is not written at once. */
  private static final long PAUSE_NANOS = 250_000;

  private final BundleStore store;
  private final Effects effects;
  private final Consumer<NodeEvent> node;
  private final IntConsumer credit;
  private final Consumer<Throwable> failures;
  private final Thread thread = Thread.ofPlatform().name("commit").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<Decided> next = new ArrayList<>();
  private boolean stopped;
  private volatile boolean full;

  /**
   * A turn, and what it gives back once it is written.
   *
   * @param turn the turn
   * @param changes what it changes, as the store has prepared it
   * @param credit kibibytes of bundles that came in with it
   */
  record Decided(Turn turn, BundleStore.Prepared changes, int credit) {}

  /**
   * A loop that is not running yet.
   *
   * @param node takes events that tell whether the store has room
   * @param credit takes what is given back
   * @param failures told of what ends the loop, if it was not asked to end
   */
  CommitLoop(
      BundleStore store,
      Effects effects,
      Consumer<NodeEvent> node,
      IntConsumer credit,
      Consumer<Throwable> failures) {
    this.store = store;
    this.effects = effects;
    this.node = node;
    this.credit = credit;
    this.failures = failures;
  }

  void start() {
    thread.start();
  }

  /**
   * Takes over a turn. Waits a little unless it begins to be written, so that more may happen that
   * the next one decides together, and longer if many turns wait already; while the store is full
   * it does not wait. The node's thread.
   */
  void take(Decided decided) throws InterruptedException {
    if (full && decided.turn().needsNoStore()) {
      speak(List.of(decided)); // Refusals need not wait.
      return;
    }
    lock.lock();
    try {
      next.add(decided);
      changed.signalAll();
      long left = PAUSE_NANOS;
      while (!next.isEmpty() && !full && !stopped && (left > 0 || next.size() >= TURNS)) {
        left = changed.awaitNanos(left > 0 ? left : PAUSE_NANOS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether the store has no room. */
  boolean isFull() {
    return full;
  }

  private void run() {
    try {
      List<Decided> batch = begin();
      while (!batch.isEmpty() && write(batch)) {
        speak(batch);
        batch = begin();
      }
    } catch (InterruptedException e) {
      stop();
    } catch (RuntimeException | Error e) {
      stop();
      failures.accept(e);
    }
  }

  /** Everything that was decided meanwhile; empty at the end. */
  private List<Decided> begin() throws InterruptedException {
    lock.lock();
    try {
      while (next.isEmpty() && !stopped) {
        changed.await();
      }
      List<Decided> batch = next;
      next = new ArrayList<>();
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the batch is in the store; if not, the loop was asked to end while there was no room.
   */
  private boolean write(List<Decided> batch) throws InterruptedException {
    List<BundleStore.Prepared> changes =
        batch.stream().map(Decided::changes).filter(c -> !c.changes().isEmpty()).toList();
    if (changes.isEmpty()) {
      return true;
    }
    BundleStore.Durability durability =
        batch.stream().anyMatch(d -> d.turn().durability() == BundleStore.Durability.SYNCED)
            ? BundleStore.Durability.SYNCED
            : BundleStore.Durability.BUFFERED;
    while (!fits(changes, durability)) {
      if (!pause()) {
        return false;
      }
    }
    changes.forEach(part -> effects.committed(part.changes()));
    if (full) {
      node.accept(new NodeEvent.StoreSpace(false, "the store has room again"));
      full = false; // Only now: the node never waits for this thread while this one waits for it.
    }
    return true;
  }

  private boolean fits(List<BundleStore.Prepared> changes, BundleStore.Durability durability) {
    try {
      store.write(changes, durability);
      return true;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.FULL) {
        throw e;
      }
      if (!full) {
        change(() -> full = true);
        node.accept(new NodeEvent.StoreSpace(true, String.valueOf(e.getMessage())));
      }
      return false;
    }
  }

  /** Waits before the next attempt; false if the loop was asked to end. */
  private boolean pause() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
      while (left > 0 && !stopped) {
        left = changed.awaitNanos(left);
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void speak(List<Decided> batch) {
    for (Decided decided : batch) {
      decided.turn().written();
      effects.perform(decided.turn().effects());
      credit.accept(decided.credit());
    }
  }

  private void stop() {
    change(() -> stopped = true);
  }

  /** Writes what it has taken, unless there is no room, and ends. */
  void finish() {
    stop();
    awaitEnd(thread);
  }

  /** Changes what the other thread may be waiting for. */
  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a thread has ended; an interruption does not cut that short and is passed on. */
  static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
