package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The nodes of a format that names them: a name that is a number keeps it, and the others get the
 * lowest numbers that are left, in lexical order.
 */
final class NodeNames {
  /** Names that the warning about their numbers quotes. */
  private static final int QUOTED = 4;

  private final TreeMap<String, Position> seen = new TreeMap<>();
  private final TreeSet<NodeNumber> taken = new TreeSet<>();
  private final TreeMap<String, NodeNumber> numbers = new TreeMap<>();

  /** The number of {@code ipn:1.0} or {@code ipn:974848.977.0}. */
  static Optional<NodeNumber> ipn(String eid) {
    return eid.startsWith("ipn:") && eid.endsWith(".0")
        ? NodeNumber.parse(eid.substring(4, eid.length() - 2))
        : Optional.empty();
  }

  /** The endpoint whose number {@link #ipn} reads. */
  static String eid(NodeNumber node) {
    return "ipn:" + node + ".0";
  }

  /** A name stands somewhere. */
  void add(String name, Position at) {
    seen.putIfAbsent(name, at);
  }

  /** No name gets this number, but one that is it. */
  void reserve(NodeNumber node) {
    taken.add(node);
  }

  /** Numbers all names that were seen, and tells which got one. */
  void number(Findings findings) {
    List<String> others = new ArrayList<>();
    for (String name : seen.keySet()) {
      Optional<NodeNumber> number = NodeNumber.parse(name).or(() -> ipn(name));
      if (number.isPresent() && !numbers.containsValue(number.get())) {
        taken.add(number.get());
        numbers.put(name, number.get());
      } else {
        others.add(name);
      }
    }
    List<String> shown = new ArrayList<>();
    long next = 1;
    for (String name : others) {
      while (!taken.add(NodeNumber.of(next))) {
        next++;
      }
      numbers.put(name, NodeNumber.of(next));
      if (shown.size() < QUOTED) {
        shown.add(IonFields.shortened(name) + " is " + next);
      }
    }
    if (!others.isEmpty()) {
      findings.warning(
          seen.getOrDefault(others.getFirst(), new Position(1, 1)),
          "not all names of nodes are numbers",
          "the others get the lowest that are left: "
              + String.join(", ", shown)
              + (others.size() > QUOTED ? ", …" : ""));
    }
  }

  /** The number of a name that was seen. */
  NodeNumber of(String name) {
    return numbers.getOrDefault(name, NodeNumber.of(0));
  }

  /** The names that are no numbers. */
  NodeFacts facts() {
    Map<NodeNumber, String> names = new TreeMap<>();
    numbers.forEach(
        (name, number) -> {
          if (!NodeNumber.parse(name).or(() -> ipn(name)).equals(Optional.of(number))) {
            names.put(number, name);
          }
        });
    return NodeFacts.named(names);
  }
}
