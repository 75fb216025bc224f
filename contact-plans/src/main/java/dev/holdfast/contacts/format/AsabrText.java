package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contact plans of A-SABR: {@code node 0 earth}, {@code contact 0 1 60 7260 10000 10} (sender,
 * receiver, start, end, rate, delay), with a marker before the rate in the dynamic form, and {@code
 * contact 0 1 60 7260 seg rate [60 3660 10000, 3660 7260 15000] delay [60 7260 12]}. Line ends mean
 * nothing, {@code #} begins a comment.
 *
 * <p>Times are seconds after an epoch that the file does not name, rates bytes per second (A-SABR
 * asks only that rates and sizes have the same unit; its ION example and its own example of the
 * same network have the same figures), delays seconds. A segmented contact becomes several adjacent
 * ones, one for each stretch of the same rate and delay. Markers and volumes for each priority are
 * not used, which is told.
 *
 * <p>Nodes keep their numbers and names. A-SABR wants numbers from 0 on without a gap, so a plan
 * with other numbers is printed under new ones, each node named by its endpoint such as {@code
 * ipn:1.0}; where all names are such endpoints, they give the numbers when the plan is read.
 */
public final class AsabrText {
  private AsabrText() {}

  /** Whether the first line with content may be a statement of A-SABR. */
  static boolean looksLike(String line) {
    return line.matches("(node|contact)\\s+\\d.*");
  }

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return AsabrReader.read(source, options);
  }

  /** Prints a plan in the static form; dates as Unix seconds. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    Losses losses = new Losses(style);
    Map<NodeNumber, Integer> ids = new TreeMap<>();
    TreeSet<NodeNumber> nodes = new TreeSet<>(plan.nodes());
    nodes.addAll(plan.facts().names().keySet());
    nodes.forEach(node -> ids.put(node, ids.size()));
    boolean kept =
        ids.entrySet().stream().allMatch(entry -> entry.getKey().value() == entry.getValue());
    StringBuilder text = new StringBuilder();
    ids.forEach(
        (node, id) ->
            text.append("node ")
                .append(id)
                .append(' ')
                .append(kept ? name(plan, node, losses) : NodeNames.eid(node))
                .append('\n'));
    if (!kept) {
      losses.names(plan);
    }
    losses.regions(plan);
    for (Contact contact : plan.chronological()) {
      losses.confidence(contact);
      text.append("contact ")
          .append(ids.get(contact.from()))
          .append(' ')
          .append(ids.get(contact.to()))
          .append(' ')
          .append(TimeText.seconds(contact.start().millis() - style.zeroMillis()))
          .append(' ')
          .append(TimeText.seconds(contact.end().millis() - style.zeroMillis()))
          .append(' ')
          .append(contact.bytesPerSecond())
          .append(' ')
          .append(TimeText.seconds(contact.owltMillis()))
          .append('\n');
    }
    return new Printed(text.toString(), losses.lines());
  }

  private static String name(ContactPlan plan, NodeNumber node, Losses losses) {
    String name = plan.facts().name(node).orElse("");
    if (name.isEmpty() || name.matches("[^\\s#]+")) {
      return name.isEmpty() ? NodeNames.eid(node) : name;
    }
    losses.add(
        "name of a node is printed with _ for blanks and #",
        "names of nodes are printed with _ for blanks and #",
        IonFields.shortened(name));
    return name.replaceAll("[\\s#]", "_");
  }
}
