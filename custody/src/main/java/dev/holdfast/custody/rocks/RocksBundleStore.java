package dev.holdfast.custody.rocks;

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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The bundle store of a gateway, in a directory of its own: RocksDB for all that is small, a file
 * for each large payload. Step 3 of 9 is its {@link #commit}.
 *
 * <p>One thread commits; any platform thread reads. A call on a virtual thread is refused with
 * {@link IllegalStateException}, since native code would pin its carrier. {@link #close} waits for
 * calls under way.
 */
public final class RocksBundleStore implements BundleStore {
  private final StoreDirectory directory;
  private final Database database;
  private final StoreState state;
  private final PayloadFiles files;
  private final PayloadReclaimer reclaimer;
  private final HeldReads reads;
  private final RecordReads records;
  private final long swept;
  private final ReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private RocksBundleStore(StoreDirectory directory, Database database, RocksOptions options) {
    this.directory = directory;
    this.database = database;
    state = new StoreState(database, options.seenRecords());
    files = new PayloadFiles(directory, options);
    swept = files.sweep(n -> database.get(Family.SPOOLED, Keyspace.spooledFile(n)).isPresent());
    reclaimer = new PayloadReclaimer(files);
    reads = new HeldReads(database, state, files);
    records = new RecordReads(database);
  }

  /**
   * Opens the store in a directory, or makes one there if the directory is missing or empty. Costs
   * counters and one look-up per large payload, not bundles.
   *
   * @throws StoreException of kind LOCKED if another process has it, FORMAT if it is none or was
   *     written by a newer gateway, CORRUPT if its files are damaged, FULL or FAILED if the disk is
   */
  public static RocksBundleStore open(Path path, RocksOptions options) {
    StoreDirectory directory = StoreDirectory.claim(path);
    try {
      Database database = Database.open(directory.database(), options);
      try {
        return new RocksBundleStore(directory, database, options);
      } catch (RuntimeException failure) {
        database.close();
        throw failure;
      }
    } catch (RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  /** How many payloads that were tied to no bundle the opening has swept. */
  public long sweptPayloads() {
    return swept;
  }

  @Override
  public Prepared prepare(List<StoreChange> changes) {
    return new LaidOut(database, changes);
  }

  @Override
  public void commit(List<StoreChange> changes, Durability durability) {
    write(List.of(prepare(changes)), durability);
  }

  @Override
  public void write(List<Prepared> batch, Durability durability) {
    using(
        () -> {
          List<LaidOut> parts = batch.stream().map(LaidOut.class::cast).toList();
          if (parts.stream().anyMatch(part -> part.takesRoom)) {
            files.requireSpace(0);
          }
          boolean sync = durability == Durability.SYNCED;
          new StagedBatch(database, state, files, parts)
              .write(sync)
              .forEach(reclaimer::afterNextSync);
          if (!sync && reclaimer.wantsSync()) {
            database.sync();
            sync = true;
          }
          if (sync) {
            reclaimer.synced();
          }
          return sync;
        });
  }

  @Override
  public Recovered recovered() {
    return using(
        () ->
            new Recovered(state.counts.all(), state.lastKey(), name -> using(() -> number(name))));
  }

  private OptionalLong number(String name) {
    Optional<byte[]> value = database.get(Family.META, Keyspace.number(name));
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Keyspace.readU64(value.get()));
  }

  @Override
  public Optional<HeldBundle> find(BundleId id) {
    return using(() -> reads.find(id));
  }

  @Override
  public Optional<HeldBundle> get(HeldKey key) {
    return using(() -> reads.get(key));
  }

  @Override
  public boolean remembers(BundleId id) {
    return using(() -> state.seen.remembers(id));
  }

  @Override
  public List<HeldBundle> fragments(BundleId original, int limit) {
    return using(() -> reads.fragments(original, limit));
  }

  @Override
  public List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    return using(() -> reads.scan(queue, after, limit));
  }

  @Override
  public List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    return using(() -> reads.list(after, limit));
  }

  @Override
  public List<HeldBundle> expiring(DtnTime until, int limit) {
    return using(() -> reads.expiring(until, limit));
  }

  @Override
  public Optional<DtnTime> earliestExpiry() {
    return using(reads::earliestExpiry);
  }

  @Override
  public Optional<Ends> ends(HeldKey key) {
    return using(() -> reads.ends(key));
  }

  @Override
  public Optional<Octets> read(HeldKey key, long position, int length) {
    return using(() -> reads.read(key, position, length));
  }

  @Override
  public Optional<Octets> record(Octets key) {
    return using(() -> records.get(key));
  }

  @Override
  public void records(Octets from, Octets to, RecordVisitor visitor) {
    long _ = using(() -> records.visit(from, to, visitor));
  }

  @Override
  public SpoolWriter spool() {
    return using(
        () -> {
          files.requireSpace(0);
          return files.create();
        });
  }

  @Override
  public void discard(Payload.Spooled payload) {
    using(
        () -> {
          boolean free = files.claimed(payload.spool());
          if (free) {
            reclaimer.free(payload.spool());
          }
          return free;
        });
  }

  @Override
  public StoreStats stats() {
    return using(
        () -> {
          SeenBundles.Counts seen = state.seen.counts();
          return new StoreStats(
              state.counts.all(),
              state.counts.bundles(),
              state.counts.bytes(),
              seen.records(),
              seen.forgottenEarly(),
              database.sizes(Family.RECORDS),
              directory.databaseBytes() + files.bytes());
        });
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        try (directory;
            database;
            reclaimer) {
          database.settle();
        }
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private <T> T using(Supplier<T> call) {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("the store is never called on a virtual thread");
    }
    use.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(StoreException.Kind.FAILED, directory.path() + ": is closed");
      }
      return call.get();
    } finally {
      use.readLock().unlock();
    }
  }
}
