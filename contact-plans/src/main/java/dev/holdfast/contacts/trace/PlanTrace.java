package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReading;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A contact plan as the trace of links that keep it to the letter: up while a contact lasts, at its
 * rate and light time, and what has left arrives.
 */
public final class PlanTrace {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final Iterator<Contact> contacts;
  private final long zeroMillis;
  private final Windows windows = new Windows();
  private Optional<Contact> upcoming = Optional.empty();

  private PlanTrace(Iterator<Contact> contacts, long zeroMillis) {
    this.contacts = contacts;
    this.zeroMillis = zeroMillis;
  }

  /**
   * The trace of a plan that was read. It starts at the plan's first contact, or where the times of
   * the plan count from if that is not named. Its findings are the warnings of the plan.
   */
  public static LinkTrace of(PlanReading.Parsed parsed) {
    Optional<DtnTime> epoch =
        parsed.floating()
            ? Optional.empty()
            : Optional.of(parsed.plan().start().orElse(DtnTime.UNKNOWN));
    TraceFindings findings = new TraceFindings(TraceLimits.DEFAULT);
    for (PlanProblem warning : parsed.warnings()) {
      findings.add(warning.toString());
    }
    if (parsed.warningCount() > parsed.warnings().size()) {
      findings.add("and " + (parsed.warningCount() - parsed.warnings().size()) + " more warnings");
    }
    return trace(parsed.plan(), epoch, findings);
  }

  /**
   * The trace of a plan.
   *
   * @param epoch where the trace starts: what the plan has before is left out, and a contact that
   *     is open then is up at the start. Empty: it starts at DTN time zero and does not say so, as
   *     for a plan whose times count from an unnamed zero
   */
  public static LinkTrace of(ContactPlan plan, Optional<DtnTime> epoch) {
    return trace(plan, epoch, new TraceFindings(TraceLimits.DEFAULT));
  }

  private static LinkTrace trace(
      ContactPlan plan, Optional<DtnTime> epoch, TraceFindings findings) {
    DtnTime zero = epoch.orElse(DtnTime.UNKNOWN);
    Iterator<Contact> rest =
        plan.chronological().stream().filter(contact -> contact.end().isAfter(zero)).iterator();
    return new LinkTrace(epoch, new PlanTrace(rest, zero.millis())::next, findings);
  }

  private Optional<TraceEvent> next() {
    if (upcoming.isEmpty() && contacts.hasNext()) {
      upcoming = Optional.of(contacts.next());
    }
    long start = upcoming.map(contact -> nanos(contact.start())).orElse(Long.MAX_VALUE);
    Optional<TraceEvent> end = windows.endBy(start);
    if (end.isPresent() || upcoming.isEmpty()) {
      return end;
    }
    Contact contact = upcoming.get();
    upcoming = Optional.empty();
    TraceEvent up =
        new TraceEvent(
            start,
            contact.from().toString(),
            contact.to().toString(),
            new LinkChange.Up(
                OptionalLong.of(contact.bytesPerSecond()), OptionalLong.of(contact.owltNanos())));
    return Optional.of(windows.start(up, nanos(contact.end())));
  }

  private long nanos(DtnTime time) {
    return Math.max(0, time.millis() - zeroMillis) * NANOS_PER_MILLI;
  }
}
