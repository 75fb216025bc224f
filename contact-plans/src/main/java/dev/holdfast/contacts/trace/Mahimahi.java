package dev.holdfast.contacts.trace;

import java.util.OptionalLong;

/**
 * Packet opportunities as mahimahi's mm-link takes them: one whole number of milliseconds a line,
 * never decreasing, each an opportunity for one packet of {@value #PACKET_BYTES} bytes; a number
 * that stands twice is two opportunities at once.
 *
 * <p>The trace is of one link: it is up from the start, without a rate, and goes down after the
 * last opportunity. Opportunities of one millisecond are one event.
 */
public final class Mahimahi {
  /** What fits into one opportunity. */
  public static final long PACKET_BYTES = 1500;

  private Mahimahi() {}

  /**
   * The link whose opportunities a file tells.
   *
   * @param from the sending node's name
   * @param to the receiving node's name
   * @param owltNanos one-way light time; empty: left unsaid
   * @param loopUntilNanos when the trace ends if it is to be played over and over until then, as
   *     mm-link does without end; empty: it is played once
   */
  public record Link(String from, String to, OptionalLong owltNanos, OptionalLong loopUntilNanos) {
    /** Two names. */
    public Link {
      if (!Names.isName(from) || !Names.isName(to) || from.equals(to)) {
        throw new IllegalArgumentException("no link: " + from + ">" + to);
      }
      if (loopUntilNanos.isPresent()
          && (loopUntilNanos.getAsLong() < 0 || loopUntilNanos.getAsLong() > Decimals.MAX_NANOS)) {
        throw new IllegalArgumentException("no end of a loop: " + loopUntilNanos.getAsLong());
      }
    }
  }

  /** Reads the opportunities of a link. */
  public static LinkTrace read(TraceSource source, Link link, TraceLimits limits) {
    return new MahimahiReader(source, link, limits).trace();
  }
}
