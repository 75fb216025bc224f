package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.route.Route;

/**
 * The window of time that is drawn and how wide it is.
 *
 * @param from left end, DTN milliseconds
 * @param until right end, after {@code from}
 * @param width of the drawing, in pixels or cells, at least 1
 */
record Scale(long from, long until, double width) {
  private static final long LATEST = Contact.LATEST_END.millis();

  /** The window that a query asks for. */
  static Scale of(ChartQuery query, double width) {
    long start = query.plan().start().orElse(new DtnTime(0)).millis();
    long end = query.plan().end().orElse(new DtnTime(start + 1_000)).millis();
    boolean given = query.from().isPresent() || query.until().isPresent();
    if (!given && query.route().isPresent()) {
      Route route = query.route().get();
      long at = route.query().at().millis();
      long arrival = route.arrival().millis();
      long edge = Math.max(1_000, (arrival - at) / 6);
      start = Math.max(0, (at - edge) / 1_000 * 1_000);
      end = Math.min(LATEST, Math.ceilDiv(arrival + edge, 1_000) * 1_000);
    }
    long from = query.from().map(DtnTime::millis).orElse(start);
    long until = query.until().map(DtnTime::millis).orElse(Math.max(end, from + 1));
    return new Scale(Math.min(from, until - 1), until, width);
  }

  /** Where an instant lies, cut at the ends. */
  double x(long millis) {
    long within = Math.max(from, Math.min(until, millis));
    return (within - from) * width / (until - from);
  }

  /** Where an instant lies, cut at the ends. */
  double x(DtnTime time) {
    return x(time.millis());
  }

  /** Whether an instant lies in the window, its right end included. */
  boolean holds(DtnTime time) {
    return time.millis() >= from && time.millis() <= until;
  }

  /** Whether some of a contact lies in the window. */
  boolean touches(Contact contact) {
    return contact.start().millis() < until && contact.end().millis() > from;
  }

  long millis() {
    return until - from;
  }
}
