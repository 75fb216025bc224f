package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.TimeText;
import java.util.Optional;
import java.util.OptionalLong;

/** One reading of {@link LinkTraceText}, line by line. */
final class LinkTextReader {
  private static final String CHANGES =
      "expected up, down, rate, delay, loss, reset, opportunity or xfer";
  private static final String UP_FORM =
      "expected up [rate=BYTES_PER_SECOND] [owlt=SECONDS], each at most once";
  private static final String RATE_FORM = "expected whole bytes per second, 1 up to 10^12";
  private static final String OWLT_FORM =
      "expected seconds with up to nine decimals, at most 31622400";
  private static final String XFER_FORM = "expected xfer id=NAME bytes=COUNT end=SECONDS";
  private static final String PROBABILITY_FORM = "expected a decimal number from 0 to 1";
  private static final int MAX_DIGITS = 400;

  private final TraceLines lines;
  private final LinkBook book;
  private final TraceFindings findings;
  private Optional<DtnTime> epoch = Optional.empty();

  /** Whether the current line is an event that has not been read. */
  private boolean atEvent;

  LinkTextReader(TraceSource source, TraceLimits limits) {
    this.lines = new TraceLines(source, limits);
    this.book = new LinkBook(lines, limits);
    this.findings = new TraceFindings(limits);
  }

  LinkTrace trace() {
    header();
    return new LinkTrace(epoch, this::event, findings);
  }

  private void header() {
    if (!lines.next() || !lines.word() || !lines.wordIs("#linktrace")) {
      throw lines.bad(
          lines.number() == 0 ? "the file is empty" : "this is no link trace",
          "its first line is '#linktrace 1'");
    }
    if (!lines.word() || !lines.wordIs("1") || lines.word()) {
      throw lines.bad("the version of the format is not 1", "write '#linktrace 1'");
    }
    requireEnd();
    while (lines.next()) {
      requireEnd();
      if (!lines.word()) {
        continue;
      }
      if (lines.wordIs("#epoch")) {
        epoch();
      } else if (!lines.wordStartsWith("#")) {
        atEvent = true;
        return;
      }
    }
  }

  private void epoch() {
    if (epoch.isPresent()) {
      throw lines.bad("a second epoch", "leave one out");
    }
    boolean one = lines.word();
    epoch = TimeText.parse(lines.wordText(), Epoch.NONE);
    if (!one || epoch.isEmpty() || lines.word()) {
      throw lines.bad(
          "the epoch " + lines.quoted() + " is no time", "write it as 2026-12-01T00:00:00Z");
    }
  }

  /** A line without end may be half of one. */
  private void requireEnd() {
    if (!lines.isTerminated()) {
      throw lines.bad(
          "the file stops within this line", "fetch the whole file, or end the line if it is all");
    }
  }

  private Optional<TraceEvent> event() {
    while (!atEvent) {
      if (!lines.next()) {
        return Optional.empty();
      }
      requireEnd();
      if (!lines.word()) {
        continue;
      }
      if (lines.wordIs("#epoch")) {
        throw lines.bad("an epoch after the first event", "write it in the second line");
      }
      atEvent = !lines.wordStartsWith("#");
    }
    atEvent = false;
    return Optional.of(line());
  }

  /** Reads a line whose first word is the current one. */
  private TraceEvent line() {
    long nanos = Decimals.nanos(lines.buffer(), lines.wordStart(), lines.wordEnd());
    if (nanos == Decimals.WRONG) {
      throw wrong("time", "expected seconds from 0 on with up to nine decimals");
    }
    book.at(nanos);
    if (!lines.wordBeforeComment()) {
      throw stops("expected TIME FROM>TO CHANGE");
    }
    int middle = middle();
    int from = book.names().id(lines.wordStart(), middle);
    int to = book.names().id(middle + 1, lines.wordEnd());
    int link = book.link(from, to);
    if (!lines.wordBeforeComment()) {
      throw stops(CHANGES);
    }
    LinkChange change = change(link, nanos);
    if (lines.wordBeforeComment()) {
      throw lines.bad(lines.quoted() + " is one word too many", "a comment starts with #");
    }
    return new TraceEvent(nanos, book.names().name(from), book.names().name(to), change);
  }

  /** Where the {@code >} stands in {@code FROM>TO}. */
  private int middle() {
    byte[] buffer = lines.buffer();
    for (int i = lines.wordStart(); i < lines.wordEnd(); i++) {
      if (buffer[i] == '>') {
        return i;
      }
    }
    throw lines.bad(lines.quoted() + " is no link", "expected FROM>TO, without blanks");
  }

