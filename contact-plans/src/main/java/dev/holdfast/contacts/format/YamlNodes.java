package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.NodeSpan;
import dev.holdfast.contacts.Region;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The names of nodes, and the regions, of a YAML plan. */
final class YamlNodes {
  /** A key of YAML has at most 1024 characters, and each of a name may take six. */
  static final int MOST_NAME = 128;

  private final TreeMap<String, NodeNumber> numbers = new TreeMap<>();
  private final TreeMap<NodeNumber, String> names = new TreeMap<>();
  private final List<Region> regions = new ArrayList<>();

  /** Reads {@code nodes} and {@code regions}. */
  YamlNodes(Section root) {
    Section nodes = root.section("nodes");
    for (Located<String> name : nodes.names()) {
      checkLength(nodes, "nodes", name);
      NodeNumber number = nodes.required(name.value(), NodeNumber.of(0), YamlNodes::number).value();
      if (NodeNumber.parse(name.value()).isPresent()) {
        nodes.refuse(name.at(), "nodes: '" + name.value() + "' is a number; write name: number");
      } else if (names.putIfAbsent(number, name.value()) != null) {
        nodes.refuse(name.at(), "nodes: node " + number + " has two names; leave one out");
      }
      numbers.put(name.value(), number);
    }
    nodes.end();
    Section all = root.section("regions");
    for (Located<String> name : all.names()) {
      checkLength(all, "regions", name);
      Section region = all.section(name.value());
      List<NodeSpan> spans = region.list("nodes", this::span).stream().map(Located::value).toList();
      List<NodeNumber> gateways =
          region.list("gateways", this::node).stream().map(Located::value).toList();
      regions.add(new Region(name.value(), spans, gateways));
      region.end();
    }
    all.end();
  }

  private static void checkLength(Section section, String block, Located<String> name) {
    if (name.value().length() > MOST_NAME) {
      section.refuse(name.at(), block + ": a name has at most " + MOST_NAME + " characters");
    }
  }

  /** The node of a name or of a number. */
  NodeNumber node(String text) {
    NodeNumber named = numbers.get(text);
    if (named != null) {
      return named;
    }
    return NodeNumber.parse(text)
        .orElseThrow(
            () -> {
              Optional<String> near = Nearest.to(text, numbers.keySet());
              return new IllegalArgumentException(
                  "'"
                      + text
                      + "' is neither a number nor one of nodes; "
                      + near.map(name -> "did you mean '" + name + "'?")
                          .orElse("write 977 or 974848.977, or name it in nodes"));
            });
  }

  private static NodeNumber number(String text) {
    return NodeNumber.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no node number; write 977 or 974848.977"));
  }

  private NodeSpan span(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return NodeSpan.of(node(text));
    }
    return new NodeSpan(number(text.substring(0, dots)), number(text.substring(dots + 2)));
  }

  NodeFacts facts() {
    return new NodeFacts(names, regions);
  }
}
