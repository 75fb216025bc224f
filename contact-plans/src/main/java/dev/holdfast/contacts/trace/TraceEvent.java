package dev.holdfast.contacts.trace;

/**
 * One thing that happened on a directed link.
 *
 * @param nanos nanoseconds since the start of the trace; never less than in the event before
 * @param from the sending node's name
 * @param to the receiving node's name, another one
 * @param change what happened
 */
public record TraceEvent(long nanos, String from, String to, LinkChange change) {
  /** A time from 0 on, and two ends. */
  public TraceEvent {
    if (nanos < 0) {
      throw new IllegalArgumentException("a time before the start of the trace: " + nanos + " ns");
    }
    if (from.equals(to)) {
      throw new IllegalArgumentException("a link has two ends, this one has " + from);
    }
  }
}
