package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers questions about what is held from the database. Any platform thread. */
final class HeldReads {
  /** Classes as a queue is read. */
  private static final List<TrafficClass> MOST_URGENT_FIRST =
      List.of(TrafficClass.values()).reversed();

  private static final byte[] NO_END = {};

  private final Database database;
  private final StoreState state;
  private final PayloadFiles files;

  HeldReads(Database database, StoreState state, PayloadFiles files) {
    this.database = database;
    this.state = state;
    this.files = files;
  }

  Optional<HeldBundle> find(BundleId id) {
    return database.get(Family.IDS, Keyspace.id(id)).map(Keyspace::readHeld).flatMap(this::get);
  }

  Optional<HeldBundle> get(HeldKey key) {
    return database.get(Family.HELD, Keyspace.held(key)).map(RecordCodec::held);
  }

  List<HeldBundle> fragments(BundleId original, int limit) {
    byte[] prefix = Keyspace.id(original.original());
    List<HeldBundle> found = new ArrayList<>();
    try (Cursor cursor = database.range(Family.IDS, prefix, Keyspace.after(prefix))) {
      while (found.size() < limit && cursor.next()) {
        if (Keyspace.isFragmentOf(cursor.key(), prefix)) {
          get(Keyspace.readHeld(cursor.value())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    List<HeldBundle> found = new ArrayList<>();
    for (TrafficClass trafficClass : MOST_URGENT_FIRST) {
      QueueCounts.Slot slot = new QueueCounts.Slot(queue, trafficClass);
      boolean passed =
          after.isPresent() && after.get().service().trafficClass().compareTo(trafficClass) < 0;
      boolean empty = state.counts.get(slot).bundles() == 0;
      if (found.size() < limit && !passed && !empty) {
        Optional<byte[]> behind =
            after
                .filter(b -> b.service().trafficClass() == trafficClass)
                .map(b -> Keyspace.next(Keyspace.queueEntry(b.in(queue))));
        scan(slot, behind, limit, found);
      }
    }
    return found;
  }

  private void scan(
      QueueCounts.Slot slot, Optional<byte[]> from, int limit, List<HeldBundle> found) {
    HeadBound bound = state.queue(slot);
    long writes = bound.writes();
    byte[] head = bound.from();
    byte[] start = from.orElse(head);
    byte[] prefix = Keyspace.queuePrefix(slot.queue(), slot.trafficClass());
    boolean first = from.isEmpty();
    try (Cursor cursor = database.range(Family.QUEUES, start, Keyspace.after(prefix))) {
      while (found.size() < limit && cursor.next()) {
        if (first) {
          bound.met(cursor.key(), writes);
          first = false;
        }
        // It may have gone, or gone elsewhere, since the scan began.
        get(Keyspace.lastHeld(cursor.key()))
            .filter(bundle -> QueueCounts.Slot.of(bundle).equals(slot))
            .ifPresent(found::add);
      }
    }
  }

  List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    List<HeldBundle> found = new ArrayList<>();
    long writes = state.held.writes();
    byte[] from = after.map(k -> Keyspace.next(Keyspace.held(k))).orElseGet(state.held::from);
    try (Cursor cursor = database.range(Family.HELD, from, NO_END)) {
      while (found.size() < limit && cursor.next()) {
        if (found.isEmpty() && after.isEmpty()) {
          state.held.met(cursor.key(), writes);
        }
        found.add(RecordCodec.held(cursor.value()));
      }
    }
    return found;
  }

  List<HeldBundle> expiring(DtnTime until, int limit) {
    List<HeldBundle> found = new ArrayList<>();
    byte[] end =
        until.equals(DtnTime.FOREVER) ? NO_END : Keyspace.u64(until.plusUnsigned(1).millis());
    long writes = state.expiry.writes();
    try (Cursor cursor = database.range(Family.EXPIRY, state.expiry.from(), end)) {
      boolean first = true;
      while (found.size() < limit && cursor.next()) {
        if (first) {
          state.expiry.met(cursor.key(), writes);
          first = false;
        }
        get(Keyspace.lastHeld(cursor.key())).ifPresent(found::add);
      }
    }
    return found;
  }

  Optional<DtnTime> earliestExpiry() {
    long writes = state.expiry.writes();
    try (Cursor cursor = database.range(Family.EXPIRY, state.expiry.from(), NO_END)) {
      if (!cursor.next()) {
        return Optional.empty();
      }
      state.expiry.met(cursor.key(), writes);
      return Optional.of(Keyspace.readExpiry(cursor.key()));
    }
  }

  Optional<BundleStore.Ends> ends(HeldKey key) {
    return bytes(key).map(BytesRecord::ends);
  }

  /** The first record of a bundle's bytes. */
  Optional<BytesRecord> bytes(HeldKey key) {
    return database.get(Family.BYTES, Keyspace.piece(key, 0)).map(b -> BytesRecord.decode(key, b));
  }

  Optional<Octets> read(HeldKey key, long position, int length) {
    Optional<BytesRecord> held = bytes(key);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    BytesRecord record = held.get();
    long from = Math.clamp(position, 0, record.payloadLength());
    int wanted = (int) Math.min(Math.max(length, 0), record.payloadLength() - from);
    Optional<Octets> found =
        switch (record.place()) {
          case HERE -> Optional.of(record.payload().slice((int) from, (int) from + wanted));
          case IN_PIECES -> pieces(key, from, wanted);
          case IN_FILE -> files.read(record.file(), from, wanted);
        };
    if (found.isPresent() && found.get().size() == wanted) {
      return found;
    }
    // The bundle may have gone while it was read; if it is still held, its bytes are missing.
    if (bytes(key).isEmpty()) {
      return Optional.empty();
    }
    throw new StoreException(
        StoreException.Kind.CORRUPT,
        "payload bytes of bundle " + record + " are missing; run `holdfast store verify`");
  }

  private Optional<Octets> pieces(HeldKey key, long from, int wanted) {
    List<Octets> parts = new ArrayList<>();
    long at = from;
    while (at < from + wanted) {
      int piece = (int) (at / BytesRecord.PIECE);
      Optional<byte[]> bytes = database.get(Family.BYTES, Keyspace.piece(key, piece + 1));
      int start = (int) (at % BytesRecord.PIECE);
      int end = (int) Math.min(BytesRecord.PIECE, start + (from + wanted - at));
      if (bytes.isEmpty() || bytes.get().length < end) {
        return Optional.empty();
      }
      parts.add(Octets.wrap(bytes.get(), start, end - start));
      at += end - start;
    }
    return Optional.of(parts.size() == 1 ? parts.getFirst() : Octets.concat(parts));
  }
}
