package dev.holdfast.gateway.linkem;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.List;

/** The link between two nodes as a contact plan describes it. Pure. */
public final class PlanWindows {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long REACH_MILLIS = LinkWindow.NEVER / NANOS_PER_MILLI;

  private PlanWindows() {}

  /**
   * The windows between two nodes: forward the contacts of {@code from} to {@code to}, backward the
   * others. Contacts more than 73 years from the epoch are left out.
   *
   * @param epoch what the windows' times count from
   * @param loss probability that a packet is lost, which no plan says
   */
  public static LinkSchedule between(
      ContactPlan plan, NodeNumber from, NodeNumber to, DtnTime epoch, double loss) {
    return new LinkSchedule(
        timeline(plan.contactsBetween(from, to), epoch, loss),
        timeline(plan.contactsBetween(to, from), epoch, loss));
  }

  private static LinkTimeline timeline(List<Contact> contacts, DtnTime epoch, double loss) {
    List<LinkWindow> windows = new ArrayList<>();
    for (Contact contact : contacts) {
      long start = contact.start().since(epoch);
      long end = contact.end().since(epoch);
      long owlt = contact.owltMillis() * NANOS_PER_MILLI;
      if (start > -REACH_MILLIS && end < REACH_MILLIS) {
        LinkQuality quality =
            new LinkQuality(
                Math.min(contact.bytesPerSecond(), LinkQuality.UNLIMITED),
                Math.min(owlt, LinkQuality.MAX_OWLT_NANOS),
                loss);
        windows.add(new LinkWindow(start * NANOS_PER_MILLI, end * NANOS_PER_MILLI, quality));
      }
    }
    return LinkTimeline.of(windows);
  }
}
