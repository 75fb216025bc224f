package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.yaml.Times;
import java.util.Optional;

/** The times of a YAML plan: dates, and offsets such as {@code +2h30m} after its epoch. */
final class YamlClock {
  private static final String HOW = "write 2026-01-01T00:00:00Z, or +2h30m after the epoch";

  private final Epoch epoch;
  private boolean usedDates;
  private boolean usedUnnamed;

  YamlClock(Epoch epoch) {
    this.epoch = epoch;
  }

  /** Whether some time counts from an unnamed zero. */
  boolean isFloating() {
    return usedUnnamed;
  }

  /**
   * DTN time in milliseconds.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  long millis(String text) {
    if (text.startsWith("+")) {
      return after(text);
    }
    Optional<DtnTime> date = TimeText.parse(text, Epoch.NONE);
    usedDates |= date.isPresent();
    checkMixed();
    return date.map(DtnTime::millis)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no time; " + HOW));
  }

  private long after(String text) {
    long zero =
        switch (epoch) {
          case Epoch.At(long dtnMillis) -> dtnMillis;
          case Epoch.Floating _ -> {
            usedUnnamed = true;
            checkMixed();
            yield 0;
          }
          case Epoch.None _ ->
              throw new IllegalArgumentException(
                  "'" + text + "' counts from nothing named; add epoch: 2026-01-01T00:00:00Z");
        };
    long time = zero + offset(text.substring(1));
    if (time < 0 || time > Contact.LATEST_END.millis()) {
      throw new IllegalArgumentException("'" + text + "' is not within the years 2000 to 2249");
    }
    return time;
  }

  /** Seconds without a unit, or a length of time. */
  private static long offset(String text) {
    return IonNumber.millis(text)
        .filter(_ -> text.matches("[0-9.]+") && !isOctal(text))
        .orElseGet(() -> Times.millis(text));
  }

  private static boolean isOctal(String text) {
    return text.length() > 1 && text.startsWith("0") && text.indexOf('.') < 0;
  }

  private void checkMixed() {
    if (usedDates && usedUnnamed) {
      throw new IllegalArgumentException(
          "the plan has dates, and offsets that count from nothing named; add epoch:"
              + " 2026-01-01T00:00:00Z");
    }
  }

  /** A time as {@link #millis} reads it. */
  static String text(DtnTime time, TimeStyle style) {
    return switch (style) {
      case TimeStyle.Absolute _ -> TimeText.iso(time);
      case TimeStyle.Relative(Epoch.At(long zero), boolean _) -> {
        long after = time.millis() - zero;
        if (after < 0 || zero < 0) {
          yield TimeText.iso(time);
        }
        yield after * Times.MILLI <= Times.LONGEST
            ? "+" + Times.text(after * Times.MILLI)
            : "+" + TimeText.seconds(after);
      }
    };
  }
}
