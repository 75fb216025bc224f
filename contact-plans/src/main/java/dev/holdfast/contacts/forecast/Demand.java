package dev.holdfast.contacts.forecast;

import dev.holdfast.contacts.NodeNumber;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is asked of a plan.
 *
 * @param flows the traffic
 * @param stores how many bytes nodes can hold; a node that is not named holds any number
 */
public record Demand(List<Flow> flows, SortedMap<NodeNumber, Long> stores) {
  /** Keeps its own copies. */
  public Demand {
    flows = List.copyOf(flows);
    stores = Collections.unmodifiableSortedMap(new TreeMap<>(stores));
  }
}
