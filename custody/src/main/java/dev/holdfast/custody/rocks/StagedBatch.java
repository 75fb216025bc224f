package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.StoreChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One batch of changes on its way into the database: worked out as absolute values, written at
 * once, then told to the state in memory. Nothing but the native batch changes before the write, so
 * a batch that fails leaves no trace. The writer's thread alone.
 */
final class StagedBatch {
  private static final byte[] NOTHING = {};

  private final Database database;
  private final StoreState state;
  private final PayloadFiles files;
  private final Mutations mutations;
  private final SeenBundles.Turn seen;
  private final Map<QueueCounts.Slot, Tally> tallies = new TreeMap<>();
  private final Map<HeldKey, PayloadFiles.Finished> tied = new TreeMap<>();
  private final List<Long> dropped = new ArrayList<>();
  private final LeastKey firstHeld = new LeastKey();
  private final LeastKey firstExpiry = new LeastKey();
  private final LeastKey firstSeenEnd = new LeastKey();
  private long lastKey;

  /** Begins a batch in {@code mutations}, whatever was in them. */
  StagedBatch(Database database, Mutations mutations, StoreState state, PayloadFiles files) {
    this.database = database;
    this.mutations = mutations;
    this.state = state;
    this.files = files;
    mutations.clear();
    seen = state.seen.turn();
    lastKey = state.lastKey();
  }

  void add(StoreChange change) {
    switch (change) {
      case StoreChange.Put put -> put(put);
      case StoreChange.Update update -> update(update.before(), update.after());
      case StoreChange.Remove remove -> remove(remove.bundle());
      case StoreChange.Remember remember -> seen.remember(remember.id(), remember.until());
      case StoreChange.ForgetBefore forget -> seen.forgetBefore(forget.now());
      case StoreChange.SetNumber set ->
          mutations.put(Family.META, Keyspace.number(set.name()), Keyspace.u64(set.value()));
    }
  }

  private void put(StoreChange.Put put) {
    HeldBundle bundle = put.bundle();
    HeldKey key = bundle.key();
    require(key.sequence() > 0, "a key is 1 or more", bundle);
    HeldBundle.Sizes sizes =
        new HeldBundle.Sizes(put.head().size(), put.payload().length(), put.trailer().size());
    require(bundle.sizes().equals(sizes), "its sizes are not those of its bytes", bundle);
    if (put.payload() instanceof Payload.Spooled spooled) {
      tie(bundle, spooled);
    }
    BytesRecord bytes = BytesRecord.of(put.head(), put.payload(), put.trailer());
    mutations.put(
        Family.BYTES, Keyspace.piece(mutations.key(), key, 0), bytes.encode(mutations.value()));
    if (put.payload() instanceof Payload.Inline inline
        && bytes.place() == BytesRecord.Place.IN_PIECES) {
      putPieces(key, inline.bytes());
    }
    mutations.put(
        Family.IDS,
        Keyspace.id(mutations.key(), bundle.id()),
        Keyspace.held(mutations.value(), key));
    firstHeld.offer(Keyspace.held(mutations.key(), key));
    record(bundle);
    enter(bundle);
    lastKey = Math.max(lastKey, key.sequence());
  }

