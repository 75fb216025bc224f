package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.yaml.Units;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities of the sky as people write them: angles are plain numbers of degrees, lengths have a
 * unit. Each throws {@link IllegalArgumentException} with what is wrong and how to write it.
 */
final class Amount {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,12}(?:\\.\\d{1,12})?");
  private static final Pattern LENGTH =
      Pattern.compile("([+-]?\\d{1,12}(?:\\.\\d{1,9})?)\\s*(km|m)");

  private Amount() {}

  /** A number from {@code min} to {@code max}. */
  static Function<String, Double> number(double min, double max) {
    return text -> {
      if (!NUMBER.matcher(text).matches()) {
        throw new IllegalArgumentException("'" + text + "' is no number; write one such as 40.43");
      }
      return within(text, Double.parseDouble(text), min, max, "");
    };
  }

  /** An angle in degrees from {@code min} to {@code max}, as radians. */
  static Function<String, Double> angle(double min, double max) {
    Function<String, Double> degrees = number(min, max);
    return text -> {
      String plain = text.endsWith("°") ? text.substring(0, text.length() - 1) : text;
      return Math.toRadians(degrees.apply(plain.strip()));
    };
  }

  /** A length from {@code min} to {@code max} km, in km. */
  static Function<String, Double> length(double min, double max) {
    return text -> {
      Matcher matcher = LENGTH.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "'" + text + "' is no length; write a number with km or m, such as 600km");
      }
      double value = Double.parseDouble(matcher.group(1));
      return within(text, matcher.group(2).equals("km") ? value : value / 1000, min, max, "km");
    };
  }

  /** A duration of whole seconds within a range. */
  static Function<String, Duration> seconds(Duration min, Duration max) {
    return text -> {
      Duration duration = Units.duration(text);
      if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "'%s' is out of range; from %s to %s"
                .formatted(text, Units.text(min), Units.text(max)));
      }
      if (duration.toMillis() % 1000 != 0) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a whole number of seconds; write one");
      }
      return duration;
    };
  }

  private static double within(String text, double value, double min, double max, String unit) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "'%s' is out of range; from %s%s to %s%s"
              .formatted(text, plain(min), unit, plain(max), unit));
    }
    return value;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
