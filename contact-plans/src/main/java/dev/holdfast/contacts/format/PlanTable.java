package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanTotals;
import dev.holdfast.contacts.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as a table for people: one contact a line, by start. */
public final class PlanTable {
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB", "EB");
  private static final int LEFT_COLUMNS = 5;

  private PlanTable() {}

  /**
   * The table with a line of totals.
   *
   * @param floating whether the plan's times count from an unnamed zero: then they are shown as
   *     seconds after it, else as dates and as the time since the plan's first start
   */
  public static String of(ContactPlan plan, boolean floating) {
    return of(plan, plan.chronological(), floating);
  }

  /** The same for some of the plan's contacts. */
  public static String of(ContactPlan plan, List<Contact> contacts, boolean floating) {
    boolean sure = contacts.stream().allMatch(contact -> contact.confidence() == 1);
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "FROM",
            "TO",
            "START",
            "END",
            "AT",
            "LASTS",
            "RATE",
            "LIGHT TIME",
            "VOLUME",
            sure ? "" : "CONFIDENCE"));
    DtnTime zero = plan.start().orElse(new DtnTime(0));
    for (Contact contact : contacts) {
      rows.add(
          List.of(
              node(plan, contact.from()),
              node(plan, contact.to()),
              floating ? "+" + TimeText.seconds(contact.start().millis()) : date(contact.start()),
              floating ? "+" + TimeText.seconds(contact.end().millis()) : date(contact.end()),
              "T+" + TimeText.span(contact.start().since(zero)),
              TimeText.span(contact.durationMillis()),
              amount(contact.bytesPerSecond()) + "/s",
              TimeText.seconds(contact.owltMillis()) + " s",
              amount(contact.volumeBytes()),
              sure ? "" : Double.toString(contact.confidence())));
    }
    return aligned(rows) + regions(plan) + totals(plan, contacts, floating);
  }

  /** A line for each region: its nodes and its gateways. */
  private static String regions(ContactPlan plan) {
    StringBuilder text = new StringBuilder();
    for (Region region : plan.facts().regions()) {
      text.append("region ").append(region.name()).append(": nodes ").append(list(region.nodes()));
      if (!region.gateways().isEmpty()) {
        text.append("; gateways ").append(list(region.gateways()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String list(List<?> items) {
    return items.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  /** A node by its number, after its name if the plan has one. */
  public static String node(ContactPlan plan, NodeNumber node) {
    return plan.facts().name(node).map(name -> name + " " + node).orElse(node.toString());
  }

  /** Lines on all contacts: pairs, open time, and the ranges of length, rate and light time. */
  public static String ranges(ContactPlan plan) {
    PlanTotals totals = PlanTotals.of(plan.contacts());
    if (totals.extent().isEmpty()) {
      return "";
    }
    PlanTotals.Extent extent = totals.extent().get();
    StringBuilder text = new StringBuilder();
    text.append(
        "  %d directed %s, open %s in all, each contact %s\n"
            .formatted(
                totals.pairs(),
                totals.pairs() == 1 ? "pair" : "pairs",
                TimeText.span(totals.openMillis()),
                range(
                    TimeText.span(extent.shortestMillis()),
                    TimeText.span(extent.longestMillis()))));
    text.append(
        "  rate %s, light time %s%s\n"
            .formatted(
                range(amount(extent.leastRate()) + "/s", amount(extent.mostRate()) + "/s"),
                range(
                    TimeText.seconds(extent.leastOwltMillis()) + " s",
                    TimeText.seconds(extent.mostOwltMillis()) + " s"),
                extent.leastConfidence() == 1
                    ? ""
                    : ", confidence from " + extent.leastConfidence()));
    return text.toString();
  }

  private static String range(String least, String most) {
    return least.equals(most) ? least : least + " to " + most;
  }

  /** One line: how many contacts and nodes, from when to when, and what they carry. */
  public static String totals(ContactPlan plan, boolean floating) {
    return totals(plan, plan.contacts(), floating);
  }

  private static String totals(ContactPlan plan, List<Contact> contacts, boolean floating) {
    long volume = PlanTotals.of(contacts).volumeBytes();
    DtnTime start = plan.start().orElse(new DtnTime(0));
    DtnTime end = plan.end().orElse(start);
    String window =
        floating
            ? "+%s to +%s"
                .formatted(TimeText.seconds(start.millis()), TimeText.seconds(end.millis()))
            : date(start) + " to " + date(end);
    return "%d %s between %d nodes, %s (%s), %s in all\n"
        .formatted(
            contacts.size(),
            contacts.size() == 1 ? "contact" : "contacts",
            plan.nodes().size(),
            window,
            TimeText.span(end.since(start)),
            amount(volume));
  }

  private static String date(DtnTime time) {
    return TimeText.iso(time);
  }

  /** Bytes with three digits and a decimal unit. */
  public static String amount(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit + 1 < UNITS.size()) {
      value /= 1000;
      unit++;
    }
    if (unit == 0 || value >= 99.95) {
      return String.format(Locale.ROOT, "%.0f %s", value, UNITS.get(unit));
    }
    String digits = String.format(Locale.ROOT, value >= 9.995 ? "%.1f" : "%.2f", value);
    return digits.replaceAll("\\.?0+$", "") + " " + UNITS.get(unit);
  }

  /**
   * Rows of equally many cells as columns: those from the third to the fifth to the left, the
   * others to the right.
   */
  public static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        boolean left = i < LEFT_COLUMNS && i >= 2;
        line.append(left ? row.get(i) + padding : padding + row.get(i)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
