package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;

/**
 * What is asked of the plan for many destinations at once: a {@link RouteQuery} without its end.
 *
 * @param from where the bundle is
 * @param at since when it is there
 * @param sizeBytes with all overhead, 0 or more; 0 asks for the best case of an empty network
 * @param trafficClass whose bookings, and those of more urgent classes, are in its way
 * @param excluded neighbours that must not be the entry node; kept ascending
 * @param margin added to the plan's light times
 * @param contactEnd whether a bundle without size may leave at the end of a contact
 */
public record TreeQuery(
    NodeNumber from,
    DtnTime at,
    long sizeBytes,
    TrafficClass trafficClass,
    List<NodeNumber> excluded,
    OwltMargin margin,
    ContactEnd contactEnd) {
  /** Checks the size. */
  public TreeQuery {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size below zero: " + sizeBytes);
    }
    excluded = excluded.stream().sorted().distinct().toList();
  }

  /** A query of a normal bundle that excludes no neighbour and adds no margin. */
  public static TreeQuery of(NodeNumber from, DtnTime at, long sizeBytes) {
    return new TreeQuery(
        from, at, sizeBytes, TrafficClass.NORMAL, List.of(), OwltMargin.NONE, ContactEnd.STRICT);
  }

  /** The same question about one destination, another node than {@link #from}. */
  public RouteQuery to(NodeNumber destination) {
    return new RouteQuery(
        from, destination, at, sizeBytes, trafficClass, excluded, margin, contactEnd);
  }
}
