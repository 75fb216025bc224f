package dev.holdfast.contacts.format;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two plans side by side.
 *
 * @param before the older one
 * @param after the newer one
 * @param contacts what differs among contacts, moved starts told as changes
 * @param names what differs among the names of nodes, one line each
 * @param regions what differs among regions, one line each
 */
public record PlanComparison(
    ContactPlan before,
    ContactPlan after,
    PlanDiff contacts,
    List<String> names,
    List<String> regions) {
  /** Keeps its own copies. */
  public PlanComparison {
    names = List.copyOf(names);
    regions = List.copyOf(regions);
  }

  /** Compares two plans; versions do not count. */
  public static PlanComparison of(ContactPlan before, ContactPlan after) {
    return new PlanComparison(
        before,
        after,
        PlanDiff.between(before, after).joiningMoves(),
        names(before.facts(), after.facts()),
        regions(before.facts(), after.facts()));
  }

  /** Whether both say the same. */
  public boolean isEqual() {
    return contacts.isEmpty() && names.isEmpty() && regions.isEmpty();
  }

  private static List<String> names(NodeFacts before, NodeFacts after) {
    List<String> lines = new ArrayList<>();
    TreeSet<NodeNumber> nodes = new TreeSet<>(before.names().keySet());
    nodes.addAll(after.names().keySet());
    for (NodeNumber node : nodes) {
      Optional<String> old = before.name(node);
      Optional<String> now = after.name(node);
      if (!old.equals(now)) {
        lines.add("node %s: name %s".formatted(node, step(old, now)));
      }
    }
    return lines;
  }

  private static List<String> regions(NodeFacts before, NodeFacts after) {
    List<String> lines = new ArrayList<>();
    Map<String, Region> olds = byName(before);
    Map<String, Region> news = byName(after);
    TreeSet<String> names = new TreeSet<>(olds.keySet());
    names.addAll(news.keySet());
    for (String name : names) {
      Optional<Region> old = Optional.ofNullable(olds.get(name));
      Optional<Region> now = Optional.ofNullable(news.get(name));
      if (!old.equals(now)) {
        lines.add(
            "region %s: %s"
                .formatted(
                    name, step(old.map(PlanComparison::text), now.map(PlanComparison::text))));
      }
    }
    return lines;
  }

  private static Map<String, Region> byName(NodeFacts facts) {
    Map<String, Region> named = new TreeMap<>();
    facts.regions().forEach(region -> named.put(region.name(), region));
    return named;
  }

  private static String text(Region region) {
    return "nodes " + region.nodes() + ", gateways " + region.gateways();
  }

  private static String step(Optional<String> before, Optional<String> after) {
    return before.orElse("(none)") + " -> " + after.orElse("(none)");
  }
}
