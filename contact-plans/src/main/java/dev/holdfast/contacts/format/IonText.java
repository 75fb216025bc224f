package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.format.IonRegions.isWithin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.Range;
import dev.holdfast.contacts.Region;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The contact-plan part of ION's administration commands (ionrc): {@code a contact}, {@code a
 * range}, {@code c contact}, {@code d …}, {@code @} and comments.
 *
 * <p>Read as ION does: rates in bytes per second, numbers in base 0, relative times from the last
 * {@code @}, light times from ranges under the low-to-high rule, a contact split where its light
 * time changes and unused where it has none. {@code ^ NUMBER} selects the region of the contacts
 * that follow; their nodes and those that a registration (start -1) names are in it. Beyond ION,
 * seconds and dates may carry up to three decimals. Commands that administer a node are skipped,
 * and so are loopback contacts, which say nothing about sending, and hypothetical ones, which have
 * no time. Unlike ION, which keeps the first of two overlapping contacts in silence, that is a
 * problem.
 */
public final class IonText {
  private IonText() {}

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return IonReader.read(source, options);
  }

  /** Prints a plan; {@link #read} gives the same plan again. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    StringBuilder text = new StringBuilder(64 + plan.contacts().size() * 96);
    switch (style) {
      case TimeStyle.Absolute _ -> {}
      case TimeStyle.Relative(Epoch.At(long dtnMillis), boolean named) -> {
        if (named && dtnMillis >= 0) {
          text.append("@ ").append(TimeText.ion(new DtnTime(dtnMillis))).append('\n');
        }
      }
    }
    Losses losses = new Losses(style);
    losses.names(plan);
    for (Range range : ranges(plan)) {
      window(text.append("a range "), range.start(), range.end(), style)
          .append(range.from().decimal())
          .append(' ')
          .append(range.to().decimal())
          .append(' ')
          .append(TimeText.seconds(range.owltMillis()))
          .append('\n');
    }
    Map<Region, Long> regions = IonRegions.printed(plan, losses);
    List<Contact> left = new ArrayList<>();
    for (Contact contact : plan.chronological()) {
      if (!losses.isWithoutNumber(contact)) {
        left.add(contact);
      }
    }
    List<Contact> nowhere =
        left.stream()
            .filter(c -> regions.keySet().stream().noneMatch(region -> isWithin(region, c)))
            .toList();
    contacts(nowhere, style, text, losses);
    left.removeIf(contact -> regions.keySet().stream().noneMatch(r -> isWithin(r, contact)));
    regions.forEach(
        (region, number) -> {
          text.append("^ ").append(number).append('\n');
          IonRegions.register(region, text);
          contacts(left.stream().filter(c -> isWithin(region, c)).toList(), style, text, losses);
          left.removeIf(contact -> isWithin(region, contact));
        });
    return new Printed(text.toString(), losses.lines());
  }

  private static void contacts(
      List<Contact> contacts, TimeStyle style, StringBuilder text, Losses losses) {
    for (Contact contact : contacts) {
      if (hasDecimals(contact)) {
        losses.contact(contact, "with decimals, which Holdfast reads and ION cuts off");
      }
      window(text.append("a contact "), contact.start(), contact.end(), style)
          .append(contact.from().decimal())
          .append(' ')
          .append(contact.to().decimal())
          .append(' ')
          .append(contact.bytesPerSecond())
          .append(contact.confidence() == 1 ? "" : " " + confidence(contact))
          .append('\n');
    }
  }

  private static boolean hasDecimals(Contact contact) {
    return contact.start().millis() % 1000 != 0
        || contact.end().millis() % 1000 != 0
        || contact.owltMillis() % 1000 != 0;
  }

  private static String confidence(Contact contact) {
    return BigDecimal.valueOf(contact.confidence()).toPlainString();
  }

  /** A range for each contact, those of a pair that touch and agree made one. */
  private static List<Range> ranges(ContactPlan plan) {
    List<Range> ranges = new ArrayList<>();
    for (Contact contact : plan.contacts()) {
      if (contact.from().value() == 0 || contact.to().value() == 0) {
        continue; // ION has no node 0.
      }
      Range next = Range.of(contact);
      Range last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null
          && last.from().equals(next.from())
          && last.to().equals(next.to())
          && last.end().equals(next.start())
          && last.owltMillis() == next.owltMillis()) {
        ranges.set(
            ranges.size() - 1,
            new Range(next.from(), next.to(), last.start(), next.end(), next.owltMillis()));
      } else {
        ranges.add(next);
      }
    }
    return ranges;
  }

  private static StringBuilder window(
      StringBuilder text, DtnTime start, DtnTime end, TimeStyle style) {
    return text.append(time(start, style)).append(' ').append(time(end, style)).append(' ');
  }

  private static String time(DtnTime time, TimeStyle style) {
    return switch (style) {
      case TimeStyle.Absolute _ -> TimeText.ion(time);
      case TimeStyle.Relative(Epoch.At(long zero), boolean _) ->
          zero < 0 || time.millis() < zero
              ? TimeText.ion(time)
              : "+" + TimeText.seconds(time.millis() - zero);
    };
  }
}
