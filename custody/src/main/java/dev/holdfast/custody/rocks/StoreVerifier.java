package dev.holdfast.custody.rocks;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.SeenKey;
import dev.holdfast.custody.SeenWindow;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreStats;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares everything in a store with everything else. Memory is bounded by the number of queues:
 * each entry is looked at alone. One thread.
 */
final class StoreVerifier {
  private final Database database;
  private final StoreState state;
  private final HeldReads reads;
  private final Consumer<Finding> findings;
  private final QueueCounts recount = new QueueCounts();
  private final PayloadVerifier payloads;
  private long remembered;
  private long records;
  private long recordBytes;
  private long faults;
  private long untied;

  StoreVerifier(
      Database database,
      StoreState state,
      PayloadFiles files,
      HeldReads reads,
      Consumer<Finding> findings) {
    this.database = database;
    this.state = state;
    this.reads = reads;
    this.findings = findings;
    payloads = new PayloadVerifier(database, reads, files, this::found);
  }

  /** Looks at one entry. */
  @FunctionalInterface
  private interface Look {
    void at(byte[] key, byte[] value);
  }

  StoreInspection.Verified run() {
    each(Family.HELD, this::held);
    each(Family.IDS, (key, value) -> index("identity", key, Keyspace.readHeld(value), this::id));
    each(
        Family.QUEUES,
        (key, value) -> index("queue entry", key, Keyspace.lastHeld(key), Keyspace::queueEntry));
    each(
        Family.EXPIRY,
        (key, value) -> index("expiry entry", key, Keyspace.lastHeld(key), this::expiry));
    each(Family.BYTES, this::bytes);
    each(Family.SEEN, this::seen);
    each(Family.SEEN_ENDS, this::seenEnd);
    each(Family.SPOOLED, payloads::tie);
    if (database.has(Family.RECORDS)) {
      each(Family.RECORDS, this::record);
    }
    long payloadFiles = payloads.files();
    counters();
    return new StoreInspection.Verified(
        recount.bundles(),
        recount.bytes(),
        remembered,
        new StoreStats.Records(records, recordBytes),
        payloadFiles,
        faults,
        untied);
  }

  private void each(Family family, Look look) {
    try (Cursor cursor = database.all(family)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        try {
          look.at(key, cursor.value());
        } catch (StoreException unreadable) {
          found(Finding.Kind.DAMAGED, name(family, key), String.valueOf(unreadable.getMessage()));
        }
      }
    } catch (StoreException unreadable) {
      found(Finding.Kind.DAMAGED, family.name(), String.valueOf(unreadable.getMessage()));
    }
  }

  private void found(Finding.Kind kind, String where, String problem) {
    if (kind.isFault()) {
      faults++;
    } else {
      untied++;
    }
    findings.accept(new Finding(kind, where, problem));
  }

  private static String name(Family family, byte[] key) {
    return family.name() + " " + HexFormat.of().formatHex(key);
  }

  private void held(byte[] key, byte[] value) {
    HeldBundle bundle = RecordCodec.held(value);
    String where = "bundle " + bundle.key().sequence() + " (" + bundle.id() + ")";
    if (!bundle.key().equals(Keyspace.readHeld(key))) {
      found(Finding.Kind.DAMAGED, name(Family.HELD, key), "holds the record of " + where);
      return;
    }
    recount.add(bundle);
    Optional<HeldKey> named =
        database.get(Family.IDS, Keyspace.id(bundle.id())).map(Keyspace::readHeld);
    if (!named.equals(Optional.of(bundle.key()))) {
      found(Finding.Kind.INDEX, where, "is not found by its identity");
    }
    if (database.get(Family.QUEUES, Keyspace.queueEntry(bundle)).isEmpty()) {
      found(Finding.Kind.INDEX, where, "does not stand in its queue");
    }
    if (database.get(Family.EXPIRY, Keyspace.expiry(bundle)).isEmpty()) {
      found(Finding.Kind.INDEX, where, "is not found by its expiry");
    }
    payloads.bundle(where, bundle);
  }

  /** The key that an index must have for a bundle. */
  @FunctionalInterface
  private interface IndexKey {
    byte[] of(HeldBundle bundle);
  }

  private byte[] id(HeldBundle bundle) {
    return Keyspace.id(bundle.id());
  }

  private byte[] expiry(HeldBundle bundle) {
    return Keyspace.expiry(bundle);
  }

  private void index(String what, byte[] key, HeldKey held, IndexKey expected) {
    Optional<HeldBundle> bundle = reads.get(held);
    if (bundle.isEmpty()) {
      found(Finding.Kind.INDEX, what + " of bundle " + held.sequence(), "no such bundle is held");
    } else if (!Arrays.equals(expected.of(bundle.get()), key)) {
      found(
          Finding.Kind.INDEX,
          what + " of bundle " + held.sequence(),
          "stands under another key than the bundle says");
    }
  }

  private void bytes(byte[] key, byte[] value) {
    HeldKey held = Keyspace.heldOfPiece(key);
    if (database.get(Family.HELD, Keyspace.held(held)).isEmpty()) {
      found(
          Finding.Kind.INDEX,
          "bytes of bundle " + held.sequence(),
          value.length + " bytes are kept, but no such bundle is held");
    }
  }

  private void seen(byte[] key, byte[] value) {
    SeenWindow window = RecordCodec.seen(value);
    SeenKey name = Keyspace.readSeen(key);
    remembered++;
    if (database.get(Family.SEEN_ENDS, Keyspace.seenEnd(window.until(), name)).isEmpty()) {
      found(Finding.Kind.INDEX, "remembered " + name, "is not found by its end");
    }
  }

  private void seenEnd(byte[] key, byte[] value) {
    SeenKey name = Keyspace.readSeenEnd(key);
    Optional<SeenWindow> window =
        database.get(Family.SEEN, Keyspace.seen(name)).map(RecordCodec::seen);
    if (window.isEmpty() || !window.get().until().equals(Keyspace.readExpiry(key))) {
      found(Finding.Kind.INDEX, "end of remembered " + name, "belongs to no record");
    }
  }

  /** What is in it only its owner knows; that it can be read, each block's checksum proves. */
  private void record(byte[] key, byte[] value) {
    records++;
    recordBytes += key.length + (long) value.length;
  }

  private void counters() {
    for (QueueCount counted : recount.all()) {
      compare(counted, state.counts.get(slot(counted)));
    }
    for (QueueCount stored : state.counts.all()) {
      if (recount.get(slot(stored)).bundles() == 0) {
        compare(recount.get(slot(stored)), stored);
      }
    }
    long counted = state.seen.counts().records();
    if (counted != remembered) {
      found(
          Finding.Kind.COUNTER,
          "remembered records",
          "the counter says " + counted + ", there are " + remembered);
    }
  }

  private static QueueCounts.Slot slot(QueueCount count) {
    return new QueueCounts.Slot(count.queue(), count.trafficClass());
  }

  private void compare(QueueCount counted, QueueCount stored) {
    if (!counted.equals(stored)) {
      found(
          Finding.Kind.COUNTER,
          "queue "
              + counted.queue().kind()
              + " "
              + counted.queue().eid()
              + " "
              + counted.trafficClass(),
          "the counter says "
              + stored.bundles()
              + " bundles of "
              + stored.bytes()
              + " bytes, there are "
              + counted.bundles()
              + " of "
              + counted.bytes());
    }
  }
}
