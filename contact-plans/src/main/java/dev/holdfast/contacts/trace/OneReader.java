package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.format.Tolerance;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** One reading of {@link OneEvents}, line by line. */
final class OneReader {
  private static final String CONN_FORM = "expected TIME CONN HOST HOST up|down";
  private static final String CREATE_FORM = "expected TIME C ID FROM TO SIZE";

  private final TraceLines lines;
  private final LinkBook book;
  private final TraceFindings findings;
  private long nanos;

  OneReader(TraceSource source, TraceLimits limits) {
    this.lines = new TraceLines(source, limits);
    this.book = new LinkBook(lines, limits);
    this.findings = new TraceFindings(limits);
  }

  LinkTrace connections(LinkDefaults defaults, Tolerance tolerance) {
    return new LinkTrace(Optional.empty(), new Connections(defaults.up(), tolerance), findings);
  }

  Iterator<TraceMessage> messages() {
    return new Messages();
  }

  /** Goes to the next line with an event and reads its time; its kind is the current word then. */
  private boolean nextEvent() {
    if (!lines.nextWithWords() || !lines.word()) {
      return false;
    }
    nanos = Decimals.loosely(lines.buffer(), lines.wordStart(), lines.wordEnd());
    if (nanos == Decimals.WRONG) {
      throw lines.bad("the time is " + lines.quoted(), "expected seconds from 0 on");
    }
    book.at(nanos);
    if (!lines.word()) {
      throw lines.bad("the line stops after its time", CONN_FORM);
    }
    return true;
  }

  /** Whether the current word says that something became of a message. */
  private boolean isMessageEvent() {
    return lines.wordIs("S")
        || lines.wordIs("DE")
        || lines.wordIs("A")
        || lines.wordIs("DR")
        || lines.wordIs("R");
  }

  private BadTraceException unknown() {
    return lines.bad(
        "the word " + lines.quoted() + " is unknown", "expected CONN, or C, S, DE, A, DR or R");
  }

  private int host(String form) {
    if (!lines.word()) {
      throw lines.bad("the line stops too early", form);
    }
    return book.names().id(lines.wordStart(), lines.wordEnd());
  }

  /** The events of {@code CONN} lines; the second one of a line waits. */
  private final class Connections implements Supplier<Optional<TraceEvent>> {
    private final LinkChange up;
    private final LinkChange down = new LinkChange.Down(true);
    private final Tolerance tolerance;
    private Optional<TraceEvent> back = Optional.empty();

    Connections(LinkChange up, Tolerance tolerance) {
      this.up = up;
      this.tolerance = tolerance;
    }

    @Override
    public Optional<TraceEvent> get() {
      if (back.isPresent()) {
        Optional<TraceEvent> event = back;
        back = Optional.empty();
        return event;
      }
      while (nextEvent()) {
        if (lines.wordIs("CONN")) {
          Optional<TraceEvent> there = connection();
          if (there.isPresent()) {
            return there;
          }
        } else if (lines.wordIs("C") || isMessageEvent()) {
          findings.count("lines of messages (C, S, DE, A, DR, R) are no events of links");
        } else {
          throw unknown();
        }
      }
      return Optional.empty();
    }

    private Optional<TraceEvent> connection() {
      int a = host(CONN_FORM);
      int b = host(CONN_FORM);
      if (!lines.word()) {
        throw lines.bad("the line stops too early", CONN_FORM);
      }
      boolean isUp = lines.wordIs("up");
      if (!isUp && !lines.wordIs("down")) {
        throw lines.bad("the word " + lines.quoted() + " is unknown", CONN_FORM);
      }
      int link = book.link(Math.min(a, b), Math.max(a, b));
      if (book.isUp(link) == isUp) {
        repeated(link, isUp);
        return Optional.empty();
      }
      book.set(link, isUp);
      LinkChange change = isUp ? up : down;
      String one = book.names().name(a);
      String other = book.names().name(b);
      back = Optional.of(new TraceEvent(nanos, other, one, change));
      return Optional.of(new TraceEvent(nanos, one, other, change));
    }

    private void repeated(int link, boolean isUp) {
      if (tolerance.repairs()) {
        findings.count(
            isUp
                ? "connections that were up went up again: left out"
                : "connections that were not up went down: left out");
      } else if (isUp) {
        book.up(link);
      } else {
        book.down(link);
      }
    }
  }

  /** What {@code C} lines create. */
  private final class Messages implements Iterator<TraceMessage> {
    private Optional<TraceMessage> upcoming = Optional.empty();

    @Override
    public boolean hasNext() {
      while (upcoming.isEmpty() && nextEvent()) {
        if (lines.wordIs("C")) {
          upcoming = Optional.of(message());
        } else if (!lines.wordIs("CONN") && !isMessageEvent()) {
          throw unknown();
        }
      }
      return upcoming.isPresent();
    }

    @Override
    public TraceMessage next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no message is left");
      }
      TraceMessage message = upcoming.orElseThrow();
      upcoming = Optional.empty();
      return message;
    }

    private TraceMessage message() {
      if (!lines.word()) {
        throw lines.bad("the line stops too early", CREATE_FORM);
      }
      String id = lines.wordText();
      String from = book.names().name(host(CREATE_FORM));
      String to = book.names().name(host(CREATE_FORM));
      if (!lines.word()) {
        throw lines.bad("the line stops too early", CREATE_FORM);
      }
      long bytes = Decimals.wholeOrPointZero(lines.buffer(), lines.wordStart(), lines.wordEnd());
      if (bytes == Decimals.WRONG) {
        throw lines.bad("the size is " + lines.quoted(), "expected whole bytes");
      }
      return new TraceMessage(nanos, id, from, to, bytes);
    }
  }
}
