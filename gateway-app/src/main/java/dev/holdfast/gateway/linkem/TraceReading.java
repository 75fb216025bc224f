package dev.holdfast.gateway.linkem;

import dev.holdfast.gateway.config.Position;
import java.util.List;

/** What came of reading a trace. */
public sealed interface TraceReading {
  /**
   * It can be used.
   *
   * @param schedule its windows
   */
  record Read(LinkSchedule schedule) implements TraceReading {}

  /**
   * It cannot.
   *
   * @param problems at least one, in the order of the file, at most 100
   */
  record Refused(List<Problem> problems) implements TraceReading {
    /** Keeps an unmodifiable copy. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Something wrong with a trace.
   *
   * @param at where
   * @param text what, and how to mend it
   */
  record Problem(Position at, String text) {
    @Override
    public String toString() {
      return at + ": " + text;
    }
  }
}
