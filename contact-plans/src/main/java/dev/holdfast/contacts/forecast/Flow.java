package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;

/**
 * Bundles that one node sends to another at equal distances in time. Those of a node to itself stay
 * with it until they expire.
 *
 * @param from the sender
 * @param to the destination
 * @param first when the first is there
 * @param everyMillis from one to the next, at least 1
 * @param count how many at most, at least 1
 * @param bytes of each bundle, at least 1
 * @param trafficClass of each bundle
 * @param lifetimeMillis of each bundle, at least 1
 * @param batch how many are taken as one, at least 1: fewer steps for a coarser answer; {@code
 *     everyMillis} and {@code count} are then those of batches
 * @param mayCut whether parts of a bundle may go different ways
 */
public record Flow(
    NodeNumber from,
    NodeNumber to,
    DtnTime first,
    long everyMillis,
    long count,
    long bytes,
    TrafficClass trafficClass,
    long lifetimeMillis,
    long batch,
    boolean mayCut) {
  /** Bundles one by one, each of which goes whole. */
  public Flow(
      NodeNumber from,
      NodeNumber to,
      DtnTime first,
      long everyMillis,
      long count,
      long bytes,
      TrafficClass trafficClass,
      long lifetimeMillis) {
    this(from, to, first, everyMillis, count, bytes, trafficClass, lifetimeMillis, 1, false);
  }

  /** Bytes of a batch. */
  long batchBytes() {
    return bytes * batch;
  }
}
