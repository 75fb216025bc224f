package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.Contact;
import java.util.OptionalLong;

/**
 * What can happen on a directed link.
 *
 * <p>Rate, light time and loss hold until they are changed, and across {@link Down} and {@link Up}.
 * What was never said is for whoever follows the trace to choose.
 */
public sealed interface LinkChange {
  /** Longest light time, in nanoseconds: 366 days, as in a plan. */
  long MAX_OWLT_NANOS = Contact.MAX_OWLT_MILLIS * 1_000_000L;

  /**
   * Bytes may leave from now on.
   *
   * @param bytesPerSecond 1..{@link Contact#MAX_BYTES_PER_SECOND}; empty: as said before
   * @param owltNanos one-way light time, 0..{@link #MAX_OWLT_NANOS}; empty: as said before
   */
  record Up(OptionalLong bytesPerSecond, OptionalLong owltNanos) implements LinkChange {
    /** Within the ranges. */
    public Up {
      if (bytesPerSecond.isPresent()) {
        checkRate(bytesPerSecond.getAsLong());
      }
      if (owltNanos.isPresent()) {
        checkOwlt(owltNanos.getAsLong());
      }
    }
  }

  /**
   * No byte leaves from now on.
   *
   * @param deliversInFlight whether bytes that have left already still arrive; otherwise they are
   *     lost
   */
  record Down(boolean deliversInFlight) implements LinkChange {}

  /**
   * Another rate; what is being sent goes on at it.
   *
   * @param bytesPerSecond 1..{@link Contact#MAX_BYTES_PER_SECOND}
   */
  record Rate(long bytesPerSecond) implements LinkChange {
    /** Within the range. */
    public Rate {
      checkRate(bytesPerSecond);
    }
  }

  /**
   * Another light time, for bytes that leave from now on.
   *
   * @param owltNanos 0..{@link #MAX_OWLT_NANOS}
   */
  record Delay(long owltNanos) implements LinkChange {
    /** Within the range. */
    public Delay {
      checkOwlt(owltNanos);
    }
  }

  /**
   * What leaves from now on may be lost.
   *
   * @param probability 0..1, for each bundle or segment by itself
   */
  record Loss(double probability) implements LinkChange {
    /** Within the range. */
    public Loss {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("no probability: " + probability);
      }
    }
  }

  /** The session over the link breaks off; the link itself stays up. */
  record Reset() implements LinkChange {}

  /**
   * So many bytes may leave at this instant. A link that has opportunities has no rate.
   *
   * @param bytes at least 1
   */
  record Opportunity(long bytes) implements LinkChange {
    /** Within the range. */
    public Opportunity {
      if (bytes < 1) {
        throw new IllegalArgumentException("an opportunity of " + bytes + " bytes");
      }
    }
  }

  /**
   * A bundle was seen crossing, its first byte now. Something to compare with; it says nothing of
   * what the link could have carried.
   *
   * @param bundle what the source of the trace calls it; no white space
   * @param bytes its length, 0 or more
   * @param endNanos when its last byte was seen, in nanoseconds since the start of the trace; not
   *     before the event
   */
  record Transfer(String bundle, long bytes, long endNanos) implements LinkChange {
    /** Within the ranges. */
    public Transfer {
      if (bytes < 0 || endNanos < 0) {
        throw new IllegalArgumentException("transfer of " + bytes + " bytes until " + endNanos);
      }
    }
  }

  private static void checkRate(long bytesPerSecond) {
    if (bytesPerSecond < 1 || bytesPerSecond > Contact.MAX_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("rate out of range: " + bytesPerSecond + " bytes/s");
    }
  }

  private static void checkOwlt(long owltNanos) {
    if (owltNanos < 0 || owltNanos > MAX_OWLT_NANOS) {
      throw new IllegalArgumentException("light time out of range: " + owltNanos + " ns");
    }
  }
}
