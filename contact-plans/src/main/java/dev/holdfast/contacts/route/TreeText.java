package dev.holdfast.contacts.route;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanTable;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How one bundle goes to several nodes, told to a person or as JSON. */
public final class TreeText {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private TreeText() {}

  /**
   * A line on the whole, one for each hop below the one that leads to it, and one for each node
   * without a way.
   *
   * @param floating whether times count from an unnamed zero: then they are shown as {@code +n}
   */
  public static String explain(RouteTree tree, Collection<NodeNumber> to, boolean floating) {
    TreeQuery query = tree.query();
    List<RouteTree.Branch> branches = tree.branches(to);
    StringBuilder text = new StringBuilder();
    text.append(
        "%s from %s to %s, ready %s: copies to %d of its neighbours, %d transmissions in all\n"
            .formatted(
                query.sizeBytes() == 0 ? "best case" : PlanTable.amount(query.sizeBytes()),
                query.from(),
                numbers(new TreeSet<>(to)),
                RouteText.time(query.at(), floating),
                branches.size(),
                transmissions(branches)));
    branches.forEach(branch -> branch(branch, "  ", floating, text));
    for (NodeNumber node : new TreeSet<>(to)) {
      if (tree.arrival(node).isEmpty()) {
        text.append("  no route to %s\n".formatted(node));
      }
    }
    return text.toString();
  }

  private static void branch(
      RouteTree.Branch branch, String indent, boolean floating, StringBuilder text) {
    Hop hop = branch.hop();
    text.append(
        "%s%s > %s  sends %s to %s, there %s  for %s\n"
            .formatted(
                indent,
                hop.contact().from(),
                hop.contact().to(),
                RouteText.time(hop.firstByte(), floating),
                RouteText.time(hop.lastByte(), floating),
                RouteText.time(hop.arrival(), floating),
                numbers(branch.destinations())));
    branch.next().forEach(next -> branch(next, indent + "  ", floating, text));
  }

  private static String numbers(Collection<NodeNumber> nodes) {
    return nodes.stream().map(NodeNumber::toString).collect(Collectors.joining(", "));
  }

  private static int transmissions(List<RouteTree.Branch> branches) {
    return branches.stream().mapToInt(RouteTree.Branch::transmissions).sum();
  }

  /** The same as one line of JSON. */
  public static String json(RouteTree tree, Collection<NodeNumber> to, Epoch.At zero) {
    TreeQuery query = tree.query();
    List<RouteTree.Branch> branches = tree.branches(to);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      RouteJson.node(json, "from", query.from());
      RouteJson.seconds(json, "at_s", query.at(), zero);
      json.writeNumberProperty("size_bytes", query.sizeBytes());
      json.writeArrayPropertyStart("destinations");
      for (NodeNumber node : new TreeSet<>(to)) {
        json.writeStartObject();
        RouteJson.node(json, "node", node);
        json.writeBooleanProperty("found", tree.arrival(node).isPresent());
        if (tree.arrival(node).isPresent()) {
          RouteJson.seconds(json, "arrival_s", tree.arrival(node).get(), zero);
        } else {
          json.writeNullProperty("arrival_s");
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberProperty("transmissions", transmissions(branches));
      branches(json, "branches", branches, zero);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void branches(
      JsonGenerator json, String name, List<RouteTree.Branch> branches, Epoch.At zero) {
    json.writeArrayPropertyStart(name);
    for (RouteTree.Branch branch : branches) {
      json.writeStartObject();
      RouteJson.properties(json, branch.hop(), zero);
      json.writeArrayPropertyStart("destinations");
      branch.destinations().forEach(node -> RouteJson.node(json, node));
      json.writeEndArray();
      branches(json, "next", branch.next(), zero);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
