package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes and links of a scenario while it is read: what the rest of it may name. What names
 * nothing is refused with {@link IllegalArgumentException}.
 */
final class Network {
  /** Stands for the identity of a node that is wrong or missing. */
  static final NodeId NOBODY = NodeId.dtn("nobody");

  private static final int LISTED = 12;

  private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
  private final List<LinkSpec> links = new ArrayList<>();

  /** A further node; false if its name is taken. */
  boolean add(NodeSpec node) {
    return nodes.putIfAbsent(node.name(), node) == null;
  }

  void add(LinkSpec link) {
    links.add(link);
  }

  List<NodeSpec> nodes() {
    return List.copyOf(nodes.values());
  }

  List<LinkSpec> links() {
    return List.copyOf(links);
  }

  /** The name of a node. */
  String node(String name) {
    if (!nodes.containsKey(name)) {
      throw new IllegalArgumentException("no node is called '" + name + "'" + hint(name));
    }
    return name;
  }

  /** The name of a node that is a gateway, with a store, a clock and applications. */
  String gateway(String name) {
    NodeSpec node = nodes.get(node(name));
    if (node != null && node.hostile().isPresent()) {
      throw new IllegalArgumentException(
          "'" + name + "' is hostile; it has no store, no clock and no application");
    }
    return name;
  }

  /** A direction of a link: {@code from>to}. */
  String direction(String text) {
    String[] ends = text.split(">", -1);
    if (ends.length != 2) {
      throw new IllegalArgumentException(
          "'" + text + "' is no direction of a link; write from>to, such as earth>orbiter");
    }
    if (link(node(ends[0]), node(ends[1])).isEmpty()) {
      throw new IllegalArgumentException(lack(ends[0], ends[1]));
    }
    return text;
  }

  /** The link between two nodes, whichever of them is its first. */
  Optional<LinkSpec> link(String one, String other) {
    return links.stream()
        .filter(
            link ->
                (link.first().equals(one) && link.second().equals(other))
                    || (link.first().equals(other) && link.second().equals(one)))
        .findFirst();
  }

  /** That there is no link between two nodes, and what to do. */
  static String lack(String one, String other) {
    return "no link joins " + one + " and " + other + "; add it under links";
  }

  /** The name of the gateway whose application has this endpoint. */
  String owner(Eid endpoint) {
    if (nodes.values().stream().anyMatch(node -> node.id().equals(NOBODY))) {
      return ""; // It may be that one's.
    }
    for (NodeSpec node : nodes.values()) {
      if (endpoint.nodeId().filter(node.id()::equals).isPresent()) {
        if (endpoint.equals(node.id().eid())) {
          throw new IllegalArgumentException(
              endpoint + " is the administrative endpoint of " + node.name() + "; name another");
        }
        return gateway(node.name());
      }
    }
    throw new IllegalArgumentException(
        endpoint
            + " is an endpoint of no node"
            + (nodes.isEmpty() ? "" : "; the nodes are " + ids()));
  }

  private String hint(String name) {
    if (nodes.isEmpty()) {
      return "; this scenario has no nodes";
    }
    return Nearest.to(name, nodes.keySet())
        .map(near -> "; did you mean '" + near + "'?")
        .orElse("; the nodes are " + listed(List.copyOf(nodes.keySet())));
  }

  private String ids() {
    return listed(
        nodes.values().stream().map(node -> node.name() + " (" + node.id() + ")").toList());
  }

  private static String listed(List<String> names) {
    return names.size() <= LISTED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
  }
}
