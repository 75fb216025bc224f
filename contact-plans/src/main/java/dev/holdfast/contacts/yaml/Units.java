package dev.holdfast.contacts.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities as people write them: durations {@code 30s}, sizes {@code 64KiB}, rates {@code
 * 2Mbit/s}. Every number has a unit, so that none is taken for another.
 */
public final class Units {
  private static final Pattern QUANTITY =
      Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,6}))?\\s*(\\D*)");
  private static final long[] TENTHS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private Units() {}

  /**
   * A duration: a number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
   *
   * @throws IllegalArgumentException if it is none, or longer than 292 million years; the message
   *     says how to write one
   */
  public static Duration duration(String text) {
    String how = "write a number with ms, s, m, h or d, such as 30s or 2h";
    Matcher parts = parts(text, "duration", how);
    long millis =
        switch (parts.group(3)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m", "min" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> throw refused(text, "duration", how);
        };
    return Duration.ofMillis(scaled(parts, text, "duration", how, millis));
  }

  /**
   * A size in bytes: a number with {@code B}, {@code KiB}, {@code MiB}, {@code GiB}, {@code TiB} or
   * their decimal cousins {@code kB}, {@code MB}, {@code GB}, {@code TB}.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  public static long size(String text) {
    String how = "write a number with B, KiB, MiB, GiB or TiB, such as 64KiB";
    Matcher parts = parts(text, "size", how);
    return scaled(parts, text, "size", how, bytes(parts.group(3), text, "size", how));
  }

  /**
   * A rate in bytes per second: a number with {@code bit/s} or {@code B/s} and their multiples.
   *
   * @throws IllegalArgumentException if it is none, or less than one byte a second; the message
   *     says how to write one
   */
  public static long bytesPerSecond(String text) {
    String how = "write a number with bit/s, kbit/s, Mbit/s, Gbit/s or B/s, such as 2Mbit/s";
    Matcher parts = parts(text, "rate", how);
    String unit = parts.group(3);
    if (!unit.endsWith("/s")) {
      throw refused(text, "rate", how);
    }
    String amount = unit.substring(0, unit.length() - 2);
    long rate =
        switch (amount) {
          case "bit" -> scaled(parts, text, "rate", how, 1) / 8;
          case "kbit" -> scaled(parts, text, "rate", how, 1_000) / 8;
          case "Mbit" -> scaled(parts, text, "rate", how, 1_000_000) / 8;
          case "Gbit" -> scaled(parts, text, "rate", how, 1_000_000_000) / 8;
          default -> scaled(parts, text, "rate", how, bytes(amount, text, "rate", how));
        };
    if (rate == 0) {
      throw new IllegalArgumentException("'" + text + "' is less than one byte a second; " + how);
    }
    return rate;
  }

  /** A duration as {@link #duration} reads it, in the largest unit that divides it. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  /** A rate as {@link #bytesPerSecond} reads it, without loss. */
  public static String rateText(long bytesPerSecond) {
    if (bytesPerSecond % 125_000 == 0) {
      return bytesPerSecond / 125_000 + "Mbit/s";
    }
    return bytesPerSecond % 125 == 0 ? bytesPerSecond / 125 + "kbit/s" : bytesPerSecond + "B/s";
  }

  /** A size for people: {@code 512 B}, {@code 1.5 KiB}, {@code 64 MiB}. */
  public static String sizeText(long bytes) {
    String[] names = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < names.length - 1) {
      amount /= 1024;
      unit++;
    }
    boolean whole = unit == 0 || amount >= 100 || amount == Math.rint(amount);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, names[unit]);
  }

  private static long bytes(String unit, String text, String kind, String how) {
    return switch (unit) {
      case "B" -> 1L;
      case "kB" -> 1_000L;
      case "MB" -> 1_000_000L;
      case "GB" -> 1_000_000_000L;
      case "TB" -> 1_000_000_000_000L;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> throw refused(text, kind, how);
    };
  }

  private static Matcher parts(String text, String kind, String how) {
    Matcher parts = QUANTITY.matcher(text.strip());
    if (!parts.matches()) {
      throw refused(text, kind, how);
    }
    return parts;
  }

  private static long scaled(Matcher parts, String text, String kind, String how, long unit) {
    try {
      long whole = Math.multiplyExact(Long.parseLong(parts.group(1)), unit);
      String fraction = parts.group(2);
      if (fraction == null) {
        return whole;
      }
      long tenth = TENTHS[fraction.length()];
      return Math.addExact(whole, Math.multiplyExact(Long.parseLong(fraction), unit) / tenth);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large a " + kind + "; " + how, e);
    }
  }

  private static IllegalArgumentException refused(String text, String kind, String how) {
    return new IllegalArgumentException("'" + text + "' is no " + kind + "; " + how);
  }
}