  private LinkChange change(int link, long nanos) {
    if (lines.wordIs("up")) {
      book.up(link);
      return up();
    }
    if (lines.wordIs("down")) {
      book.down(link);
      return down();
    }
    if (lines.wordIs("rate")) {
      return new LinkChange.Rate(rate(argument("expected rate BYTES_PER_SECOND")));
    }
    if (lines.wordIs("delay")) {
      return new LinkChange.Delay(owlt(argument("expected delay SECONDS")));
    }
    if (lines.wordIs("loss")) {
      return new LinkChange.Loss(probability(argument("expected loss PROBABILITY")));
    }
    if (lines.wordIs("reset")) {
      book.requireUp(link, "no session breaks off");
      return new LinkChange.Reset();
    }
    if (lines.wordIs("opportunity")) {
      book.requireUp(link, "nothing can leave");
      return new LinkChange.Opportunity(bytes(argument("expected opportunity BYTES"), 1));
    }
    if (lines.wordIs("xfer")) {
      return transfer(nanos);
    }
    throw lines.bad("the word " + lines.quoted() + " is unknown", CHANGES);
  }

  private LinkChange.Up up() {
    OptionalLong rate = OptionalLong.empty();
    OptionalLong owlt = OptionalLong.empty();
    while (lines.wordBeforeComment()) {
      if (lines.wordStartsWith("rate=") && rate.isEmpty()) {
        rate = OptionalLong.of(rate(5));
      } else if (lines.wordStartsWith("owlt=") && owlt.isEmpty()) {
        owlt = OptionalLong.of(owlt(5));
      } else {
        throw lines.bad("the word " + lines.quoted() + " is unknown here", UP_FORM);
      }
    }
    return new LinkChange.Up(rate, owlt);
  }

  private LinkChange.Down down() {
    if (!lines.wordBeforeComment() || lines.wordIs("inflight=delivered")) {
      return new LinkChange.Down(true);
    }
    if (lines.wordIs("inflight=lost")) {
      return new LinkChange.Down(false);
    }
    throw lines.bad(
        "the word " + lines.quoted() + " is unknown here",
        "expected down, down inflight=delivered or down inflight=lost");
  }

  private LinkChange.Transfer transfer(long nanos) {
    if (!lines.wordBeforeComment()
        || !lines.wordStartsWith("id=")
        || lines.wordEnd() == lines.wordStart() + 3) {
      throw lines.bad("the id of the transfer is missing", XFER_FORM);
    }
    lines.dropFromWord(3);
    String bundle = lines.wordText();
    if (!lines.wordBeforeComment() || !lines.wordStartsWith("bytes=")) {
      throw lines.bad("the length of the transfer is missing", XFER_FORM);
    }
    long bytes = bytes(6, 0);
    if (!lines.wordBeforeComment() || !lines.wordStartsWith("end=")) {
      throw lines.bad("the end of the transfer is missing", XFER_FORM);
    }
    long end = Decimals.nanos(lines.buffer(), lines.wordStart() + 4, lines.wordEnd());
    if (end < nanos) {
      throw wrong("end", "expected seconds, not before the event");
    }
    return new LinkChange.Transfer(bundle, bytes, end);
  }

  /** Goes to the word that must follow; 0, since nothing of it is to be skipped. */
  private int argument(String form) {
    if (!lines.wordBeforeComment()) {
      throw stops(form);
    }
    return 0;
  }

  private long rate(int skip) {
    long rate = Decimals.whole(lines.buffer(), lines.wordStart() + skip, lines.wordEnd());
    if (rate < 1 || rate > Contact.MAX_BYTES_PER_SECOND) {
      throw wrong("rate", RATE_FORM);
    }
    return rate;
  }

  private long owlt(int skip) {
    long owlt = Decimals.nanos(lines.buffer(), lines.wordStart() + skip, lines.wordEnd());
    if (owlt < 0 || owlt > LinkChange.MAX_OWLT_NANOS) {
      throw wrong("light time", OWLT_FORM);
    }
    return owlt;
  }

  private long bytes(int skip, long least) {
    long bytes = Decimals.whole(lines.buffer(), lines.wordStart() + skip, lines.wordEnd());
    if (bytes < least) {
      throw wrong("number of bytes", "expected a whole number from " + least + " on");
    }
    return bytes;
  }

  private double probability(int skip) {
    String text = lines.wordText().substring(skip);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        throw wrong("probability", PROBABILITY_FORM);
      }
    }
    try {
      double value = text.length() > MAX_DIGITS ? -1 : Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, with a number that is out of range.
    }
    throw wrong("probability", PROBABILITY_FORM);
  }

  private BadTraceException wrong(String what, String expected) {
    return lines.bad("the " + what + " is " + lines.quoted(), expected);
  }

  private BadTraceException stops(String expected) {
    return lines.bad("the line stops too early", expected);
  }
}
