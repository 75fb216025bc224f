package dev.holdfast.contacts.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Numbers in the bytes of a line, read without an object for each; {@link #WRONG} is none. */
final class Decimals {
  /** Not a number, or one that is out of range. */
  static final long WRONG = -1;

  /** About 285 years, so that sums of two times do not overflow. */
  static final long MAX_NANOS = 9_000_000_000L * 1_000_000_000L / 2;

  private static final int NANO_DECIMALS = 9;
  private static final int MAX_LENGTH = 40;

  private Decimals() {}

  /** A whole number of at most 18 digits. */
  static long whole(byte[] text, int from, int to) {
    if (from >= to || to - from > 18) {
      return WRONG;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return WRONG;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** A whole number, also if it is written as {@code 1000.0}. */
  static long wholeOrPointZero(byte[] text, int from, int to) {
    int end = to;
    while (end > from && text[end - 1] == '0') {
      end--;
    }
    boolean zeros = end < to && end > from && text[end - 1] == '.';
    return whole(text, from, zeros ? end - 1 : to);
  }

  /** Seconds with up to nine decimals, as nanoseconds up to {@link #MAX_NANOS}. */
  static long nanos(byte[] text, int from, int to) {
    int point = from;
    long value = 0;
    while (point < to && text[point] != '.') {
      int digit = text[point] - '0';
      if (digit < 0 || digit > 9 || point - from > 10) {
        return WRONG;
      }
      value = 10 * value + digit;
      point++;
    }
    int decimals = to - point - 1;
    if (point == from || decimals == 0 || decimals > NANO_DECIMALS) {
      return WRONG;
    }
    if (value > MAX_NANOS / 1_000_000_000L) {
      return WRONG;
    }
    for (int i = point + 1; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return WRONG;
      }
      value = 10 * value + digit;
    }
    for (int i = Math.max(0, decimals); i < NANO_DECIMALS; i++) {
      value *= 10;
    }
    return value <= MAX_NANOS ? value : WRONG;
  }

  /**
   * Seconds in any form that Java prints a double in, as nanoseconds, rounded to the nearest: for
   * tools that add up times as binary fractions.
   */
  static long loosely(byte[] text, int from, int to) {
    long exact = nanos(text, from, to);
    if (exact != WRONG || to - from > MAX_LENGTH) {
      return exact;
    }
    try {
      BigDecimal seconds =
          new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
      if (seconds.signum() < 0 || Math.abs((long) seconds.precision() - seconds.scale()) > 30) {
        return WRONG;
      }
      BigDecimal nanos = seconds.movePointRight(NANO_DECIMALS).setScale(0, RoundingMode.HALF_EVEN);
      return nanos.compareTo(BigDecimal.valueOf(MAX_NANOS)) <= 0 ? nanos.longValueExact() : WRONG;
    } catch (NumberFormatException noNumber) {
      return WRONG;
    }
  }

  /** Appends nanoseconds as seconds, without needless zeros: {@code 0}, {@code 12.5}. */
  static void appendSeconds(long nanos, StringBuilder text) {
    text.append(nanos / 1_000_000_000L);
    long fraction = nanos % 1_000_000_000L;
    if (fraction == 0) {
      return;
    }
    text.append('.');
    for (long unit = 100_000_000L; fraction > 0; unit /= 10) {
      text.append((char) ('0' + fraction / unit));
      fraction %= unit;
    }
  }

  /** Nanoseconds as seconds, for messages. */
  static String seconds(long nanos) {
    StringBuilder text = new StringBuilder();
    appendSeconds(nanos, text);
    return text.toString();
  }
}
