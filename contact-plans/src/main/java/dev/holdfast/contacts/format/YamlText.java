package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Region;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The plan that people write: YAML with names of nodes, dates or offsets after an epoch, passes
 * that recur, rates and light times with units and, where they change, as tables, regions and their
 * gateways. {@code contact-plans/docs/formats.md} describes each key.
 *
 * <p>A light time that changes is cut into adjacent contacts of one light time each, so that none
 * is more than 1 % (or 10 ms, whichever is more, or as {@code owlt-tolerance} says) too long, and
 * none too short. All that a plan can hold can be printed; recurring passes are printed one by one.
 */
public final class YamlText {
  /** A plan written by hand is smaller; a larger one takes much memory to read. */
  static final int MOST_CHARS = 4 << 20;

  private YamlText() {}

  /** Whether the first line with content may be that of a YAML plan. */
  static boolean looksLike(String line) {
    return line.matches("---.*|(epoch|owlt-tolerance|nodes|regions|ranges|contacts):(\\s.*)?");
  }

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return YamlPlanReader.read(source, options);
  }

  /** Prints a plan; {@link #read} gives the same plan again. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    Losses losses = new Losses(style);
    StringBuilder text = new StringBuilder();
    if (style instanceof TimeStyle.Relative(Epoch.At(long zero), boolean named)
        && named
        && zero >= 0) {
      text.append("epoch: ").append(TimeText.iso(new DtnTime(zero))).append('\n');
    }
    Map<NodeNumber, String> names = names(plan, losses);
    if (!names.isEmpty()) {
      text.append("nodes:\n");
      names.forEach(
          (node, name) -> text.append("  ").append(name).append(": ").append(node).append('\n'));
    }
    regions(plan, text);
    text.append(plan.contacts().isEmpty() ? "contacts: []\n" : "contacts:\n");
    for (Contact contact : plan.chronological()) {
      Contact back =
          new Contact(
              contact.to(),
              contact.from(),
              contact.start(),
              contact.end(),
              contact.bytesPerSecond(),
              contact.owltMillis(),
              contact.confidence());
      boolean bothWays = plan.indexOf(back).isPresent();
      if (!bothWays || contact.from().compareTo(contact.to()) < 0) {
        contact(contact, bothWays, names, style, text);
      }
    }
    if (text.length() > MOST_CHARS) {
      losses.note("the text is longer than the 4 MiB that are read of a YAML plan");
    }
    return new Printed(text.toString(), losses.lines());
  }

  private static void regions(ContactPlan plan, StringBuilder text) {
    TreeSet<String> seen = new TreeSet<>();
    for (Region region : plan.facts().regions()) {
      if (seen.isEmpty()) {
        text.append("regions:\n");
      }
      if (seen.add(region.name())) {
        text.append("  ").append(quoted(region.name())).append(": {nodes: ");
        list(region.nodes(), text);
        text.append(", gateways: ");
        list(region.gateways(), text);
        text.append("}\n");
      }
    }
  }

  private static void list(List<?> items, StringBuilder text) {
    text.append(items.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")));
  }

  private static void contact(
      Contact contact,
      boolean bothWays,
      Map<NodeNumber, String> names,
      TimeStyle style,
      StringBuilder text) {
    text.append("  - {from: ").append(names.getOrDefault(contact.from(), "" + contact.from()));
    text.append(", to: ").append(names.getOrDefault(contact.to(), "" + contact.to()));
    text.append(bothWays ? ", both-ways: true" : "");
    text.append(", start: ").append(YamlClock.text(contact.start(), style));
    text.append(", end: ").append(YamlClock.text(contact.end(), style));
    text.append(", rate: ").append(Units.rateText(contact.bytesPerSecond()));
    text.append(", owlt: ").append(Times.text(contact.owltMillis() * Times.MILLI));
    if (contact.confidence() < 1) {
      String confidence = BigDecimal.valueOf(contact.confidence()).toPlainString();
      text.append(", confidence: ").append(confidence);
    }
    text.append("}\n");
  }

  /** The names that can stand for a node, as they are written. */
  private static Map<NodeNumber, String> names(ContactPlan plan, Losses losses) {
    Map<NodeNumber, String> names = new TreeMap<>();
    TreeSet<String> seen = new TreeSet<>();
    plan.facts()
        .names()
        .forEach(
            (node, name) -> {
              boolean fits = !name.isEmpty() && name.length() <= YamlNodes.MOST_NAME;
              if (NodeNumber.parse(name).isEmpty() && fits && seen.add(name)) {
                names.put(node, quoted(name));
              } else {
                losses.name(node, name);
              }
            });
    return names;
  }

  /** A text as a YAML key or value. */
  private static String quoted(String text) {
    if (text.matches("[A-Za-z][A-Za-z0-9._-]*")
        && !text.matches("(?i)true|false|yes|no|on|off|null|y|n")) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c >= 0x7f) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
