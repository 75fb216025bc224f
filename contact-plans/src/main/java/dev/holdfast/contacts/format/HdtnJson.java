package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;

/**
 * The contact plan of NASA's HDTN: {@code {"contacts": [{"source": 1, "dest": 2, "startTime": 0,
 * "endTime": 60, "rateBitsPerSec": 1000000, "owlt": 1}, …]}}.
 *
 * <p>Times are whole seconds after an epoch that the file does not name (HDTN: when its router
 * starts, or the Unix epoch), rates are bits per second, light times whole seconds. As in HDTN, a
 * rate of 0 counts as 10^9 bits/s, and the older {@code rate} is in megabits per second. Unlike
 * HDTN, which takes a decimal for 0, that is a problem, and so are overlapping contacts.
 */
public final class HdtnJson {
  private HdtnJson() {}

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return HdtnReader.read(source, options);
  }

  /**
   * Prints a plan with the times that {@code style} asks for, dates as Unix seconds. What HDTN
   * cannot say is rounded to the safe side: windows inward, light times up.
   */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    long epoch = style.zeroMillis();
    Losses losses = new Losses(style);
    losses.names(plan);
    losses.regions(plan);
    StringBuilder text = new StringBuilder("{\"contacts\": [");
    int printed = 0;
    for (Contact contact : plan.chronological()) {
      long start = Math.ceilDiv(contact.start().millis() - epoch, 1000L);
      long end = Math.floorDiv(contact.end().millis() - epoch, 1000L);
      long owlt = Math.ceilDiv(contact.owltMillis(), 1000L);
      if (losses.isWithoutNumber(contact)) {
        continue;
      }
      if (end <= start) {
        losses.contact(contact, "left out, shorter than a whole second");
        continue;
      }
      if (end * 1000 - start * 1000 != contact.durationMillis()
          || owlt * 1000 != contact.owltMillis()) {
        losses.contact(contact, "rounded to whole seconds");
      }
      losses.confidence(contact);
      text.append(printed == 0 ? "\n  " : ",\n  ")
          .append("{\"contact\": ")
          .append(printed++)
          .append(", \"source\": ")
          .append(contact.from().decimal())
          .append(", \"dest\": ")
          .append(contact.to().decimal())
          .append(", \"startTime\": ")
          .append(start)
          .append(", \"endTime\": ")
          .append(end)
          .append(", \"rateBitsPerSec\": ")
          .append(contact.bytesPerSecond() * 8)
          .append(", \"owlt\": ")
          .append(owlt)
          .append('}');
    }
    text.append(printed == 0 ? "]}\n" : "\n]}\n");
    return new Printed(text.toString(), losses.lines());
  }
}
