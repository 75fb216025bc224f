package dev.holdfast.custody.memory;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A bundle store in memory for simulations and tests: deterministic, stricter than a disk, and able
 * to lose what a disk would lose.
 *
 * <p>It refuses with {@link IllegalArgumentException} every change that contradicts what is held,
 * which a store on disk cannot check without reading; nothing of such a batch is applied.
 *
 * <p>{@link #crash} stands for the end of the process or of power: it ends this store and returns
 * the one that the next start finds. {@link #fault} makes the disk full or failing. Any thread.
 */
public final class MemoryBundleStore implements BundleStore {
  /** What is wrong with the disk. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Batches with a further bundle or record, and payloads, are refused; removal still works. */
    FULL,
    /** Nothing that touches the disk works. */
    FAILING
  }

  private static final long SEEN_QUOTA = 1_000_000;

  private final HeldState state;
  private final Deque<Deque<Runnable>> unsynced = new ArrayDeque<>();
  private Fault fault = Fault.NONE;
  private boolean ended;

  /** An empty store that remembers up to a million records of bundles that are gone. */
  public MemoryBundleStore() {
    this(SEEN_QUOTA);
  }

  /**
   * An empty store.
   *
   * @param seenQuota most records of bundles that are gone, at least 1
   */
  public MemoryBundleStore(long seenQuota) {
    this(new HeldState(seenQuota));
  }

  private MemoryBundleStore(HeldState state) {
    this.state = state;
  }

  /** From now on the disk is like that. */
  public synchronized void fault(Fault from) {
    fault = from;
  }

  /** How many batches a crash could lose: those committed since the last synced one. */
  public synchronized int unsyncedBatches() {
    return unsynced.size();
  }

  /** How many finished payloads are tied to no bundle; a restart sweeps them. */
  public synchronized long untiedPayloads() {
    return state.spools.untied();
  }

  /** Loses all batches since the last synced one; see {@link #crash(int)}. */
  public MemoryBundleStore crash() {
    return crash(0);
  }

  /**
   * Ends this store as a crash does; every later call on it fails.
   *
   * @param surviving how many of the unsynced batches happened to reach the disk, oldest first: a
   *     torn log
   * @return what the next start finds, without faults
   */
  public synchronized MemoryBundleStore crash(int surviving) {
    require();
    Objects.checkIndex(surviving, unsynced.size() + 1);
    while (unsynced.size() > surviving) {
      unsynced.removeLast().forEach(Runnable::run);
    }
    ended = true;
    state.spools.sweep();
    return new MemoryBundleStore(state);
  }

  /** A store of its own that holds the same: what a copy of the disk would hold. */
  public synchronized MemoryBundleStore copy() {
    require();
    return new MemoryBundleStore(state.copy());
  }

  @Override
  public synchronized void commit(List<StoreChange> changes, Durability durability) {
    require();
    if (fault == Fault.FULL && changes.stream().anyMatch(MemoryBundleStore::takesRoom)) {
      throw full();
    }
    unsynced.addLast(state.apply(changes));
    if (durability == Durability.SYNCED) {
      unsynced.clear();
    }
  }

  private static boolean takesRoom(StoreChange change) {
    return change instanceof StoreChange.Put || change instanceof StoreChange.PutRecord;
  }

  @Override
  public Recovered recovered() {
    return reading(
        () ->
            new Recovered(
                state.counts.all(), state.lastKey(), name -> reading(() -> state.number(name))));
  }

  @Override
  public Optional<HeldBundle> find(BundleId id) {
    return reading(() -> state.find(id));
  }

  @Override
  public Optional<HeldBundle> get(HeldKey key) {
    return reading(() -> state.get(key));
  }

  @Override
  public boolean remembers(BundleId id) {
    return reading(() -> state.seen.remembers(id));
  }

  @Override
  public List<HeldBundle> fragments(BundleId original, int limit) {
    return reading(() -> state.fragments(original, limit));
  }

  @Override
  public List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    return reading(() -> state.scan(queue, after, limit));
  }

  @Override
  public List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    return reading(() -> state.list(after, limit));
  }

  @Override
  public List<HeldBundle> expiring(DtnTime until, int limit) {
    return reading(() -> state.expiring(until, limit));
  }

  @Override
  public Optional<DtnTime> earliestExpiry() {
    return reading(state::earliestExpiry);
  }

  @Override
  public Optional<Ends> ends(HeldKey key) {
    return reading(() -> state.ends(key));
  }

  @Override
  public Optional<Octets> read(HeldKey key, long position, int length) {
    return reading(() -> state.read(key, position, length));
  }

  @Override
  public StoreStats stats() {
    return reading(
        () -> {
          SeenBundles.Counts seen = state.seen.counts();
          return new StoreStats(
              state.counts.all(),
              state.counts.bundles(),
              state.counts.bytes(),
              seen.records(),
              seen.forgottenEarly(),
              state.records.stats(),
              0);
        });
  }

  @Override
  public Optional<Octets> record(Octets key) {
    return reading(() -> state.records.get(key));
  }

  @Override
  public void records(Octets from, Octets to, RecordVisitor visitor) {
    RecordTable.Visit visit = reading(state.records::visit);
    try {
      visit.show(from, to, visitor);
    } finally {
      synchronized (this) {
        visit.end();
      }
    }
  }

  @Override
  public SpoolWriter spool() {
    return reading(Writer::new);
  }

  @Override
  public synchronized void discard(Payload.Spooled payload) {
    require();
    state.spools.discard(payload.spool());
  }

  @Override
  public synchronized void close() {
    ended = true;
  }

  private synchronized <T> T reading(Supplier<T> question) {
    require();
    return question.get();
  }

  private void require() {
    if (ended) {
      throw new StoreException(StoreException.Kind.FAILED, "the store was closed or has crashed");
    }
    if (fault == Fault.FAILING) {
      throw new StoreException(StoreException.Kind.FAILED, "the disk fails, as the test asked for");
    }
  }

  private static StoreException full() {
    return new StoreException(StoreException.Kind.FULL, "no space is left, as the test asked for");
  }

  private final class Writer implements SpoolWriter {
    private final List<Octets> pieces = new ArrayList<>();
    private boolean done;

    @Override
    public void write(Octets bytes) {
      synchronized (MemoryBundleStore.this) {
        requireOpen();
        pieces.add(bytes.compact());
      }
    }

    @Override
    public Payload.Spooled finish() {
      synchronized (MemoryBundleStore.this) {
        requireOpen();
        done = true;
        return state.spools.add(pieces);
      }
    }

    @Override
    public void discard() {
      done = true;
      pieces.clear();
    }

    private void requireOpen() {
      require();
      if (done) {
        throw new IllegalStateException("the payload was finished or dropped already");
      }
      if (fault == Fault.FULL) {
        throw full();
      }
    }
  }
}
