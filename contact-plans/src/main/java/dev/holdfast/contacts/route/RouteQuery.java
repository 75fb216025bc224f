package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;

/**
 * What is asked of the plan: how a bundle gets from one node to another.
 *
 * @param from where it is; another node than {@code to}
 * @param to where it goes
 * @param at since when it is there
 * @param sizeBytes with all overhead, 0 or more; 0 asks for the best-case route of an empty network
 *     (SABR §3.2.4.1)
 * @param trafficClass whose bookings, and those of more urgent classes, are in its way
 * @param excluded neighbours that must not be the entry node (SABR §3.2.5.2); kept ascending
 * @param margin added to the plan's light times
 * @param contactEnd whether a bundle without size may leave at the end of a contact
 */
public record RouteQuery(
    NodeNumber from,
    NodeNumber to,
    DtnTime at,
    long sizeBytes,
    TrafficClass trafficClass,
    List<NodeNumber> excluded,
    OwltMargin margin,
    ContactEnd contactEnd) {
  /** Checks the ends and the size. */
  public RouteQuery {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a route has two ends, this one has node " + from);
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("size below zero: " + sizeBytes);
    }
    excluded =
        excluded.size() < 2
            ? List.copyOf(excluded)
            : excluded.stream().sorted().distinct().toList();
  }

  /** A query for which contacts end strictly. */
  public RouteQuery(
      NodeNumber from,
      NodeNumber to,
      DtnTime at,
      long sizeBytes,
      TrafficClass trafficClass,
      List<NodeNumber> excluded,
      OwltMargin margin) {
    this(from, to, at, sizeBytes, trafficClass, excluded, margin, ContactEnd.STRICT);
  }

  /** A query of a normal bundle that excludes no neighbour and adds no margin. */
  public static RouteQuery of(NodeNumber from, NodeNumber to, DtnTime at, long sizeBytes) {
    return new RouteQuery(from, to, at, sizeBytes, TrafficClass.NORMAL, List.of(), OwltMargin.NONE);
  }

  /** The same bundle, not by way of these neighbours. */
  public RouteQuery excluding(List<NodeNumber> neighbours) {
    return new RouteQuery(from, to, at, sizeBytes, trafficClass, neighbours, margin, contactEnd);
  }

  /** The same with another margin, and another end of contacts. */
  public RouteQuery with(OwltMargin otherMargin, ContactEnd otherEnd) {
    return new RouteQuery(from, to, at, sizeBytes, trafficClass, excluded, otherMargin, otherEnd);
  }

  /** The same for a bundle without size. */
  public RouteQuery bestCase() {
    return new RouteQuery(from, to, at, 0, trafficClass, excluded, margin, contactEnd);
  }

  /** How the same bundle goes on from a node that it reached: no neighbour of that is excluded. */
  RouteQuery onward(NodeNumber node, DtnTime arrival) {
    return new RouteQuery(
        node, to, arrival, sizeBytes, trafficClass, List.of(), margin, contactEnd);
  }
}