  private void tie(HeldBundle bundle, Payload.Spooled spooled) {
    PayloadFiles.Finished file =
        files
            .untied(spooled.spool())
            .filter(f -> f.length() == spooled.length() && !tied.containsValue(f))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "not a finished payload that is free: " + spooled));
    tied.put(bundle.key(), file);
    mutations.put(Family.SPOOLED, Keyspace.spoolOf(bundle.key()), Keyspace.u64(file.number()));
    mutations.put(
        Family.SPOOLED,
        Keyspace.spooledFile(file.number()),
        Keyspace.spooledFileValue(bundle.key(), file));
  }

  private void putPieces(HeldKey key, Octets payload) {
    for (int piece = 1; piece <= BytesRecord.pieces(payload.size()); piece++) {
      int from = (piece - 1) * BytesRecord.PIECE;
      int to = Math.min(payload.size(), from + BytesRecord.PIECE);
      mutations.put(
          Family.BYTES, Keyspace.piece(key, piece), payload.slice(from, to).toByteArray());
    }
  }

  private void update(HeldBundle before, HeldBundle after) {
    require(after.key().equals(before.key()), "an update keeps the key", after);
    require(after.id().equals(before.id()), "an update keeps the identity", after);
    require(after.sizes().equals(before.sizes()), "an update keeps the sizes", after);
    record(after);
    if (!Arrays.equals(Keyspace.queueEntry(before), Keyspace.queueEntry(after))) {
      leave(before);
      enter(after);
    }
  }

  private void remove(HeldBundle bundle) {
    HeldKey key = bundle.key();
    leave(bundle);
    mutations.delete(Family.HELD, Keyspace.held(mutations.key(), key));
    mutations.delete(Family.IDS, Keyspace.id(mutations.key(), bundle.id()));
    mutations.delete(Family.BYTES, Keyspace.piece(mutations.key(), key, 0));
    Optional<Long> file = fileOf(key);
    if (file.isPresent()) {
      mutations.delete(Family.SPOOLED, Keyspace.spoolOf(key));
      mutations.delete(Family.SPOOLED, Keyspace.spooledFile(file.get()));
      dropped.add(file.get());
      return;
    }
    for (int piece = 1; piece <= BytesRecord.pieces(bundle.sizes().payload()); piece++) {
      mutations.delete(Family.BYTES, Keyspace.piece(key, piece));
    }
  }

  private Optional<Long> fileOf(HeldKey key) {
    PayloadFiles.Finished inThisBatch = tied.get(key);
    if (inThisBatch != null) {
      return Optional.of(inThisBatch.number());
    }
    return state.spooled() == 0
        ? Optional.empty()
        : database.get(Family.SPOOLED, Keyspace.spoolOf(key)).map(Keyspace::readU64);
  }

  private void record(HeldBundle bundle) {
    mutations.put(
        Family.HELD,
        Keyspace.held(mutations.key(), bundle.key()),
        RecordCodec.held(mutations.value(), bundle));
  }

  private void enter(HeldBundle bundle) {
    Tally tally = tally(bundle);
    tally.count = QueueCounts.with(tally.count, bundle);
    RecordWriter queueEntry = Keyspace.queueEntry(mutations.key(), bundle);
    mutations.put(Family.QUEUES, queueEntry);
    tally.firstQueued.offer(queueEntry);
    RecordWriter expiry = Keyspace.expiry(mutations.key(), bundle);
    mutations.put(Family.EXPIRY, expiry);
    firstExpiry.offer(expiry);
  }

  private void leave(HeldBundle bundle) {
    Tally tally = tally(bundle);
    tally.count = QueueCounts.without(tally.count, bundle);
    mutations.delete(Family.QUEUES, Keyspace.queueEntry(mutations.key(), bundle));
    mutations.delete(Family.EXPIRY, Keyspace.expiry(mutations.key(), bundle));
  }

  private Tally tally(HeldBundle bundle) {
    return tallies.computeIfAbsent(
        QueueCounts.Slot.of(bundle), slot -> new Tally(state.counts.get(slot)));
  }

  /** What the batch does to one class of one queue. */
  private static final class Tally {
    private final LeastKey firstQueued = new LeastKey();
    private QueueCount count;

    Tally(QueueCount before) {
      count = before;
    }
  }

  /**
   * Writes the batch.
   *
   * @return payload files that no bundle has any more once it is synced
   */
  List<Long> write(boolean sync) {
    tallies.forEach((slot, tally) -> stageCount(slot, tally.count));
    seen.finish().forEach(this::stageSeen);
    if (!seen.counts().equals(state.seen.counts())) {
      mutations.put(Family.META, Keyspace.SEEN_COUNTS, Keyspace.seenCounts(seen.counts()));
    }
    if (lastKey != state.lastKey()) {
      mutations.put(Family.META, Keyspace.LAST_KEY, Keyspace.u64(lastKey));
    }
    mutations.write(sync);
    tallies.forEach((slot, tally) -> tally.firstQueued.get().ifPresent(state.queue(slot)::written));
    firstHeld.get().ifPresent(this::toldHeld);
    firstExpiry.get().ifPresent(state.expiry::written);
    firstSeenEnd.get().ifPresent(state.seenEnds::written);
    tallies.values().forEach(tally -> state.committed(tally.count));
    seen.applied();
    tied.values().forEach(file -> files.claimed(file.number()));
    state.committed(lastKey, state.spooled() + tied.size() - dropped.size());
    return dropped;
  }

  private void toldHeld(byte[] first) {
    if (Keyspace.readU64(first) > state.lastKey()) {
      state.held.appended(first);
    } else {
      state.held.written(first);
    }
  }

  private void stageCount(QueueCounts.Slot slot, QueueCount count) {
    if (count.bundles() == 0) {
      mutations.delete(Family.META, Keyspace.count(slot));
    } else {
      mutations.put(Family.META, Keyspace.count(slot), Keyspace.countValue(count));
    }
  }

  private void stageSeen(SeenBundles.Change change) {
    byte[] key = Keyspace.seen(change.key());
    boolean sameEnd =
        change.window().isPresent()
            && change.storedUntil().equals(Optional.of(change.window().get().until()));
    if (change.storedUntil().isPresent() && !sameEnd) {
      mutations.delete(
          Family.SEEN_ENDS, Keyspace.seenEnd(change.storedUntil().get(), change.key()));
    }
    if (change.window().isEmpty()) {
      mutations.delete(Family.SEEN, key);
      return;
    }
    mutations.put(Family.SEEN, key, RecordCodec.seen(change.window().get()));
    if (!sameEnd) {
      byte[] end = Keyspace.seenEnd(change.window().get().until(), change.key());
      mutations.put(Family.SEEN_ENDS, end, NOTHING);
      firstSeenEnd.offer(end);
    }
  }

  private static void require(boolean holds, String rule, HeldBundle bundle) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + bundle);
    }
  }
}
