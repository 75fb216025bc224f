package dev.holdfast.gateway.schedule;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All queues, and how much they hold together. In the order in which they first had a bundle. */
public final class Queues {
  private final int loadedPerQueue;
  private final TrafficWindow traffic;
  private final Map<QueueKey, HeldQueue> queues = new LinkedHashMap<>();
  private final Set<HeldQueue> touched = new LinkedHashSet<>();
  private long bundles;
  private long bytes;

  /** The queues that a store had when it was opened. */
  public Queues(List<QueueCount> recovered, int loadedPerQueue, TrafficWindow traffic) {
    this.loadedPerQueue = loadedPerQueue;
    this.traffic = traffic;
    for (QueueCount count : recovered) {
      HeldQueue queue = of(count.queue());
      queue.recover(count);
      touched.add(queue);
      bundles += count.bundles();
      bytes += count.bytes();
    }
  }

  /** A bundle joins its queue. Present if it is in memory. */
  public Optional<Waiting> arrive(HeldBundle bundle) {
    bundles++;
    bytes += bundle.sizes().total();
    traffic.came(bundle);
    HeldQueue queue = of(bundle.queue());
    touched.add(queue);
    return queue.arrive(bundle);
  }

  /** A bundle leaves its queue. Present if it was in memory. */
  public Optional<Waiting> gone(HeldBundle bundle) {
    bundles--;
    bytes -= bundle.sizes().total();
    HeldQueue queue = of(bundle.queue());
    Optional<Waiting> entry = queue.gone(bundle);
    touched.add(queue);
    if (queue.isEmpty() && !queue.isReading()) {
      queues.remove(bundle.queue());
    }
    return entry;
  }

  /** The queue of that key, made if there is none. */
  public HeldQueue of(QueueKey key) {
    return queues.computeIfAbsent(key, k -> new HeldQueue(k, loadedPerQueue));
  }

  /** The answer to a read of a queue: the entries that are new in memory. */
  public List<Waiting> read(QueueKey key, List<HeldBundle> next, boolean queueEnds) {
    HeldQueue queue = queues.get(key);
    if (queue == null) {
      return List.of();
    }
    List<Waiting> fresh = queue.read(next, queueEnds);
    touched.add(queue);
    if (queue.isEmpty()) {
      queues.remove(key);
    }
    return fresh;
  }

  /** The queue of that key if it has a bundle. */
  public Optional<HeldQueue> existing(QueueKey key) {
    return Optional.ofNullable(queues.get(key));
  }

  /** The entry of a bundle if it is in memory. */
  public Optional<Waiting> entry(HeldBundle bundle) {
    return existing(bundle.queue()).flatMap(q -> q.entry(bundle.key()));
  }

  /**
   * The queues whose part in memory runs low since they were last asked; each is to be read now.
   */
  public List<HeldQueue> toRead() {
    if (touched.isEmpty()) {
      return List.of();
    }
    List<HeldQueue> low = new ArrayList<>(0);
    for (HeldQueue queue : touched) {
      if (queue.wantsRead()) {
        low.add(queue);
      }
    }
    touched.clear();
    return low;
  }

  /** Every queue that has a bundle. */
  public Collection<HeldQueue> all() {
    return queues.values();
  }

  /** What came of late. */
  public TrafficWindow traffic() {
    return traffic;
  }

  /** Bundles held. */
  public long bundles() {
    return bundles;
  }

  /** Bytes held. */
  public long bytes() {
    return bytes;
  }
}
