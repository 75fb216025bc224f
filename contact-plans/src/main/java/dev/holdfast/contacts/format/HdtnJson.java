package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.List;

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
    long epoch =
        switch (style) {
          case TimeStyle.Absolute _ -> -DtnTime.EPOCH_UNIX_MILLIS;
          case TimeStyle.Relative(Epoch.At(long dtnMillis), boolean _) -> dtnMillis;
        };
    StringBuilder text = new StringBuilder("{\"contacts\": [");
    int printed = 0;
    int rounded = 0;
    int dropped = 0;
    int unsure = 0;
    for (Contact contact : plan.chronological()) {
      long start = Math.ceilDiv(contact.start().millis() - epoch, 1000L);
      long end = Math.floorDiv(contact.end().millis() - epoch, 1000L);
      long owlt = Math.ceilDiv(contact.owltMillis(), 1000L);
      boolean exact =
          end * 1000 - start * 1000 == contact.durationMillis()
              && owlt * 1000 == contact.owltMillis();
      if (end <= start) {
        dropped++;
        continue;
      }
      rounded += exact ? 0 : 1;
      unsure += contact.confidence() < 1 ? 1 : 0;
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
    List<String> losses = new ArrayList<>();
    tell(losses, rounded, "rounded to whole seconds");
    tell(losses, dropped, "left out: less than a whole second long");
    tell(losses, unsure, "printed without their confidence");
    return new Printed(text.toString(), losses);
  }

  private static void tell(List<String> losses, int count, String what) {
    if (count > 0) {
      losses.add(count + (count == 1 ? " contact " : " contacts ") + what);
    }
  }
}
