package dev.holdfast.contacts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Nodes that belong together, and through whom others reach them. A node may be in several regions.
 *
 * @param name as the plan names it; a number in plans of ION
 * @param nodes its nodes, ascending, spans that touch made one
 * @param gateways where bundles go that are for nodes of this region which no contact names,
 *     ascending; may be empty
 */
public record Region(String name, List<NodeSpan> nodes, List<NodeNumber> gateways) {
  /** Puts the nodes and the gateways in order. */
  public Region {
    nodes = joined(nodes);
    gateways = List.copyOf(new TreeSet<>(gateways));
  }

  /** A region of single nodes, without gateways. */
  public static Region of(String name, Collection<NodeNumber> nodes) {
    return new Region(name, nodes.stream().map(NodeSpan::of).toList(), List.of());
  }

  private static List<NodeSpan> joined(List<NodeSpan> spans) {
    List<NodeSpan> sorted = new ArrayList<>(spans);
    Collections.sort(sorted);
    List<NodeSpan> joined = new ArrayList<>();
    for (NodeSpan span : sorted) {
      NodeSpan last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && last.reaches(span)) {
        NodeNumber end = last.last().compareTo(span.last()) < 0 ? span.last() : last.last();
        joined.set(joined.size() - 1, new NodeSpan(last.first(), end));
      } else {
        joined.add(span);
      }
    }
    return List.copyOf(joined);
  }

  /** Whether the node is in the region. */
  public boolean contains(NodeNumber node) {
    return nodes.stream().anyMatch(span -> span.contains(node));
  }
}
