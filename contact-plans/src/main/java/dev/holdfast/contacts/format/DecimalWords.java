package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads decimal numbers of text formats, makes them exact (windows inward, light times up, rates
 * down), and reports those that are wrong.
 */
final class DecimalWords {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,20}(\\.\\d{0,40})?([eE][+-]?\\d{1,2})?");

  private final String format;
  private final Epoch epoch;
  private final Findings findings;
  private boolean toldEpoch;
  private int rounded;

  /**
   * No number was read yet.
   *
   * @param format as messages name it
   * @param epoch what times count from
   */
  DecimalWords(String format, Epoch epoch, Findings findings) {
    this.format = format;
    this.epoch = epoch;
    this.findings = findings;
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  static Optional<BigDecimal> number(String text) {
    return isNumber(text) ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** DTN time in milliseconds of seconds after the epoch. */
  Optional<Long> time(Word word, String name, RoundingMode rounding) {
    long zero =
        switch (epoch) {
          case Epoch.At(long dtnMillis) -> dtnMillis;
          case Epoch.Floating _ -> 0;
          case Epoch.None _ -> {
            if (!toldEpoch) {
              toldEpoch = true;
              findings.problem(
                  word.position(),
                  format + " times count from an epoch that the file does not name",
                  "give an epoch");
            }
            yield 0;
          }
        };
    Optional<Long> time =
        scaled(word, 1000, rounding)
            .map(millis -> millis + zero)
            .filter(millis -> millis >= 0 && millis <= Contact.LATEST_END.millis());
    return told(time, word, name, "seconds after the epoch, within 2000 to 2249");
  }

  /**
   * A light time in milliseconds.
   *
   * @param perSecond how many of the format's units make a second
   */
  Optional<Long> lightTime(Word word, String name, BigDecimal perSecond) {
    Optional<Long> owlt =
        number(word.text())
            .map(n -> n.multiply(BigDecimal.valueOf(1000)).divide(perSecond, MathContext.DECIMAL64))
            .flatMap(exact -> whole(exact, RoundingMode.CEILING))
            .filter(millis -> millis >= 0 && millis <= Contact.MAX_OWLT_MILLIS);
    return told(owlt, word, name, "0 up to 366 days");
  }

  /**
   * A rate in whole bytes per second.
   *
   * @param perByte how many of the format's units make a byte per second
   */
  Optional<Long> rate(Word word, String name, int perByte, String unit) {
    Optional<Long> rate =
        number(word.text())
            .map(n -> n.divide(BigDecimal.valueOf(perByte), MathContext.DECIMAL64))
            .flatMap(exact -> whole(exact, RoundingMode.FLOOR))
            .filter(bytes -> bytes >= 1 && bytes <= Contact.MAX_BYTES_PER_SECOND);
    return told(rate, word, name, unit + ", at least one byte per second");
  }

  private Optional<Long> scaled(Word word, int factor, RoundingMode rounding) {
    return number(word.text())
        .map(n -> n.multiply(BigDecimal.valueOf(factor)))
        .flatMap(exact -> whole(exact, rounding));
  }

  private Optional<Long> whole(BigDecimal exact, RoundingMode rounding) {
    if (exact.precision() - exact.scale() > 17) {
      return Optional.empty();
    }
    BigDecimal whole = exact.setScale(0, rounding);
    rounded += whole.compareTo(exact) == 0 ? 0 : 1;
    return Optional.of(whole.longValueExact());
  }

  private <T> Optional<T> told(Optional<T> value, Word word, String name, String expected) {
    if (value.isEmpty()) {
      wrong(word, name, expected);
    }
    return value;
  }

  void wrong(Word word, String name, String expected) {
    findings.problem(
        word.position(),
        word.text().isEmpty()
            ? "the " + name + " is missing"
            : "the %s is '%s'".formatted(name, word.shown()),
        "expected " + expected);
  }

  /** Whether the window is one; reports it otherwise. */
  boolean isWindow(Word at, long start, long end, Tolerance tolerance) {
    if (end > start) {
      return true;
    }
    findings.contradiction(
        tolerance,
        at.position(),
        end == start ? "the contact ends when it starts" : "the contact ends before it starts",
        "give an end after the start",
        "it is left out");
    return false;
  }

  /** Tells once how many numbers were finer than a plan is. */
  void tellRounded() {
    if (rounded > 0) {
      findings.warning(
          1,
          1,
          rounded + (rounded == 1 ? " number is" : " numbers are") + " finer than a plan can be",
          "windows are rounded inward to milliseconds, light times up, rates down to bytes");
    }
  }
}
