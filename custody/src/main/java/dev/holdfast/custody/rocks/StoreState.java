package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.SeenRecords;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a store keeps in memory: counters and the bounds of scans, read from the database at opening
 * and never from bundles. Changed by the writer, read by any thread.
 */
final class StoreState {
  /** Classes of queues whose bound is kept; beyond it those of empty ones go. */
  private static final int BOUNDS_MAX = 16_384;

  private static final byte[] FIRST = {};
  private static final byte[] END = Keyspace.u64(-1L);

  final QueueCounts counts = new QueueCounts();
  final SeenBundles seen;
  final HeadBound held = new HeadBound(FIRST);
  final HeadBound expiry = new HeadBound(FIRST);
  final HeadBound seenEnds;
  private final ConcurrentHashMap<QueueCounts.Slot, HeadBound> queues = new ConcurrentHashMap<>();
  private volatile long lastKey;
  private volatile long spooled;

  /** Reads the counters of a database. */
  StoreState(Database database, long seenQuota) {
    seenEnds = new HeadBound(FIRST);
    SeenRecords records = new RocksSeen(database, seenEnds);
    SeenBundles.Counts seenCounts =
        database
            .get(Family.META, Keyspace.SEEN_COUNTS)
            .map(Keyspace::readSeenCounts)
            .orElse(SeenBundles.Counts.NONE);
    seen = new SeenBundles(records, seenQuota, seenCounts);
    lastKey = database.get(Family.META, Keyspace.LAST_KEY).map(Keyspace::readU64).orElse(0L);
    byte[] from = Keyspace.COUNTS;
    try (Cursor cursor = database.range(Family.META, from, Keyspace.after(from))) {
      while (cursor.next()) {
        counts.set(Keyspace.readCount(cursor.key(), cursor.value()));
      }
    }
    long ties = 0;
    byte[] prefix = Keyspace.SPOOLED_FILES;
    try (Cursor cursor = database.range(Family.SPOOLED, prefix, Keyspace.after(prefix))) {
      while (cursor.next()) {
        ties++;
      }
    }
    spooled = ties;
  }

  /** The bound of a class of a queue. */
  HeadBound queue(QueueCounts.Slot slot) {
    return queues.computeIfAbsent(
        slot, s -> new HeadBound(Keyspace.queuePrefix(s.queue(), s.trafficClass())));
  }

  /** Takes over a count that was committed. */
  void committed(QueueCount count) {
    counts.set(count);
    if (count.bundles() == 0) {
      QueueKey queue = count.queue();
      TrafficClass trafficClass = count.trafficClass();
      QueueCounts.Slot slot = new QueueCounts.Slot(queue, trafficClass);
      if (queues.size() > BOUNDS_MAX) {
        queues.remove(slot);
      } else {
        queue(slot).emptied(Keyspace.after(Keyspace.queuePrefix(queue, trafficClass)));
      }
    }
  }

  /** Says that a batch is committed: what it put last, and how many payload files are tied now. */
  void committed(long newLastKey, long newSpooled) {
    lastKey = newLastKey;
    spooled = newSpooled;
    if (counts.bundles() == 0) {
      held.emptied(END);
      expiry.emptied(END);
    }
  }

  long lastKey() {
    return lastKey;
  }

  /** How many bundles have their payload in a file. */
  long spooled() {
    return spooled;
  }
}
