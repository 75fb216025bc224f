package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.orbit.LinkRule;
import dev.holdfast.contacts.orbit.OrbitLimits;
import dev.holdfast.contacts.orbit.PlannedNode;
import dev.holdfast.contacts.orbit.Walker;
import dev.holdfast.contacts.yaml.Position;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The nodes of a file while it is read, by name, and the groups that they are in. */
final class Names {
  /** Most nodes that names and groups stand for in all, each counted as often as it is in one. */
  private static final long MOST_MEMBERS = 1_000_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final List<PlannedNode> nodes = new ArrayList<>();
  private final List<Position> places = new ArrayList<>();
  private final Map<String, List<Integer>> members = new LinkedHashMap<>();
  private final Map<String, Shell> walkers = new LinkedHashMap<>();
  private final Map<NodeNumber, String> numbers = new TreeMap<>();
  private long listed;

  /**
   * A constellation with neighbours.
   *
   * @param walker its shape
   * @param first place of its first satellite in the list of nodes
   */
  private record Shell(Walker walker, int first) {}

  /** The name of a node, a constellation or a group. */
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name; letters, digits, dots, hyphens and underscores, at most 64");
    }
    return text;
  }

  /** Before some nodes are worked out: {@link IllegalArgumentException} if they are too many. */
  void expect(int more) {
    int limit = OrbitLimits.DEFAULT.nodes();
    if (nodes.size() + more > limit) {
      throw new IllegalArgumentException(
          "the file has more than %d nodes; leave some out".formatted(limit));
    }
  }

  /** Adds a node; {@link IllegalArgumentException} if its number or name is taken. */
  void add(PlannedNode node, Position at) {
    expect(1);
    String other = numbers.putIfAbsent(node.number(), node.name());
    if (other != null) {
      throw new IllegalArgumentException(
          "number %s is that of %s already; give %s another"
              .formatted(node.number(), other, node.name()));
    }
    define(node.name(), List.of(nodes.size()));
    nodes.add(node);
    places.add(at);
  }

  /** Gives some nodes a name in common. */
  void define(String name, List<Integer> some) {
    if (members.containsKey(name)) {
      throw new IllegalArgumentException("'" + name + "' is a name already; choose another");
    }
    if (isFull(some.size())) {
      throw new IllegalArgumentException(
          "names and groups stand for more than %d nodes; make fewer groups"
              .formatted(MOST_MEMBERS));
    }
    listed += some.size();
    members.put(name, List.copyOf(some));
  }

  /** Whether a name for so many nodes would be too much. */
  boolean isFull(long more) {
    return listed + more > MOST_MEMBERS;
  }

  /** All nodes of some names, each once. */
  List<Integer> union(List<Located<String>> some) {
    Set<Integer> all = new LinkedHashSet<>();
    some.stream().map(Located::value).distinct().forEach(name -> all.addAll(members(name)));
    return List.copyOf(all);
  }

  /** How much work it is to go through all nodes of some names. */
  long work(List<Located<String>> some) {
    return some.stream().map(Located::value).distinct().mapToLong(n -> members(n).size()).sum();
  }

  /** The name, if something has it; {@link IllegalArgumentException} if not. */
  String existing(String name) {
    var _ = members(name);
    return name;
  }

  /** Remembers the shape of a constellation. */
  void shape(String name, Walker walker, int first) {
    walkers.put(name, new Shell(walker, first));
  }

  /** The pairs of neighbours of a constellation, if it has a shape. */
  Optional<List<LinkRule.Pair>> neighbours(String name) {
    return Optional.ofNullable(walkers.get(name))
        .map(
            shell ->
                shell.walker().neighbours().stream()
                    .map(
                        pair ->
                            new LinkRule.Pair(
                                shell.first() + pair.first(), shell.first() + pair.second()))
                    .toList());
  }

  /** The nodes of a name; {@link IllegalArgumentException} if nothing has that name. */
  List<Integer> members(String name) {
    List<Integer> some = members.get(name);
    if (some == null) {
      String known = String.join(", ", members.keySet().stream().limit(12).toList());
      throw new IllegalArgumentException(
          "nothing is named '%s'; there are: %s%s"
              .formatted(name, known, members.size() > 12 ? ", ..." : ""));
    }
    return some;
  }

  List<PlannedNode> nodes() {
    return nodes;
  }

  /** Where a node stands in the file; empty for a name that is not a node's. */
  Optional<Position> place(String name) {
    List<Integer> some = members.getOrDefault(name, List.of());
    return some.size() == 1 ? Optional.of(places.get(some.getFirst())) : Optional.empty();
  }
}
