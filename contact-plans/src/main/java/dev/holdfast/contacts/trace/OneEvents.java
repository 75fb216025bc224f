package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.format.Tolerance;
import java.util.Iterator;

/**
 * The events that the ONE simulator reads (its class StandardEventsReader): a line each, words
 * between blanks, times in seconds.
 *
 * <pre>{@code
 * 12.5 CONN 3 7 up
 * 13.1 C M1 3 7 500000
 * 40.25 CONN 3 7 down
 * }</pre>
 *
 * <p>A connection is symmetric, so each {@code CONN} line gives two events, one for each direction;
 * the name of an interface at its end is not looked at. Nothing is said of rates and light times.
 * {@code C} lines create messages, which are read by themselves with {@link #messages}; lines of
 * what became of messages ({@code S DE A DR R}) are of no use here and are counted.
 */
public final class OneEvents {
  private OneEvents() {}

  /**
   * Reads the connections.
   *
   * @param defaults what every link has
   * @param tolerance about a connection that goes up twice, or down while it is not up, as those of
   *     a pair with two interfaces do: repaired, such a line is left out and counted
   */
  public static LinkTrace read(
      TraceSource source, LinkDefaults defaults, Tolerance tolerance, TraceLimits limits) {
    return new OneReader(source, limits).connections(defaults, tolerance);
  }

  /**
   * Reads the messages that are created, as they are asked for; {@link Iterator#hasNext} may throw
   * {@link BadTraceException}.
   */
  public static Iterator<TraceMessage> messages(TraceSource source, TraceLimits limits) {
    return new OneReader(source, limits).messages();
  }
}
