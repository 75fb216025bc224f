package dev.holdfast.gateway.scenario;

import dev.holdfast.contacts.yaml.Units;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Shares, factors and other amounts of scenarios, read and written without loss. */
final class Amounts {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,400})?");
  private static final Pattern DRIFT = Pattern.compile("-?\\d{1,7}ppm");
  private static final long MOST_PPM = 100_000;
  private static final String UNLIMITED = "unlimited";

  private Amounts() {}

  /** A share: {@code 1%} or {@code 0.01}. */
  static double share(String text) {
    boolean percent = text.endsWith("%");
    String number = (percent ? text.substring(0, text.length() - 1) : text).strip();
    if (!NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no share; write 1% or 0.01");
    }
    double share = new BigDecimal(number).movePointLeft(percent ? 2 : 0).doubleValue();
    if (share > 1) {
      throw new IllegalArgumentException("'" + text + "' is more than all of it; at most 100%");
    }
    return share;
  }

  /** A share as {@link #share} reads it. */
  static String shareText(double share) {
    return plain(BigDecimal.valueOf(share).movePointRight(2)) + "%";
  }

  /** A number from {@code min} to {@code max}, with or without a fraction. */
  static Function<String, Double> number(double min, double max) {
    return text -> {
      if (!NUMBER.matcher(text).matches()) {
        throw new IllegalArgumentException("'" + text + "' is no number; write 2 or 0.5");
      }
      double number = Double.parseDouble(text);
      if (number < min || number > max) {
        throw new IllegalArgumentException(
            "'" + text + "' is out of range; from " + numberText(min) + " to " + numberText(max));
      }
      return number;
    };
  }

  /** A number as {@link #number} reads it. */
  static String numberText(double number) {
    return plain(BigDecimal.valueOf(number));
  }

  /** How much too fast a clock runs, in parts per million: {@code 20ppm}. */
  static long driftPpm(String text) {
    if (!DRIFT.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is no drift; write 20ppm or -20ppm");
    }
    long ppm = Long.parseLong(text.substring(0, text.length() - 3));
    if (Math.abs(ppm) > MOST_PPM) {
      throw new IllegalArgumentException("'" + text + "' is out of range; at most 100000ppm");
    }
    return ppm;
  }

  /** A rate in bytes per second, 0 for none. */
  static long rate(String text) {
    return text.equals(UNLIMITED) ? 0 : Units.bytesPerSecond(text);
  }

  /** A rate as {@link #rate} reads it. */
  static String rateText(long bytesPerSecond) {
    return bytesPerSecond == 0 ? UNLIMITED : Units.rateText(bytesPerSecond);
  }

  /** A size as {@link Units#size} reads it. */
  static String sizeText(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    long amount = bytes;
    while (unit < units.length - 1 && amount != 0 && amount % 1024 == 0) {
      amount /= 1024;
      unit++;
    }
    return amount + units[unit];
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
