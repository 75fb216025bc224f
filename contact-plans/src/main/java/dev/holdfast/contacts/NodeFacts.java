package dev.holdfast.contacts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a plan says about nodes besides their contacts.
 *
 * @param names what people call them, by number; empty if the plan has none
 * @param regions which nodes belong together, in the order of the plan; empty if it has none
 */
public record NodeFacts(Map<NodeNumber, String> names, List<Region> regions) {
  /** Nothing. */
  public static final NodeFacts NONE = new NodeFacts(new TreeMap<>(), List.of());

  /** Keeps its own copies. */
  public NodeFacts {
    names = Collections.unmodifiableMap(new TreeMap<>(names));
    regions = List.copyOf(regions);
  }

  /** Only names. */
  public static NodeFacts named(Map<NodeNumber, String> names) {
    return new NodeFacts(names, List.of());
  }

  /** What people call the node. */
  public Optional<String> name(NodeNumber node) {
    return Optional.ofNullable(names.get(node));
  }

  /** The regions that the node is in. */
  public List<Region> regionsOf(NodeNumber node) {
    return regions.stream().filter(region -> region.contains(node)).toList();
  }
}
