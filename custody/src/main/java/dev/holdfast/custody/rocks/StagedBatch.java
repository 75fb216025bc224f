package dev.holdfast.custody.rocks;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.StoreChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One batch on its way into the database: what was laid out, and after it what depends on the state
 * of the store, as absolute values; written at once, then told to the state in memory. Nothing
 * changes before the write, so a batch that fails leaves no trace. The writer's thread alone.
 */
final class StagedBatch {
  private static final byte[] NOTHING = {};
  private static final int ROOM = 4 << 10;

  private final Database database;
  private final StoreState state;
  private final PayloadFiles files;
  private final List<LaidOut> parts;
  private final Mutations rest;
  private final SeenBundles.Turn seen;
  private final Map<QueueCounts.Slot, QueueCount> counts = new TreeMap<>();
  private final Map<HeldKey, PayloadFiles.Finished> tied = new TreeMap<>();
  private final List<Long> dropped = new ArrayList<>();
  private final LeastKey firstSeenEnd = new LeastKey();
  private long lastKey;

  StagedBatch(Database database, StoreState state, PayloadFiles files, List<LaidOut> parts) {
    this.database = database;
    this.state = state;
    this.files = files;
    this.parts = parts;
    rest = new Mutations(database, ROOM);
    seen = state.seen.turn();
    lastKey = state.lastKey();
    parts.forEach(this::complete);
  }

  private void complete(LaidOut part) {
    part.spooled.forEach(this::tie);
    part.removed.forEach(this::drop);
    part.memory.forEach(this::remember);
    part.tallies.forEach(this::count);
    lastKey = Math.max(lastKey, part.lastKey);
  }

  private void tie(StoreChange.Put put) {
    if (!(put.payload() instanceof Payload.Spooled spooled)) {
      return;
    }
    PayloadFiles.Finished file =
        files
            .untied(spooled.spool())
            .filter(f -> f.length() == spooled.length() && !tied.containsValue(f))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "not a finished payload that is free: " + spooled));
    HeldKey key = put.bundle().key();
    tied.put(key, file);
    rest.put(Family.SPOOLED, Keyspace.spoolOf(key), Keyspace.u64(file.number()));
    rest.put(
        Family.SPOOLED, Keyspace.spooledFile(file.number()), Keyspace.spooledFileValue(key, file));
  }

  private void drop(HeldBundle bundle) {
    HeldKey key = bundle.key();
    Optional<Long> file = fileOf(key);
    if (file.isPresent()) {
      rest.delete(Family.SPOOLED, Keyspace.spoolOf(key));
      rest.delete(Family.SPOOLED, Keyspace.spooledFile(file.get()));
      dropped.add(file.get());
      return;
    }
    for (int piece = 1; piece <= BytesRecord.pieces(bundle.sizes().payload()); piece++) {
      rest.delete(Family.BYTES, Keyspace.piece(key, piece));
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

  private void remember(StoreChange change) {
    if (change instanceof StoreChange.Remember remember) {
      seen.remember(remember.id(), remember.until());
    } else if (change instanceof StoreChange.ForgetBefore forget) {
      seen.forgetBefore(forget.now());
    }
  }

  private void count(QueueCounts.Slot slot, LaidOut.Tally tally) {
    QueueCount before = counts.getOrDefault(slot, state.counts.get(slot));
    long bundles = before.bundles() + tally.bundles;
    long bytes = before.bytes() + tally.bytes;
    if (bundles < 0 || bytes < 0) {
      throw new IllegalArgumentException("more is taken from a queue than it holds: " + slot);
    }
    counts.put(slot, new QueueCount(slot.queue(), slot.trafficClass(), bundles, bytes));
  }

  /**
   * Writes the batch.
   *
   * @return payload files that no bundle has any more once it is synced
   */
  List<Long> write(boolean sync) {
    counts.forEach(this::stageCount);
    seen.finish().forEach(this::stageSeen);
    if (!seen.counts().equals(state.seen.counts())) {
      rest.put(Family.META, Keyspace.SEEN_COUNTS, Keyspace.seenCounts(seen.counts()));
    }
    if (lastKey != state.lastKey()) {
      rest.put(Family.META, Keyspace.LAST_KEY, Keyspace.u64(lastKey));
    }
    List<Mutations> all = new ArrayList<>();
    parts.forEach(part -> all.add(part.mutations));
    all.add(rest);
    database.write(Mutations.batch(all), sync);
    parts.forEach(this::told);
    firstSeenEnd.get().ifPresent(state.seenEnds::written);
    counts.values().forEach(state::committed);
    seen.applied();
    tied.values().forEach(file -> files.claimed(file.number()));
    state.committed(lastKey, state.spooled() + tied.size() - dropped.size());
    return dropped;
  }

  private void told(LaidOut part) {
    part.tallies.forEach(
        (slot, tally) -> tally.firstQueued.get().ifPresent(state.queue(slot)::written));
    part.firstHeld.get().ifPresent(this::toldHeld);
    part.firstExpiry.get().ifPresent(state.expiry::written);
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
      rest.delete(Family.META, Keyspace.count(slot));
    } else {
      rest.put(Family.META, Keyspace.count(slot), Keyspace.countValue(count));
    }
  }

  private void stageSeen(SeenBundles.Change change) {
    byte[] key = Keyspace.seen(change.key());
    boolean sameEnd =
        change.window().isPresent()
            && change.storedUntil().equals(Optional.of(change.window().get().until()));
    if (change.storedUntil().isPresent() && !sameEnd) {
      rest.delete(Family.SEEN_ENDS, Keyspace.seenEnd(change.storedUntil().get(), change.key()));
    }
    if (change.window().isEmpty()) {
      rest.delete(Family.SEEN, key);
      return;
    }
    rest.put(Family.SEEN, key, RecordCodec.seen(change.window().get()));
    if (!sameEnd) {
      byte[] end = Keyspace.seenEnd(change.window().get().until(), change.key());
      rest.put(Family.SEEN_ENDS, end, NOTHING);
      firstSeenEnd.offer(end);
    }
  }
}
