package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.Contact;
import java.util.OptionalLong;

/**
 * What links have of which a format does not speak.
 *
 * @param bytesPerSecond 1..{@link Contact#MAX_BYTES_PER_SECOND}; empty: left unsaid
 * @param owltNanos one-way light time, 0..{@link LinkChange#MAX_OWLT_NANOS}; empty: left unsaid
 */
public record LinkDefaults(OptionalLong bytesPerSecond, OptionalLong owltNanos) {
  /** Nothing is said. */
  public static final LinkDefaults NONE =
      new LinkDefaults(OptionalLong.empty(), OptionalLong.empty());

  /** Within the ranges. */
  public LinkDefaults {
    new LinkChange.Up(bytesPerSecond, owltNanos);
  }

  LinkChange.Up up() {
    return new LinkChange.Up(bytesPerSecond, owltNanos);
  }
}
