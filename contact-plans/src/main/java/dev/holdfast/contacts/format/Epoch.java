package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;

/** What relative times of a plan file count from. */
public sealed interface Epoch {
  /** Nothing: a relative time is a problem, unless the file names its own reference before it. */
  record None() implements Epoch {}

  /**
   * An instant that is not named: it stands at DTN time zero. A file that also has absolute times
   * has a problem. For looking at a plan, not for running it.
   */
  record Floating() implements Epoch {}

  /**
   * An instant.
   *
   * @param dtnMillis signed milliseconds since 2000-01-01T00:00:00Z, so that the Unix epoch is one
   */
  record At(long dtnMillis) implements Epoch {
    /** Within 1,000 years of 2000. */
    public At {
      if (Math.abs(dtnMillis) > 31_557_600_000_000L) {
        throw new IllegalArgumentException("epoch out of range: " + dtnMillis);
      }
    }
  }

  /** No epoch. */
  Epoch NONE = new None();

  /** An unnamed epoch. */
  Epoch FLOATING = new Floating();

  /** 1970-01-01T00:00:00Z. */
  Epoch UNIX = new At(-DtnTime.EPOCH_UNIX_MILLIS);

  /** The instant {@code time}. */
  static Epoch at(DtnTime time) {
    return new At(time.millis());
  }
}
