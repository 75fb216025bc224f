package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One queue of the store as the node sees it: counts of all its bundles, and the first of them in
 * memory.
 *
 * <p>What lies beyond the part in memory is counts only, so that ten million waiting bundles cost
 * no more than a thousand. The part in memory is a prefix of the queue's order: {@link #horizon} is
 * its last bundle, unless the queue is {@link #complete}.
 */
public final class HeldQueue {
  private final QueueKey key;
  private final int limit;
  private final Map<TrafficClass, Tally> tallies = new EnumMap<>(TrafficClass.class);
  private final TreeSet<Waiting> loaded = new TreeSet<>();
  private final Map<HeldKey, Waiting> byKey = new HashMap<>();
  private final Set<HeldKey> goneWhileReading = new HashSet<>();
  private Optional<HeldBundle> horizon = Optional.empty();
  private boolean complete = true;
  private boolean reading;
  private boolean arrivedWhileReading;

  /** An empty queue that keeps at most {@code limit} bundles in memory. */
  HeldQueue(QueueKey key, int limit) {
    this.key = key;
    this.limit = limit;
  }

  /** What its bundles wait for. */
  public QueueKey key() {
    return key;
  }

  /** Takes over a count found in the store at the start; its bundles are not in memory. */
  void recover(QueueCount count) {
    tally(count.trafficClass()).add(count.bundles(), count.bytes());
    complete = false;
  }

  /** A bundle joins the queue. Present if it is in memory and can be bound at once. */
  public Optional<Waiting> arrive(HeldBundle bundle) {
    count(bundle, 1);
    arrivedWhileReading |= reading;
    boolean within =
        complete
            ? loaded.size() < limit
            : horizon.isPresent() && HeldBundle.BY_URGENCY.compare(bundle, horizon.get()) < 0;
    if (!within) {
      if (complete) {
        complete = false;
        horizon = loaded.isEmpty() ? Optional.empty() : Optional.of(loaded.last().held());
        if (horizon.isPresent() && HeldBundle.BY_URGENCY.compare(bundle, horizon.get()) < 0) {
          return Optional.of(load(bundle));
        }
      }
      return Optional.empty();
    }
    return Optional.of(load(bundle));
  }

  private Waiting load(HeldBundle bundle) {
    Waiting entry = new Waiting(bundle);
    loaded.add(entry);
    byKey.put(bundle.key(), entry);
    return entry;
  }

  /**
   * Lets the end of the part in memory go when urgent arrivals have made it twice too long. What is
   * returned is known by counts only from now on; whoever bound it undoes that.
   */
  public List<Waiting> shed() {
    if (reading || loaded.size() <= 2 * limit) {
      return List.of();
    }
    List<Waiting> shed = new ArrayList<>();
    while (loaded.size() > limit) {
      Waiting last = loaded.last();
      if (!last.isIdle()) {
        break;
      }
      loaded.pollLast();
      byKey.remove(last.held().key());
      shed.add(last);
    }
    if (!shed.isEmpty()) {
      complete = false;
      horizon = loaded.isEmpty() ? Optional.empty() : Optional.of(loaded.last().held());
    }
    return shed;
  }

  /** Whether a read is under way. */
  boolean isReading() {
    return reading;
  }

  /**
   * Whether the next part of the queue should be read from the store now; says yes once for each
   * read.
   */
  public boolean wantsRead() {
    if (complete || reading || loaded.size() > limit / 4) {
      return false;
    }
    reading = true;
    arrivedWhileReading = false;
    goneWhileReading.clear();
    return true;
  }

  /** How many to read. */
  public int readLimit() {
    return Math.max(1, limit / 2);
  }

  /** The last bundle of the part in memory. */
  public Optional<HeldBundle> horizon() {
    return horizon;
  }

  /** The answer to a read: the entries that are new in memory. */
  public List<Waiting> read(List<HeldBundle> next, boolean queueEnds) {
    if (!reading) {
      return List.of();
    }
    reading = false;
    List<Waiting> fresh = new ArrayList<>();
    for (HeldBundle bundle : next) {
      if (!goneWhileReading.contains(bundle.key()) && !byKey.containsKey(bundle.key())) {
        fresh.add(load(bundle));
      }
    }
    if (!next.isEmpty()) {
      horizon = Optional.of(next.getLast());
    }
    complete = queueEnds && !arrivedWhileReading;
    goneWhileReading.clear();
    return fresh;
  }

  /** A bundle leaves the queue. Present if it was in memory. */
  public Optional<Waiting> gone(HeldBundle bundle) {
    count(bundle, -1);
    if (reading) {
      goneWhileReading.add(bundle.key());
    }
    Waiting entry = byKey.remove(bundle.key());
    if (entry == null) {
      return Optional.empty();
    }
    loaded.remove(entry);
    return Optional.of(entry);
  }

  /** The entry of a bundle if it is in memory. */
  public Optional<Waiting> entry(HeldKey bundle) {
    return Optional.ofNullable(byKey.get(bundle));
  }

  /** The part in memory, in the order of leaving. */
  public Iterable<Waiting> inMemory() {
    return loaded;
  }

  /** A copy of the part in memory, safe to work on while it changes. */
  public List<Waiting> copy() {
    return List.copyOf(loaded);
  }

  /** Whether all of the queue is in memory. */
  public boolean complete() {
    return complete;
  }

  /** Whether no bundle is in it. */
  public boolean isEmpty() {
    for (Tally tally : tallies.values()) {
      if (tally.bundles > 0) {
        return false;
      }
    }
    return true;
  }

  /** Counts of its classes, most urgent first, empty ones left out. */
  public List<QueueCount> counts() {
    List<QueueCount> counts = new ArrayList<>();
    for (TrafficClass c : List.of(TrafficClass.values()).reversed()) {
      Tally tally = tally(c);
      if (tally.bundles > 0) {
        counts.add(new QueueCount(key, c, tally.bundles, tally.bytes));
      }
    }
    return counts;
  }

  /** The earliest expiry among the bundles in memory. */
  public Optional<DtnTime> nextExpiry() {
    return loaded.stream().map(w -> w.held().expiry()).min(DtnTime::compareTo);
  }

  private void count(HeldBundle bundle, int sign) {
    tally(bundle.service().trafficClass()).add(sign, sign * bundle.sizes().total());
  }

  private Tally tally(TrafficClass trafficClass) {
    return tallies.computeIfAbsent(trafficClass, c -> new Tally());
  }

  private static final class Tally {
    private long bundles;
    private long bytes;

    void add(long moreBundles, long moreBytes) {
      bundles += moreBundles;
      bytes += moreBytes;
    }
  }
}
