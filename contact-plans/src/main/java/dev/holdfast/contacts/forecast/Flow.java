package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;

/**
 * Bundles that one node sends to another at equal distances in time.
 *
 * @param from the sender
 * @param to the destination, another node
 * @param first when the first is there
 * @param everyMillis from one to the next, at least 1
 * @param count how many at most, at least 1
 * @param bytes of each bundle, at least 1
 * @param trafficClass of each bundle
 * @param lifetimeMillis of each bundle, at least 1
 */
public record Flow(
    NodeNumber from,
    NodeNumber to,
    DtnTime first,
    long everyMillis,
    long count,
    long bytes,
    TrafficClass trafficClass,
    long lifetimeMillis) {}
