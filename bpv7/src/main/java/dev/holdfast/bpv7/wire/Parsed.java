package dev.holdfast.bpv7.wire;

import java.util.Optional;

/**
 * What came of reading one value from text or bytes that someone else wrote.
 *
 * @param <T> what was to be read
 */
public sealed interface Parsed<T> {
  /**
   * The input keeps the rules.
   *
   * @param value what it says
   */
  record Good<T>(T value) implements Parsed<T> {}

  /**
   * The input breaks a rule.
   *
   * @param offset where, in characters or bytes from its start
   * @param section the rule's place, such as {@code RFC 9758 §5}
   * @param reason what is wrong, for people
   */
  record Bad<T>(long offset, String section, String reason) implements Parsed<T> {
    /** The fault that ended a reading of bytes. */
    public Bad(WireException fault) {
      this(fault.offset(), fault.section(), fault.reason());
    }

    @Override
    public String toString() {
      return "offset " + offset + ", " + section + ": " + reason;
    }
  }

  /** The value if the input is good. */
  default Optional<T> toOptional() {
    return switch (this) {
      case Good<T>(T value) -> Optional.of(value);
      case Bad<T> _ -> Optional.empty();
    };
  }

  /**
   * The value.
   *
   * @throws IllegalArgumentException if the input is bad, with offset, section and reason
   */
  default T orElseThrow() {
    return switch (this) {
      case Good<T>(T value) -> value;
      case Bad<T> bad -> throw new IllegalArgumentException(bad.toString());
    };
  }
}
