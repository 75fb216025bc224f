package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;

/**
 * The contact plans of core-ccm, which switches the links of the CORE network emulator: {@code a
 * contact +BEGIN +END NODE NODE BITS/S LOSS DELAY JITTER} and {@code s loop 0|1}.
 *
 * <p>Links go both ways, so each line is two contacts. Times are seconds after an epoch that the
 * file does not name, bandwidths bits per second, delays microseconds, as CORE has them; loss (in
 * percent) and jitter are read and not used. Nodes are numbers or names; names get the lowest
 * numbers that are left.
 *
 * <p>Printed are contacts that go both ways alike, in whole seconds.
 */
public final class CcmText {
  private CcmText() {}

  /** Whether the first line with content is of a CORE plan and not of ION's. */
  static boolean looksLike(String line) {
    IonLine words = IonLine.of(1, line);
    if (words.word(0).equals("s") && words.word(1).equals("loop")) {
      return true;
    }
    return words.word(0).equals("a")
        && words.word(1).equals("contact")
        && (words.size() > 9 || (words.size() > 6 && IonNumber.node(words.word(4)).isEmpty()));
  }

  /** Reads a plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    return CcmReader.read(source, options);
  }

  /** Prints a plan; dates as Unix seconds. */
  public static Printed print(ContactPlan plan, TimeStyle style) {
    Losses losses = new Losses(style);
    losses.names(plan);
    losses.regions(plan);
    StringBuilder text = new StringBuilder("s loop 0\n");
    for (Contact contact : plan.chronological()) {
      Contact back =
          plan.openAt(contact.to(), contact.from(), contact.start())
              .filter(other -> isAlike(other, contact))
              .orElse(null);
      if (back == null) {
        losses.contact(contact, "not printed, for the way back is not alike");
        continue;
      }
      losses.confidence(contact);
      long start = Math.ceilDiv(contact.start().millis() - style.zeroMillis(), 1000L);
      long end = Math.floorDiv(contact.end().millis() - style.zeroMillis(), 1000L);
      if (end <= start) {
        losses.contact(contact, "left out, shorter than a whole second");
        continue;
      }
      if ((end - start) * 1000 != contact.durationMillis()) {
        losses.contact(contact, "rounded to whole seconds");
      }
      if (contact.from().compareTo(contact.to()) < 0) {
        text.append(
            "a contact +%d +%d %s %s %d 0 %d 0\n"
                .formatted(
                    start,
                    end,
                    contact.from(),
                    contact.to(),
                    contact.bytesPerSecond() * 8,
                    contact.owltMillis() * 1000));
      }
    }
    return new Printed(text.toString(), losses.lines());
  }

  private static boolean isAlike(Contact one, Contact other) {
    return one.start().equals(other.start())
        && one.end().equals(other.end())
        && one.bytesPerSecond() == other.bytesPerSecond()
        && one.owltMillis() == other.owltMillis();
  }
}
