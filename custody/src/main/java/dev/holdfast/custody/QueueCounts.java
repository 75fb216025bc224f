package dev.holdfast.custody;

import dev.holdfast.bpv7.TrafficClass;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Counts per queue and class, kept beside a store so that no start and no question has to count
 * bundles. Any thread.
 */
public final class QueueCounts {
  /**
   * One class of one queue.
   *
   * @param queue the queue
   * @param trafficClass the class
   */
  public record Slot(QueueKey queue, TrafficClass trafficClass) implements Comparable<Slot> {
    /** Where a bundle is counted. */
    public static Slot of(HeldBundle bundle) {
      return new Slot(bundle.queue(), bundle.service().trafficClass());
    }

    @Override
    public int compareTo(Slot other) {
      int byQueue = queue.compareTo(other.queue);
      return byQueue != 0 ? byQueue : trafficClass.compareTo(other.trafficClass);
    }
  }

  private final TreeMap<Slot, QueueCount> counts = new TreeMap<>();
  private long bundles;
  private long bytes;

  /** Takes over the count of a class of a queue, whatever it was. */
  public synchronized void set(QueueCount count) {
    Slot slot = new Slot(count.queue(), count.trafficClass());
    QueueCount before = get(slot);
    if (count.bundles() == 0) {
      counts.remove(slot);
    } else {
      counts.put(slot, count);
    }
    bundles += count.bundles() - before.bundles();
    bytes += count.bytes() - before.bytes();
  }

  /** Counts a bundle in. */
  public synchronized void add(HeldBundle bundle) {
    Slot slot = Slot.of(bundle);
    counts.put(slot, with(get(slot), bundle));
    bundles++;
    bytes += bundle.sizes().total();
  }

  /**
   * Counts a bundle out.
   *
   * @throws IllegalArgumentException if nothing that could be it was counted in: the node and the
   *     store disagree
   */
  public synchronized void subtract(HeldBundle bundle) {
    Slot slot = Slot.of(bundle);
    QueueCount rest = without(get(slot), bundle);
    if (rest.bundles() == 0) {
      counts.remove(slot);
    } else {
      counts.put(slot, rest);
    }
    bundles--;
    bytes -= bundle.sizes().total();
  }

  /** The count of a class of a queue, zeros if it is empty. */
  public synchronized QueueCount get(Slot slot) {
    QueueCount count = counts.get(slot);
    return count != null ? count : new QueueCount(slot.queue(), slot.trafficClass(), 0, 0);
  }

  /** Counts of all classes that are not empty, by queue, then class. */
  public synchronized List<QueueCount> all() {
    return new ArrayList<>(counts.values());
  }

  /** How many bundles in all. */
  public synchronized long bundles() {
    return bundles;
  }

  /** Their total length in bytes. */
  public synchronized long bytes() {
    return bytes;
  }

  /** A count with one more bundle. */
  public static QueueCount with(QueueCount count, HeldBundle bundle) {
    return new QueueCount(
        count.queue(),
        count.trafficClass(),
        count.bundles() + 1,
        count.bytes() + bundle.sizes().total());
  }

  /**
   * A count with one bundle less.
   *
   * @throws IllegalArgumentException if nothing that could be it was counted
   */
  public static QueueCount without(QueueCount count, HeldBundle bundle) {
    long bundlesLeft = count.bundles() - 1;
    long bytesLeft = count.bytes() - bundle.sizes().total();
    if (bundlesLeft < 0 || bytesLeft < 0) {
      throw new IllegalArgumentException("taken from a queue that does not hold it: " + bundle);
    }
    return new QueueCount(count.queue(), count.trafficClass(), bundlesLeft, bytesLeft);
  }
}
