package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.NodeSpan;
import dev.holdfast.contacts.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Regions in ION: {@code ^ NUMBER} selects one for the contacts that follow, whose nodes are in it,
 * and {@code a contact -1 -1 NODE NODE 0} registers a node in it. A node that is in two regions is
 * the gateway of both; ION calls it a passageway.
 */
final class IonRegions {
  /** A region of more nodes would be a text of its own. */
  private static final long MOST_PRINTED = 1_000;

  private static final long MOST_NUMBER = 0xffff_ffffL;

  private final TreeMap<Long, TreeSet<NodeNumber>> members = new TreeMap<>();
  private Optional<TreeSet<NodeNumber>> current = Optional.empty();

  /** The {@code ^} command. */
  void select(IonLine line, IonFields fields) {
    Optional<Long> number = IonNumber.upTo(line.word(1), MOST_NUMBER).filter(value -> value > 0);
    if (number.isEmpty()) {
      fields.wrong(line, 1, "region", "the number of a region, above 0");
    } else {
      current = Optional.of(members.computeIfAbsent(number.get(), _ -> new TreeSet<>()));
    }
  }

  /** A node belongs to the region that is selected, if one is. */
  void add(NodeNumber node) {
    current.ifPresent(nodes -> nodes.add(node));
  }

  /** A node belongs to it no longer. */
  void remove(NodeNumber node) {
    current.ifPresent(nodes -> nodes.remove(node));
  }

  /** The regions that have nodes. */
  NodeFacts facts() {
    List<Region> regions = new ArrayList<>();
    members.forEach(
        (number, nodes) -> {
          if (!nodes.isEmpty()) {
            regions.add(Region.of(Long.toString(number), nodes));
          }
        });
    return new NodeFacts(new TreeMap<>(), withPassageways(regions));
  }

  private static List<Region> withPassageways(List<Region> regions) {
    return regions.stream()
        .map(region -> new Region(region.name(), region.nodes(), passageways(region, regions)))
        .toList();
  }

  private static List<NodeNumber> passageways(Region region, List<Region> regions) {
    return nodes(region).stream()
        .filter(node -> regions.stream().filter(other -> other.contains(node)).count() > 1)
        .toList();
  }

  private static List<NodeNumber> nodes(Region region) {
    List<NodeNumber> nodes = new ArrayList<>();
    for (NodeSpan span : region.nodes()) {
      for (long value = span.first().value(); ; value++) {
        nodes.add(NodeNumber.of(value));
        if (value == span.last().value()) {
          break;
        }
      }
    }
    return nodes;
  }

  /** Under which number each region that ION can have is printed, in order. */
  static Map<Region, Long> printed(ContactPlan plan, Losses losses) {
    Map<Region, Long> numbers = new LinkedHashMap<>();
    TreeSet<Long> taken = new TreeSet<>();
    List<Region> renamed = new ArrayList<>();
    for (Region region : plan.facts().regions()) {
      Optional<Long> number =
          region.name().matches("[1-9][0-9]{0,9}")
              ? Optional.of(Long.parseLong(region.name())).filter(value -> value <= MOST_NUMBER)
              : Optional.empty();
      if (!isPrintable(region)) {
        losses.region(region);
      } else if (number.isPresent() && taken.add(number.get())) {
        numbers.put(region, number.get());
      } else {
        renamed.add(region);
      }
    }
    long next = 1;
    for (Region region : renamed) {
      while (!taken.add(next)) {
        next++;
      }
      numbers.put(region, next);
      losses.add(
          "region is printed under a number",
          "regions are printed under numbers",
          IonFields.shortened(region.name()) + " is " + next);
    }
    List<Region> kept = List.copyOf(numbers.keySet());
    for (Region region : kept) {
      if (!passageways(region, kept).equals(region.gateways())) {
        losses.add(
            "region has other gateways in ION: the nodes that are in two regions",
            "regions have other gateways in ION: the nodes that are in two regions",
            IonFields.shortened(region.name()));
      }
    }
    return numbers;
  }

  private static boolean isPrintable(Region region) {
    long count = 0;
    for (NodeSpan span : region.nodes()) {
      long more = span.last().value() - span.first().value();
      if (more < 0 || more >= MOST_PRINTED || span.first().value() == 0) {
        return false;
      }
      count += more + 1;
    }
    return count > 0 && count <= MOST_PRINTED;
  }

  /** The registrations of a region's nodes. */
  static void register(Region region, StringBuilder text) {
    for (NodeNumber node : nodes(region)) {
      String number = node.decimal();
      text.append("a contact -1 -1 ").append(number).append(' ').append(number).append(" 0\n");
    }
  }

  static boolean isWithin(Region region, Contact contact) {
    return region.contains(contact.from()) && region.contains(contact.to());
  }
}
