package dev.holdfast.bpv7;

import java.util.Optional;

/**
 * What came of reading bytes from outside.
 *
 * @param <T> what was to be read
 */
public sealed interface Decoded<T> {
  /**
   * The bytes keep the rules.
   *
   * @param value what they say
   */
  record Valid<T>(T value) implements Decoded<T> {}

  /**
   * The bytes break a rule.
   *
   * @param fault which, where, and by what section
   * @param primary the primary block if it could be read, for a status report
   */
  record Invalid<T>(Fault fault, Optional<PrimaryBlock> primary) implements Decoded<T> {
    /** A fault before any primary block was read. */
    public Invalid(Fault fault) {
      this(fault, Optional.empty());
    }
  }
}
