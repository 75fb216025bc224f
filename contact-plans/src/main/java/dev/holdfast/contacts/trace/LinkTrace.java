package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.DtnTime;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A link trace, read as it is asked for: first what it starts at, then its events, in order of
 * time. Events of the same instant stand in the order in which they are to be carried out.
 *
 * <p>For one thread, and once. {@link #hasNext} and {@link #next} may throw {@link
 * BadTraceException}, after which there is nothing more.
 */
public final class LinkTrace implements Iterator<TraceEvent> {
  private final Optional<DtnTime> epoch;
  private final Supplier<Optional<TraceEvent>> events;
  private final TraceFindings findings;
  private Optional<TraceEvent> upcoming = Optional.empty();
  private boolean ended;

  /**
   * A trace.
   *
   * @param epoch what its times count from, if it says so
   * @param events gives the next event, in order of time, and empty after the last; may throw
   *     {@link BadTraceException}
   * @param findings filled by {@code events}
   */
  public LinkTrace(
      Optional<DtnTime> epoch, Supplier<Optional<TraceEvent>> events, TraceFindings findings) {
    this.epoch = epoch;
    this.events = events;
    this.findings = findings;
  }

  /**
   * A trace of events that are at hand.
   *
   * @param epoch what their times count from, if that is known
   * @param events in order of time; looked at one by one
   */
  public static LinkTrace of(Optional<DtnTime> epoch, Iterator<TraceEvent> events) {
    return new LinkTrace(
        epoch,
        () -> events.hasNext() ? Optional.of(events.next()) : Optional.empty(),
        new TraceFindings(TraceLimits.DEFAULT));
  }

  /** When the trace starts; empty if it does not say. */
  public Optional<DtnTime> epoch() {
    return epoch;
  }

  /**
   * What was left out or read otherwise than written so far, one line each, cut at the limit with a
   * line that counts the rest.
   */
  public List<String> findings() {
    return findings.lines();
  }

  @Override
  public boolean hasNext() {
    if (upcoming.isEmpty() && !ended) {
      ended = true; // Also if reading throws.
      upcoming = events.get();
      ended = upcoming.isEmpty();
    }
    return upcoming.isPresent();
  }

  @Override
  public TraceEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the trace has ended");
    }
    TraceEvent event = upcoming.orElseThrow();
    upcoming = Optional.empty();
    return event;
  }
}
