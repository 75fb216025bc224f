package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.PlanDiff.Change;
import dev.holdfast.contacts.PlanTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What differs between two plans, told to a person. */
public final class DiffText {
  private final PlanComparison compared;
  private final boolean floating;
  private final int most;
  private final StringBuilder text = new StringBuilder();

  private DiffText(PlanComparison compared, boolean floating, int most) {
    this.compared = compared;
    this.floating = floating;
    this.most = most;
  }

  /** A few words: {@code 2 contacts added, 1 removed, 3 changed}. */
  public static String summary(PlanDiff difference) {
    List<String> parts = new ArrayList<>();
    part(parts, difference.added().size(), "added");
    part(parts, difference.removed().size(), "removed");
    part(parts, difference.changed().size(), "changed");
    return parts.isEmpty() ? "no difference" : String.join(", ", parts);
  }

  private static void part(List<String> parts, int count, String what) {
    if (count > 0) {
      String contacts = parts.isEmpty() ? (count == 1 ? " contact " : " contacts ") : " ";
      parts.add("%,d%s%s".formatted(count, contacts, what));
    }
  }

  /**
   * Every difference, one a line, and what they come to.
   *
   * @param floating whether times are told as {@code +n}
   * @param most how many lines each list has at most
   */
  public static String of(PlanComparison compared, boolean floating, int most) {
    DiffText told = new DiffText(compared, floating, most);
    return compared.isEqual() ? told.equal() : told.different();
  }

  private String equal() {
    return "no difference: %,d contacts in both\n".formatted(compared.after().contacts().size());
  }

  private String different() {
    PlanDiff difference = compared.contacts();
    contacts("added", '+', difference.added(), compared.after());
    contacts("removed", '-', difference.removed(), compared.before());
    changes(difference.changed());
    if (difference.isEmpty()) {
      text.append("no difference in contacts\n");
    }
    limited(compared.names(), name -> "~ " + name + "\n");
    limited(compared.regions(), region -> "~ " + region + "\n");
    PlanTotals before = PlanTotals.of(compared.before().contacts());
    PlanTotals after = PlanTotals.of(compared.after().contacts());
    text.append(
        "in all: %s contacts, open %s, %s\n"
            .formatted(
                step("%,d".formatted(before.contacts()), "%,d".formatted(after.contacts())),
                step(TimeText.span(before.openMillis()), TimeText.span(after.openMillis())),
                step(
                    PlanTable.amount(before.volumeBytes()),
                    PlanTable.amount(after.volumeBytes()))));
    return text.toString();
  }

  private void contacts(String what, char mark, List<Contact> contacts, ContactPlan plan) {
    if (contacts.isEmpty()) {
      return;
    }
    PlanTotals totals = PlanTotals.of(contacts);
    head(what, totals.contacts(), totals.pairs());
    text.append(
        ", open %s, %s\n"
            .formatted(TimeText.span(totals.openMillis()), PlanTable.amount(totals.volumeBytes())));
    List<List<String>> rows = new ArrayList<>();
    for (Contact contact : contacts.subList(0, Math.min(most, contacts.size()))) {
      rows.add(
          List.of(
              mark + " " + pair(plan, contact),
              time(contact.start()) + " to " + time(contact.end()),
              TimeText.span(contact.durationMillis()),
              PlanTable.amount(contact.bytesPerSecond()) + "/s",
              TimeText.seconds(contact.owltMillis()) + " s",
              PlanTable.amount(contact.volumeBytes()),
              contact.confidence() == 1 ? "" : "confidence " + contact.confidence()));
    }
    rows(rows);
    more(contacts.size());
  }

  private void changes(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    PlanTotals before = PlanTotals.of(changes.stream().map(Change::before).toList());
    PlanTotals after = PlanTotals.of(changes.stream().map(Change::after).toList());
    head("changed", after.contacts(), after.pairs());
    text.append(
        ", open %s, %s\n"
            .formatted(
                step(TimeText.span(before.openMillis()), TimeText.span(after.openMillis())),
                step(
                    PlanTable.amount(before.volumeBytes()),
                    PlanTable.amount(after.volumeBytes()))));
    List<List<String>> rows = new ArrayList<>();
    for (Change change : changes.subList(0, Math.min(most, changes.size()))) {
      rows.add(
          List.of(
              "~ " + pair(compared.after(), change.after()),
              time(change.before().start()),
              String.join(", ", steps(change))));
    }
    rows(rows);
    more(changes.size());
  }

  private List<String> steps(Change change) {
    Contact before = change.before();
    Contact after = change.after();
    List<String> steps = new ArrayList<>();
    step(steps, "start", time(before.start()), time(after.start()));
    step(steps, "end", time(before.end()), time(after.end()));
    if (before.bytesPerSecond() != after.bytesPerSecond()) {
      String old = PlanTable.amount(before.bytesPerSecond());
      String now = PlanTable.amount(after.bytesPerSecond());
      boolean told = !old.equals(now);
      steps.add(
          "rate "
              + (told ? old : before.bytesPerSecond() + " B")
              + "/s -> "
              + (told ? now : after.bytesPerSecond() + " B")
              + "/s");
    }
    step(
        steps,
        "light time",
        TimeText.seconds(before.owltMillis()) + " s",
        TimeText.seconds(after.owltMillis()) + " s");
    step(
        steps,
        "confidence",
        Double.toString(before.confidence()),
        Double.toString(after.confidence()));
    return steps;
  }

  private static void step(List<String> steps, String what, String before, String after) {
    if (!before.equals(after)) {
      steps.add(what + " " + before + " -> " + after);
    }
  }

  private static String step(String before, String after) {
    return before.equals(after) ? after : before + " -> " + after;
  }

  private void head(String what, int contacts, int pairs) {
    text.append(
        "%s: %,d %s of %,d directed %s"
            .formatted(
                what,
                contacts,
                contacts == 1 ? "contact" : "contacts",
                pairs,
                pairs == 1 ? "pair" : "pairs"));
  }

  /** Columns in line, the last of them as long as it is. */
  private void rows(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().size(); i++) {
      int column = i;
      widths.add(rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        if (widths.get(i) > 0) {
          line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private <T> void limited(List<T> items, Function<T, String> line) {
    items.subList(0, Math.min(most, items.size())).forEach(item -> text.append(line.apply(item)));
    more(items.size());
  }

  private void more(int all) {
    if (all > most) {
      text.append("… and %,d more\n".formatted(all - most));
    }
  }

  private static String pair(ContactPlan plan, Contact contact) {
    return node(plan, contact.from()) + " > " + node(plan, contact.to());
  }

  private static String node(ContactPlan plan, NodeNumber node) {
    return plan.facts().name(node).map(name -> name + " " + node).orElse(node.toString());
  }

  private String time(DtnTime time) {
    return floating ? "+" + TimeText.seconds(time.millis()) : TimeText.iso(time);
  }
}
