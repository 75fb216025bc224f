package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.Contact;
import java.util.Optional;
import java.util.OptionalLong;

/** One reading of {@link ContactCsv}, line by line. */
final class ContactCsvReader {
  private static final String FORM =
      "expected from,to,start_s,end_s,rate_bytes_per_s,owlt_s[,confidence]";
  private static final String TIME_FORM = "expected seconds with up to nine decimals";

  private final TraceLines lines;
  private final TraceLimits limits;
  private final LinkBook book;
  private final TraceFindings findings;
  private final Windows windows = new Windows();

  private long lastStart;

  /** The contact of the current line, while ends that come before it are told. */
  private Optional<TraceEvent> upcoming = Optional.empty();

  private long upcomingEnd;

  ContactCsvReader(TraceSource source, TraceLimits limits) {
    this.lines = new TraceLines(source, limits);
    this.limits = limits;
    this.book = new LinkBook(lines, limits);
    this.findings = new TraceFindings(limits);
  }

  TraceFindings findings() {
    return findings;
  }

  Optional<TraceEvent> next() {
    while (upcoming.isEmpty() && nextContact()) {
      upcoming = contact();
    }
    Optional<TraceEvent> end =
        windows.endBy(upcoming.isPresent() ? upcoming.get().nanos() : Long.MAX_VALUE);
    if (end.isPresent() || upcoming.isEmpty()) {
      return end;
    }
    if (windows.open() >= limits.held()) {
      throw lines.bad("more than " + limits.held() + " contacts are open", "split the file");
    }
    TraceEvent start = upcoming.get();
    upcoming = Optional.empty();
    return Optional.of(windows.start(start, upcomingEnd));
  }

  private boolean nextContact() {
    while (lines.nextWithWords()) {
      if (lines.number() > 1 || !lines.field() || !lines.wordIs("from")) {
        lines.toStart();
        return true;
      }
    }
    return false;
  }

  /** The contact of a line; empty if a node is to meet itself. */
  private Optional<TraceEvent> contact() {
    int from = name();
    int to = name();
    long start = seconds("start", TIME_FORM);
    if (start < lastStart) {
      throw lines.bad(
          "the contact starts at "
              + Decimals.seconds(start)
              + ", before the one that stands above it at "
              + Decimals.seconds(lastStart),
          "sort the lines by their third field: sort -t, -k3,3g");
    }
    lastStart = start;
    upcomingEnd = seconds("end", TIME_FORM);
    if (upcomingEnd <= start) {
      throw lines.bad("the contact does not end after its start", "give an end after the start");
    }
    field();
    long rate = Decimals.wholeOrPointZero(lines.buffer(), lines.wordStart(), lines.wordEnd());
    if (rate < 1 || rate > Contact.MAX_BYTES_PER_SECOND) {
      throw lines.bad(
          "the rate is " + lines.quoted(), "expected whole bytes per second, 1 up to 10^12");
    }
    long owlt = seconds("light time", TIME_FORM + ", at most 31622400");
    if (owlt > LinkChange.MAX_OWLT_NANOS) {
      throw lines.bad("the light time is " + lines.quoted(), TIME_FORM + ", at most 31622400");
    }
    if (lines.field()) {
      findings.count("contacts have a confidence: a trace says what happens, so it is not read");
    }
    if (lines.field()) {
      throw lines.bad("the line has more than seven fields", FORM);
    }
    if (from == to) {
      findings.count("contacts of a node with itself are left out");
      return Optional.empty();
    }
    requireDisjoint(from, to, start);
    return Optional.of(
        new TraceEvent(
            start,
            book.names().name(from),
            book.names().name(to),
            new LinkChange.Up(OptionalLong.of(rate), OptionalLong.of(owlt))));
  }

  /** The contact starts when no other one of the pair is open. */
  private void requireDisjoint(int from, int to, long start) {
    int link = book.link(from, to);
    if (book.end(link) > start) {
      throw lines.bad(
          "the contact "
              + book.name(link)
              + " starts while an earlier one lasts, until "
              + Decimals.seconds(book.end(link)),
          "let one end by the start of the other, or make them one");
    }
    book.setEnd(link, upcomingEnd);
  }

  private int name() {
    field();
    return book.names().id(lines.wordStart(), lines.wordEnd());
  }

  private long seconds(String what, String form) {
    field();
    long nanos = Decimals.nanos(lines.buffer(), lines.wordStart(), lines.wordEnd());
    if (nanos == Decimals.WRONG) {
      throw lines.bad("the " + what + " is " + lines.quoted(), form);
    }
    return nanos;
  }

  private void field() {
    if (!lines.field()) {
      throw lines.bad("the line has fewer than six fields", FORM);
    }
  }
}
