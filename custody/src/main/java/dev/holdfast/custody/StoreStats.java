package dev.holdfast.custody;

import java.util.List;

/**
 * Sizes and counts of a store.
 *
 * @param queues counts of every queue that is not empty
 * @param bundles held bundles
 * @param bytes their total length
 * @param remembered records of bundles that are gone, each of up to 256 consecutive sequence
 *     numbers
 * @param forgottenEarly how many such records had to go before their time to keep the quota
 * @param records records of others beside the bundles
 * @param diskBytes space taken on disk, 0 for a store in memory
 */
public record StoreStats(
    List<QueueCount> queues,
    long bundles,
    long bytes,
    long remembered,
    long forgottenEarly,
    Records records,
    long diskBytes) {
  /**
   * Records of others. A store on disk has no counter of them, since a change is written without
   * reading what it replaces; it estimates.
   *
   * @param count how many, about
   * @param bytes their keys and values, about, as they lie on disk
   */
  public record Records(long count, long bytes) {}
}
