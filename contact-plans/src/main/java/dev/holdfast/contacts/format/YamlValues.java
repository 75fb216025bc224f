package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.Units;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Single values of a YAML plan; each throws {@link IllegalArgumentException} if it is none. */
final class YamlValues {
  /** A rate that holds from some time after the start of a contact on. */
  record RateStep(long afterMillis, long bytesPerSecond) {}

  private YamlValues() {}

  static long lightTime(String text) {
    long millis = Math.ceilDiv(Times.nanos(text), Times.MILLI);
    if (millis > Contact.MAX_OWLT_MILLIS) {
      throw new IllegalArgumentException("'" + text + "' is too long; at most 366d");
    }
    return millis;
  }

  static long rate(String text) {
    long rate = Units.bytesPerSecond(text);
    if (rate > Contact.MAX_BYTES_PER_SECOND) {
      throw new IllegalArgumentException("'" + text + "' is too fast; at most 1000000000000B/s");
    }
    return rate;
  }

  /** A length of time above zero, in milliseconds. */
  static long length(String text) {
    long millis = Times.millis(text);
    if (millis == 0) {
      throw new IllegalArgumentException("'" + text + "' is no time at all; write 30m");
    }
    return millis;
  }

  /** Above 0, at most 1: {@code 0.9} or {@code 90%}. */
  static double confidence(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    double value =
        number.matches("\\d{1,9}(\\.\\d{1,400})?")
            ? new BigDecimal(number).movePointLeft(percent ? 2 : 0).doubleValue()
            : -1;
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no confidence; write 0.9 or 90%, above 0 and at most 1");
    }
    return value;
  }

  /** A share such as {@code 1%}, or a length of time such as {@code 20ms}. */
  static LightTimes.Tolerance tolerance(String text) {
    if (text.endsWith("%")) {
      return new LightTimes.Tolerance(confidence(text), 0);
    }
    return new LightTimes.Tolerance(0, length(text));
  }

  /** The light times of a block: one, or a table over time; empty if there is none. */
  static Optional<LightTimes> lightTimes(Section block, YamlClock clock) {
    if (!block.hasBlock("owlt")) {
      return block.optional("owlt", YamlValues::lightTime).map(LightTimes::constant);
    }
    Section table = block.section("owlt");
    List<LightTimes.Point> points = new ArrayList<>();
    for (Located<String> time : table.names()) {
      long owlt = table.required(time.value(), 0L, YamlValues::lightTime).value();
      try {
        long at = clock.millis(time.value());
        if (!points.isEmpty() && at <= points.getLast().at()) {
          block.refuse(time.at(), "owlt: the times run backwards; sort them");
        } else {
          points.add(new LightTimes.Point(at, owlt));
        }
      } catch (IllegalArgumentException e) {
        block.refuse(time.at(), "owlt: " + e.getMessage());
      }
    }
    table.end();
    return points.isEmpty() ? Optional.empty() : Optional.of(new LightTimes(points));
  }

  /** The rates of a contact: one, or steps after its start. */
  static List<RateStep> rates(Section block) {
    if (!block.hasBlock("rate")) {
      return List.of(new RateStep(0, block.required("rate", 1L, YamlValues::rate).value()));
    }
    Section steps = block.section("rate");
    List<RateStep> rates = new ArrayList<>();
    for (Located<String> time : steps.names()) {
      long rate = steps.required(time.value(), 1L, YamlValues::rate).value();
      try {
        long after = Times.millis(time.value());
        if (rates.isEmpty() ? after != 0 : after <= rates.getLast().afterMillis()) {
          block.refuse(
              time.at(), "rate: steps begin at 0s and run forward; write 0s: 1Mbit/s, 10m: …");
        } else {
          rates.add(new RateStep(after, rate));
        }
      } catch (IllegalArgumentException e) {
        block.refuse(time.at(), "rate: " + e.getMessage());
      }
    }
    steps.end();
    return rates.isEmpty() ? List.of(new RateStep(0, 1)) : rates;
  }
}
