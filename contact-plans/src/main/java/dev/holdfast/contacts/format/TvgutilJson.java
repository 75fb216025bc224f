package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.math.BigDecimal;

/**
 * The JSON of dtn-tvg-util, a time-varying graph: {@code {"contact_type": "PredictedContact_v2",
 * "vertices": {"a": ["b"], …}, "edges": [{"vertices": ["a", "b"], "contacts": [["a", "b", 0, 60,
 * [[0, 1.0, [[0, 9600, 0.5]]]]]]}]}}: a contact's sender, receiver, start and end, and its
 * generations, each with the time from which it is known, a probability, and from which time on
 * which bits per second and light time hold.
 *
 * <p>Both older forms are read as well: the one with a volume in bits for each generation, and
 * probability and light time behind them ({@code PredictedContact}), and the one whose contacts are
 * only {@code [start, end, probability]} and go both ways, which has no rates: 10^9 bits/s are
 * taken. The form of each contact tells which it is.
 *
 * <p>Times are seconds after an epoch that the file does not name. What is finer than a millisecond
 * is rounded to the safe side: windows inward, light times up. Of several generations the first one
 * counts. Where not every node's name is a node number, the nodes are numbered from 1 on in the
 * lexical order of their names, and a warning says so.
 */
public final class TvgutilJson {
  private TvgutilJson() {}

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return TvgReader.read(source, options);
  }

  /** Prints a plan with the times that {@code style} asks for, dates as Unix seconds. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    long epoch = style.zeroMillis();
    StringBuilder text =
        new StringBuilder("{\"contact_type\": \"PredictedContact_v2\",\n\"vertices\": {");
    String separator = "";
    for (var node : plan.nodes()) {
      text.append(separator).append("\n  \"").append(node).append("\": [");
      text.append(
          String.join(
              ", ",
              plan.neighbours(node).stream().map(neighbour -> "\"" + neighbour + "\"").toList()));
      text.append(']');
      separator = ",";
    }
    text.append("},\n\"edges\": [");
    separator = "";
    for (var node : plan.nodes()) {
      for (var neighbour : plan.neighbours(node)) {
        String pair = "\"" + node + "\", \"" + neighbour + "\"";
        text.append(separator).append("\n  {\"vertices\": [").append(pair);
        text.append("], \"contacts\": [");
        String comma = "";
        for (Contact contact : plan.contactsBetween(node, neighbour)) {
          text.append(comma).append("\n    ");
          contact(contact, pair, epoch, text);
          comma = ",";
        }
        text.append("]}");
        separator = ",";
      }
    }
    Losses losses = new Losses(style);
    losses.names(plan);
    losses.regions(plan);
    return new Printed(text.append("]}\n").toString(), losses.lines());
  }

  private static void contact(Contact contact, String pair, long epoch, StringBuilder text) {
    String start = TimeText.seconds(contact.start().millis() - epoch);
    text.append('[').append(pair).append(", ").append(start).append(", ");
    text.append(TimeText.seconds(contact.end().millis() - epoch)).append(", [[0, ");
    text.append(BigDecimal.valueOf(contact.confidence()).toPlainString());
    text.append(", [[").append(start).append(", ").append(contact.bytesPerSecond() * 8);
    text.append(", ").append(TimeText.seconds(contact.owltMillis())).append("]]]]]");
  }
}
