package dev.holdfast.contacts.trace;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Any bytes are read or refused with a line; what was read keeps the rules, and prints and reads as
 * itself.
 */
class LinkTraceTextFuzzTest {
  private static final TraceLimits SMALL = new TraceLimits(256, 20, 30, 30, 10, 10, 10);

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    List<TraceEvent> events = new ArrayList<>();
    Optional<LinkTrace> trace = read(bytes, events);
    StringBuilder text = new StringBuilder();
    LinkTraceText.printHeader(trace.flatMap(LinkTrace::epoch), text);
    long last = 0;
    for (TraceEvent event : events) {
      if (event.nanos() < last) {
        throw new IllegalStateException("time ran backwards: " + event);
      }
      last = event.nanos();
      LinkTraceText.print(event, text);
    }
    List<TraceEvent> again = new ArrayList<>();
    LinkTraceText.read(TraceSource.ofText("printed", text.toString()), TraceLimits.DEFAULT)
        .forEachRemaining(again::add);
    if (!again.equals(events)) {
      throw new IllegalStateException("what was printed reads otherwise: " + text);
    }
  }

  /** Fills in the events up to the first problem. */
  private static Optional<LinkTrace> read(byte[] bytes, List<TraceEvent> events) {
    Optional<LinkTrace> trace = Optional.empty();
    try {
      TraceSource source = new TraceSource("fuzz", new ByteArrayInputStream(bytes));
      trace = Optional.of(LinkTraceText.read(source, SMALL));
      trace.get().forEachRemaining(events::add);
    } catch (BadTraceException bad) {
      String message = String.valueOf(bad.getMessage());
      if (bad.line() < 1 || message.indexOf('\n') >= 0 || !message.startsWith("fuzz:")) {
        throw new IllegalStateException("no problem with a line: " + message, bad);
      }
    }
    return trace;
  }
}
