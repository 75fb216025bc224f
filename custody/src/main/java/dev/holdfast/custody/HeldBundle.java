package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import java.util.Comparator;
import java.util.Optional;

/**
 * What is persisted of a held bundle beside its bytes: enough to queue, route, fit and expire it
 * without reading them.
 *
 * @param key its number in the store
 * @param id its identity
 * @param queue what it waits for
 * @param destination its destination endpoint
 * @param service class, order and promises
 * @param expiry creation time plus lifetime; for a bundle without a creation time the arrival's
 *     wall clock plus what was left of its lifetime, a hint only: its {@link AgeMark} decides
 * @param lifetime lifetime in milliseconds, unsigned
 * @param age marks for residence time and expiry by age
 * @param sizes lengths of its parts
 * @param from the node it came from; empty if made here or if the link did not tell
 * @param progress what was already done with it
 */
public record HeldBundle(
    HeldKey key,
    BundleId id,
    QueueKey queue,
    Eid destination,
    Service service,
    DtnTime expiry,
    long lifetime,
    AgeMark age,
    Sizes sizes,
    Optional<NodeId> from,
    Progress progress) {
  /**
   * Within a queue: most urgent class first, then higher ordinal, earlier expiry, lower key (the
   * order of {@link BundleStore#scan}).
   */
  public static final Comparator<HeldBundle> BY_URGENCY = HeldBundle::compareUrgency;

  /** Earlier expiry first, then lower key (the order of {@link BundleStore#expiring}). */
  public static final Comparator<HeldBundle> BY_EXPIRY = HeldBundle::compareExpiry;

  private static int compareUrgency(HeldBundle a, HeldBundle b) {
    Service left = a.service;
    Service right = b.service;
    if (left.trafficClass != right.trafficClass) {
      return Integer.compare(right.trafficClass.code(), left.trafficClass.code());
    }
    return left.ordinal != right.ordinal
        ? Integer.compare(right.ordinal, left.ordinal)
        : compareExpiry(a, b);
  }

  private static int compareExpiry(HeldBundle a, HeldBundle b) {
    int byExpiry = a.expiry.compareTo(b.expiry);
    return byExpiry != 0 ? byExpiry : a.key.compareTo(b.key);
  }

  /**
   * Class, order and promises.
   *
   * @param trafficClass traffic class
   * @param ordinal order within the class, 0..255, higher first
   * @param critical a copy goes by every feasible neighbour
   * @param bestEffort may be lost in a crash; released by links that do not confirm
   * @param mayFragment may be cut
   * @param clockless made without a creation time: expires by age only
   * @param reports its sender asks for some status report
   */
  public record Service(
      TrafficClass trafficClass,
      int ordinal,
      boolean critical,
      boolean bestEffort,
      boolean mayFragment,
      boolean clockless,
      boolean reports) {}

  /**
   * Lengths in bytes.
   *
   * @param head everything before the payload
   * @param payload the payload
   * @param trailer everything after it
   */
  public record Sizes(int head, long payload, int trailer) {
    /** The whole bundle. */
    public long total() {
      return head + payload + trailer;
    }
  }

  /**
   * What was already done.
   *
   * @param sent payload bytes that a neighbour confirmed as leading fragments
   * @param fetches how often an application was handed it
   * @param copies what became of its copies over contacts that nobody planned
   */
  public record Progress(long sent, int fetches, Copies copies) {
    /** Nothing yet. */
    public static final Progress NONE = new Progress(0, 0);

    /** That of a bundle that does not spread. */
    public Progress(long sent, int fetches) {
      this(sent, fetches, Copies.NONE);
    }
  }

  /**
   * Copies over contacts that nobody planned.
   *
   * @param given how many neighbours have taken one from here
   * @param left by spray and wait how many copies this bundle still stands for, itself included; 0
   *     if it was never counted
   */
  public record Copies(int given, int left) {
    /** No copy was given, none is counted. */
    public static final Copies NONE = new Copies(0, 0);
  }

  /** The same bundle with other progress. */
  public HeldBundle with(Progress changed) {
    return new HeldBundle(
        key, id, queue, destination, service, expiry, lifetime, age, sizes, from, changed);
  }

  /** The same bundle in another queue. */
  public HeldBundle in(QueueKey changed) {
    return new HeldBundle(
        key, id, changed, destination, service, expiry, lifetime, age, sizes, from, progress);
  }
}
