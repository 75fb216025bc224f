package dev.holdfast.contacts.yaml;

import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time: {@code 30s}, {@code 24h39m35s}, {@code 1.5ms}; exact to the nanosecond. */
public final class Times {
  /** A second in nanoseconds. */
  public static final long SECOND = 1_000_000_000L;

  /** A millisecond in nanoseconds. */
  public static final long MILLI = 1_000_000L;

  /** A day in nanoseconds. */
  public static final long DAY = 86_400 * SECOND;

  /** Nothing takes longer: a hundred years. */
  public static final long LONGEST = 36_500 * DAY;

  private static final Pattern PART =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(ns|us|ms|min|s|m|h|d)");
  private static final String HOW =
      "write numbers with ms, s, m, h or d, such as 30s, 2h or 24h39m35s";

  private Times() {}

  /**
   * The nanoseconds of a time: parts from the largest unit to the smallest.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  public static long nanos(String text) {
    Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    long before = Long.MAX_VALUE;
    int at = 0;
    while (at < text.length()) {
      if (!part.find(at) || part.start() != at || unit(part.group(2)) >= before) {
        throw new IllegalArgumentException("'" + text + "' is no time; " + HOW);
      }
      before = unit(part.group(2));
      sum = sum.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(before)));
      at = part.end();
    }
    if (at == 0) {
      throw new IllegalArgumentException("a time is missing; " + HOW);
    }
    if (sum.compareTo(BigDecimal.valueOf(LONGEST)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is too long; at most 36500d");
    }
    try {
      return sum.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is finer than a nanosecond", e);
    }
  }

  /** A time within a range, in nanoseconds. */
  public static Function<String, Long> between(long min, long max) {
    return text -> {
      long nanos = nanos(text);
      if (nanos < min || nanos > max) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of range; from " + text(min) + " to " + text(max));
      }
      return nanos;
    };
  }

  /** A time in whole milliseconds. */
  public static long millis(String text) {
    long nanos = nanos(text);
    if (nanos % MILLI != 0) {
      throw new IllegalArgumentException("'" + text + "' is not in whole milliseconds");
    }
    return nanos / MILLI;
  }

  /** Milliseconds before (with a minus) or after. */
  public static long offsetMillis(String text) {
    return text.startsWith("-") ? -millis(text.substring(1)) : millis(text);
  }

  /** A time, 0 or more, as {@link #nanos} reads it. */
  public static String text(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < SECOND) {
      return nanos % MILLI == 0
          ? nanos / MILLI + "ms"
          : nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
    }
    StringBuilder text = new StringBuilder();
    long left = nanos;
    for (String unit : new String[] {"d", "h", "m"}) {
      long count = left / unit(unit);
      left %= unit(unit);
      if (count > 0) {
        text.append(count).append(unit);
      }
    }
    if (left > 0) {
      text.append(BigDecimal.valueOf(left, 9).stripTrailingZeros().toPlainString()).append('s');
    }
    return text.toString();
  }

  /** An offset as {@link #offsetMillis} reads it. */
  public static String offsetText(long millis) {
    return (millis < 0 ? "-" : "") + text(Math.abs(millis) * MILLI);
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us" -> 1_000;
      case "ms" -> MILLI;
      case "s" -> SECOND;
      case "m", "min" -> 60 * SECOND;
      case "h" -> 3_600 * SECOND;
      case "d" -> DAY;
      default -> throw new IllegalStateException("no unit: " + name);
    };
  }
}
