package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.contacts.yaml.Reading;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.contacts.yaml.YamlException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Traffic in YAML, as a scenario has it: {@code traffic} with blocks of {@code from}, {@code to},
 * {@code first}, {@code every}, {@code count}, {@code size}, {@code class}, {@code lifetime}; and
 * {@code stores} with what nodes can hold. Nodes are named by their number, or as the plan names
 * them.
 */
public final class DemandFile {
  /** A file has at most as many characters. */
  public static final int MOST_CHARS = 16 << 20;

  private static final long MOST_BYTES = 1L << 40;

  private final ContactPlan plan;
  private final Map<String, NodeNumber> numbers = new TreeMap<>();

  private DemandFile(ContactPlan plan) {
    this.plan = plan;
    plan.facts().names().forEach((number, name) -> numbers.put(name, number));
  }

  /**
   * Reads traffic for a plan.
   *
   * @param name of the file, for messages
   * @param text its content
   * @throws YamlException with everything that is wrong
   */
  public static Demand read(String name, String text, ContactPlan plan) {
    Reading reading = new Reading(name);
    Section root = Section.root(reading, text, MOST_CHARS);
    DemandFile file = new DemandFile(plan);
    List<Flow> flows = new ArrayList<>();
    for (Section block : root.sections("traffic")) {
      flows.add(file.flow(block));
      block.end();
    }
    if (flows.isEmpty()) {
      root.refuse(root.at(), "nobody sends anything; add traffic");
    }
    SortedMap<NodeNumber, Long> stores = file.stores(root.section("stores"));
    root.end();
    reading.end();
    return new Demand(flows, stores);
  }

  private Flow flow(Section block) {
    NodeNumber from = block.required("from", NodeNumber.of(1), this::node).value();
    Located<NodeNumber> to = block.required("to", NodeNumber.of(2), this::node);
    if (from.equals(to.value())) {
      block.refuse(to.at(), "to: this is the node that sends; name another one");
    }
    long count = block.number("count", Long.MAX_VALUE, 1, Long.MAX_VALUE);
    long every =
        count == 1
            ? block.value("every", 1L, DemandFile::length)
            : block.required("every", 1L, DemandFile::length).value();
    return new Flow(
        from,
        to.value(),
        block.value("first", plan.start().orElse(DtnTime.UNKNOWN), this::time),
        every,
        count,
        block.required("size", 1L, DemandFile::size).value(),
        block.choice("class", TrafficClass.NORMAL, TrafficClass.class),
        block.value("lifetime", Times.DAY / Times.MILLI, DemandFile::length));
  }

  private SortedMap<NodeNumber, Long> stores(Section block) {
    SortedMap<NodeNumber, Long> stores = new TreeMap<>();
    for (Located<String> name : block.names()) {
      long bytes = block.required(name.value(), 1L, DemandFile::size).value();
      try {
        stores.put(node(name.value()), bytes);
      } catch (IllegalArgumentException e) {
        block.refuse(name.at(), "stores: " + e.getMessage());
      }
    }
    block.end();
    return stores;
  }

  private NodeNumber node(String text) {
    return Optional.ofNullable(numbers.get(text))
        .or(() -> NodeNumber.parse(text))
        .filter(plan::knows)
        .orElseThrow(() -> new IllegalArgumentException(unknown(text)));
  }

  private String unknown(String text) {
    return "'"
        + text
        + "' is no node of the plan; "
        + Nearest.to(text, numbers.keySet())
            .map(near -> "did you mean '" + near + "'?")
            .orElse("write a number that stands in it");
  }

  private DtnTime time(String text) {
    if (text.startsWith("+")) {
      return plan.start().orElse(DtnTime.UNKNOWN).plus(Times.millis(text.substring(1)));
    }
    try {
      return DtnTime.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time; write 2026-01-01T00:00:00Z, or +2h30m after the plan begins",
          e);
    }
  }

  private static long length(String text) {
    long millis = Times.millis(text);
    if (millis == 0) {
      throw new IllegalArgumentException("'" + text + "' is no time at all; write 30m");
    }
    return millis;
  }

  private static long size(String text) {
    long bytes = Units.size(text);
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException("'" + text + "' is out of range; from 1B to 1TiB");
    }
    return bytes;
  }
}
