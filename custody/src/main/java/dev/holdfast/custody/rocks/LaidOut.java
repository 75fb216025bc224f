package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.StoreChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes as the database will take them, as far as that can be said without asking it: what the
 * rest is about is kept for {@link StagedBatch}. Nothing outside changes, so that one thread lays
 * changes out while another writes those before them.
 */
final class LaidOut implements BundleStore.Prepared {
  /** What a bundle takes of a batch beside its own bytes, about. */
  private static final int BUNDLE_ROOM = 512;

  /** What a record of others takes beside its key and value, at most. */
  private static final int RECORD_ROOM = 16;

  private final List<StoreChange> changes;
  final Mutations mutations;
  final Map<QueueCounts.Slot, Tally> tallies = new TreeMap<>();
  final LeastKey firstHeld = new LeastKey();
  final LeastKey firstExpiry = new LeastKey();

  /** Bundles whose payload is in a file. */
  final List<StoreChange.Put> spooled = new ArrayList<>();

  /** Bundles that go; their payload may be in a file. */
  final List<HeldBundle> removed = new ArrayList<>();

  /** What is to be remembered or forgotten, in order. */
  final List<StoreChange> memory = new ArrayList<>();

  /** The highest key; 0 for none. */
  long lastKey;

  /** Whether they hold more than before. */
  boolean takesRoom;

  /** What they do to one class of one queue. */
  static final class Tally {
    final LeastKey firstQueued = new LeastKey();
    long bundles;
    long bytes;
  }

  LaidOut(Database database, List<StoreChange> changes) {
    this.changes = changes;
    mutations = new Mutations(database, room(changes));
    changes.forEach(this::add);
  }

  private static long room(List<StoreChange> changes) {
    long room = 0;
    for (StoreChange change : changes) {
      room +=
          switch (change) {
            case StoreChange.Put put -> BUNDLE_ROOM + bytes(put);
            case StoreChange.PutRecord(Octets key, Octets value) ->
                RECORD_ROOM + key.size() + value.size();
            case StoreChange.RemoveRecord(Octets key) -> RECORD_ROOM + key.size();
            case StoreChange.Update _,
                StoreChange.Remove _,
                StoreChange.Remember _,
                StoreChange.ForgetBefore _,
                StoreChange.SetNumber _ ->
                BUNDLE_ROOM;
          };
    }
    return room;
  }

  private static long bytes(StoreChange.Put put) {
    long inline = put.payload() instanceof Payload.Inline(Octets bytes) ? bytes.size() : 0;
    return put.head().size() + put.trailer().size() + inline;
  }

  @Override
  public List<StoreChange> changes() {
    return changes;
  }

  private void add(StoreChange change) {
    switch (change) {
      case StoreChange.Put put -> put(put);
      case StoreChange.Update update -> update(update.before(), update.after());
      case StoreChange.Remove remove -> remove(remove.bundle());
      case StoreChange.Remember remember -> memory.add(remember);
      case StoreChange.ForgetBefore forget -> memory.add(forget);
      case StoreChange.SetNumber set ->
          mutations.put(Family.META, Keyspace.number(set.name()), Keyspace.u64(set.value()));
      case StoreChange.PutRecord(Octets key, Octets value) -> {
        mutations.put(Family.RECORDS, key, value);
        takesRoom = true;
      }
      case StoreChange.RemoveRecord(Octets key) -> mutations.delete(Family.RECORDS, key);
    }
  }

  private void put(StoreChange.Put put) {
    HeldBundle bundle = put.bundle();
    HeldKey key = bundle.key();
    require(key.sequence() > 0, "a key is 1 or more", bundle);
    HeldBundle.Sizes sizes =
        new HeldBundle.Sizes(put.head().size(), put.payload().length(), put.trailer().size());
    require(bundle.sizes().equals(sizes), "its sizes are not those of its bytes", bundle);
    BytesRecord bytes = BytesRecord.of(put.head(), put.payload(), put.trailer());
    mutations.put(
        Family.BYTES, Keyspace.piece(mutations.key(), key, 0), bytes.encode(mutations.value()));
    switch (put.payload()) {
      case Payload.Spooled _ -> spooled.add(put);
      case Payload.Inline inline -> {
        if (bytes.place() == BytesRecord.Place.IN_PIECES) {
          putPieces(key, inline.bytes());
        }
      }
    }
    mutations.put(
        Family.IDS,
        Keyspace.id(mutations.key(), bundle.id()),
        Keyspace.held(mutations.value(), key));
    firstHeld.offer(Keyspace.held(mutations.key(), key));
    record(bundle);
    enter(bundle);
    lastKey = Math.max(lastKey, key.sequence());
    takesRoom = true;
  }

  private void putPieces(HeldKey key, Octets payload) {
    for (int piece = 1; piece <= BytesRecord.pieces(payload.size()); piece++) {
      int from = (piece - 1) * BytesRecord.PIECE;
      int to = Math.min(payload.size(), from + BytesRecord.PIECE);
      mutations.put(
          Family.BYTES,
          Keyspace.piece(mutations.key(), key, piece),
          mutations.value().raw(payload.slice(from, to)));
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
    leave(bundle);
    mutations.delete(Family.HELD, Keyspace.held(mutations.key(), bundle.key()));
    mutations.delete(Family.IDS, Keyspace.id(mutations.key(), bundle.id()));
    mutations.delete(Family.BYTES, Keyspace.piece(mutations.key(), bundle.key(), 0));
    removed.add(bundle);
  }

  private void record(HeldBundle bundle) {
    mutations.put(
        Family.HELD,
        Keyspace.held(mutations.key(), bundle.key()),
        RecordCodec.held(mutations.value(), bundle));
  }

  private void enter(HeldBundle bundle) {
    Tally tally = tally(bundle, 1);
    RecordWriter queueEntry = Keyspace.queueEntry(mutations.key(), bundle);
    mutations.put(Family.QUEUES, queueEntry);
    tally.firstQueued.offer(queueEntry);
    RecordWriter expiry = Keyspace.expiry(mutations.key(), bundle);
    mutations.put(Family.EXPIRY, expiry);
    firstExpiry.offer(expiry);
  }

  private void leave(HeldBundle bundle) {
    Tally _ = tally(bundle, -1);
    mutations.delete(Family.QUEUES, Keyspace.queueEntry(mutations.key(), bundle));
    mutations.delete(Family.EXPIRY, Keyspace.expiry(mutations.key(), bundle));
  }

  private Tally tally(HeldBundle bundle, int sign) {
    Tally tally = tallies.computeIfAbsent(QueueCounts.Slot.of(bundle), slot -> new Tally());
    tally.bundles += sign;
    tally.bytes += sign * bundle.sizes().total();
    return tally;
  }

  private static void require(boolean holds, String rule, HeldBundle bundle) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + bundle);
    }
  }
}
