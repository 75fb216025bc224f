package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Port: where bundles are held. RocksDB in a gateway, memory in simulations; one contract suite
 * runs on both.
 *
 * <p>{@link #commit} and {@link #write} are called by one thread alone, {@link #prepare} by one
 * other at most. Everything else may be called from any platform thread and sees all batches
 * committed before the call. Failures of the store are {@link StoreException}: the node stops on
 * them, except that a full disk is told apart so that links can refuse.
 */
public interface BundleStore extends AutoCloseable {
  /** How much of a batch must be safe on return. */
  enum Durability {
    /** All of it survives power loss (synced). */
    SYNCED,
    /** It survives a crash of the process at best; for batches of best-effort bundles only. */
    BUFFERED
  }

  /** Applies all changes or none, in order. On return they are as durable as asked for. */
  void commit(List<StoreChange> changes, Durability durability);

  /** Changes that are ready to be written, and have had no effect yet. */
  interface Prepared {
    /** What they are, in order. */
    List<StoreChange> changes();
  }

  /**
   * Does ahead what part of a commit can be done while batches before it are being written.
   *
   * @param changes must not change any more
   */
  default Prepared prepare(List<StoreChange> changes) {
    return () -> changes;
  }

  /** Commits changes that this store has prepared, as one batch: all or none, in order. */
  default void write(List<Prepared> batch, Durability durability) {
    commit(batch.stream().flatMap(part -> part.changes().stream()).toList(), durability);
  }

  /** What the next start needs to know, read once at opening; costs counters, not bundles. */
  Recovered recovered();

  /** The held bundle with that identity. */
  Optional<HeldBundle> find(BundleId id);

  /** The held bundle with that number. */
  Optional<HeldBundle> get(HeldKey key);

  /**
   * Whether a bundle with that identity (or all bytes of that fragment) is remembered as delivered,
   * expired or cancelled.
   */
  boolean remembers(BundleId id);

  /**
   * All held fragments of one application data unit, by offset; {@code original} is no fragment.
   */
  List<HeldBundle> fragments(BundleId original, int limit);

  /**
   * Bundles of a queue after {@code after} (its first if empty), most urgent class first, then
   * higher ordinal, earlier expiry, lower key.
   */
  List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit);

  /** Bundles of all queues in key order after {@code after}, for listings. */
  List<HeldBundle> list(Optional<HeldKey> after, int limit);

  /** Bundles whose {@link HeldBundle#expiry()} is at or before {@code until}, earliest first. */
  List<HeldBundle> expiring(DtnTime until, int limit);

  /** The earliest {@link HeldBundle#expiry()} of all, if anything is held. */
  Optional<DtnTime> earliestExpiry();

  /** Bytes before and after the payload; empty if the bundle is no longer held. */
  Optional<Ends> ends(HeldKey key);

  /**
   * Bytes of a payload.
   *
   * @param key the bundle
   * @param position first byte
   * @param length at most this many
   * @return the bytes, fewer only at the payload's end; empty if the bundle is no longer held
   */
  Optional<Octets> read(HeldKey key, long position, int length);

  /** The value of a record that {@link StoreChange.PutRecord} put; empty if there is none. */
  Optional<Octets> record(Octets key);

  /**
   * Shows records in the order of their keys, compared as unsigned bytes, all as they were at one
   * time: what is committed during the visit is not seen by it.
   *
   * @param from the first key
   * @param to the key after the last; nothing is shown if it is not after {@code from}
   * @param visitor on this thread; may call this store, and end the visit
   */
  void records(Octets from, Octets to, RecordVisitor visitor);

  /** Is shown records. */
  @FunctionalInterface
  interface RecordVisitor {
    /** A record; whether to go on. */
    boolean visit(Octets key, Octets value);
  }

  /** Opens payload space for a payload that is too large for a batch. */
  SpoolWriter spool();

  /**
   * Drops a spooled payload that will never be put: its bundle was a duplicate, expired, or
   * refused. Any platform thread.
   */
  void discard(Payload.Spooled payload);

  /** Sizes and counts, for people. */
  StoreStats stats();

  /** Releases the store; no call may follow. */
  @Override
  void close();

  /**
   * The parts of a bundle around its payload.
   *
   * @param head bytes before the payload
   * @param trailer bytes after it
   */
  record Ends(Octets head, Octets trailer) {}

  /**
   * What a start needs.
   *
   * @param queues counts of every queue that is not empty, in a fixed order
   * @param lastKey highest {@link HeldKey} ever given, 0 if none
   * @param numbers reads what {@link StoreChange.SetNumber} set
   */
  record Recovered(List<QueueCount> queues, long lastKey, Numbers numbers) {
    /** Reads a number set earlier. */
    @FunctionalInterface
    public interface Numbers {
      /** The number of that name, if it was ever set. */
      OptionalLong get(String name);
    }
  }

  /** Writes one large payload; used by one thread at a time, never on a virtual thread. */
  interface SpoolWriter {
    /** Appends bytes. */
    void write(Octets bytes);

    /** Makes all bytes durable and returns the payload to be put. */
    Payload.Spooled finish();

    /** Drops what was written. */
    void discard();
  }
}
