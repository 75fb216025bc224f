package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Region;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a printed text does not say as the plan does: a line for each kind, with how often it
 * happened and an example.
 */
final class Losses {
  private record Kind(int count, String one, String example) {}

  private final TimeStyle style;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  Losses(TimeStyle style) {
    this.style = style;
  }

  /**
   * Something was lost.
   *
   * @param one how it is told if it stays the only one, such as {@code name is left out}
   * @param many how several are told, without the count
   */
  void add(String one, String many, String example) {
    Kind before = kinds.get(many);
    kinds.put(
        many,
        before == null
            ? new Kind(1, one, example)
            : new Kind(before.count() + 1, one, before.example()));
  }

  /** Something holds for the whole plan. */
  void note(String line) {
    notes.add(line);
  }

  /** A contact is printed otherwise than it is, or not at all. */
  void contact(Contact contact, String what) {
    add(
        "contact " + what,
        "contacts " + what,
        contact.from() + ">" + contact.to() + " at " + time(contact.start()));
  }

  private String time(DtnTime time) {
    return switch (style) {
      case TimeStyle.Relative(Epoch.At _, boolean named) when !named ->
          "+" + TimeText.seconds(time.millis() - style.zeroMillis());
      case TimeStyle.Relative _, TimeStyle.Absolute _ -> TimeText.iso(time);
    };
  }

  /** Whether the contact cannot be printed for it is of node 0, which some formats do not have. */
  boolean isWithoutNumber(Contact contact) {
    boolean without = contact.from().value() == 0 || contact.to().value() == 0;
    if (without) {
      contact(contact, "left out for the format has no node 0");
    }
    return without;
  }

  void confidence(Contact contact) {
    if (contact.confidence() < 1) {
      contact(contact, "printed without confidence");
    }
  }

  void lightTime(Contact contact) {
    if (contact.owltMillis() > 0) {
      contact(contact, "printed without light time");
    }
  }

  void names(ContactPlan plan) {
    plan.facts().names().forEach(this::name);
  }

  void name(NodeNumber node, String name) {
    add(
        "name of a node is not printed",
        "names of nodes are not printed",
        IonFields.shortened(name) + " of node " + node);
  }

  void regions(ContactPlan plan) {
    for (Region region : plan.facts().regions()) {
      region(region);
    }
  }

  void region(Region region) {
    add("region is not printed", "regions are not printed", IonFields.shortened(region.name()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(notes);
    kinds.entrySet().stream()
        .map(
            entry -> {
              Kind kind = entry.getValue();
              return kind.count() == 1
                  ? "1 " + kind.one() + ": " + kind.example()
                  : kind.count() + " " + entry.getKey() + ", such as " + kind.example();
            })
        .forEach(lines::add);
    return lines;
  }
}
