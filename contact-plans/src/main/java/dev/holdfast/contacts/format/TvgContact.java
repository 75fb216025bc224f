package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One contact of dtn-tvg-util JSON, in any of its three forms, checked and made exact. */
final class TvgContact {
  private static final String FORM =
      "expected [from, to, start, end, [[valid_from, probability, [[time, bit_rate, delay], …]]]],"
          + " [from, to, start, end, [[valid_from, volume]], probability, delay] or [start, end,"
          + " probability]";
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal BITS = BigDecimal.valueOf(8);
  private static final long UNLIMITED = 125_000_000L;

  /** More digits than any time or volume has, so that rounding one cannot cost much. */
  private static final int MOST_DIGITS = 40;

  /** What holds from some time on within a contact. */
  private record Stretch(long startMillis, long bytesPerSecond, long owltMillis) {}

  private final TvgReader reader;
  private final TvgItem.Items array;
  private boolean broken;
  private boolean rounded;

  TvgContact(TvgReader reader, TvgItem.Items array) {
    this.reader = reader;
    this.array = array;
  }

  /** Whether a time or light time was finer than a millisecond. */
  boolean isRounded() {
    return rounded;
  }

  /**
   * The contacts that it is; none after a problem was reported, or if it was left out.
   *
   * @param pair the two nodes of its edge, for the form without
   */
  List<TvgDeclared> declared(List<String> pair) {
    List<TvgItem> items = array.items();
    if (items.size() == 3 && pair.size() == 2) {
      return legacy(items, pair);
    }
    if ((items.size() == 5 || items.size() == 7)
        && items.get(0) instanceof TvgItem.Name(String from, Position _)
        && items.get(1) instanceof TvgItem.Name(String to, Position _)
        && items.get(4) instanceof TvgItem.Items(List<TvgItem> generations, Position _)
        && !generations.isEmpty()
        && generations.getFirst() instanceof TvgItem.Items(List<TvgItem> first, Position _)) {
      if (generations.size() > 1) {
        reader.laterGenerations(array.position());
      }
      return items.size() == 5 ? second(from, to, items, first) : first(from, to, items, first);
    }
    reader.problem(array.position(), "this is no contact", FORM);
    return List.of();
  }

  private List<TvgDeclared> legacy(List<TvgItem> items, List<String> pair) {
    long start = time(items.get(0), RoundingMode.CEILING);
    long end = time(items.get(1), RoundingMode.FLOOR);
    Optional<Double> confidence = confidence(items.get(2));
    reader.withoutRate(array.position());
    List<Stretch> whole = List.of(new Stretch(start, UNLIMITED, 0));
    List<TvgDeclared> both = new ArrayList<>();
    both.addAll(stretches(pair.get(0), pair.get(1), whole, end, confidence));
    both.addAll(stretches(pair.get(1), pair.get(0), whole, end, confidence));
    return both;
  }

  /** With a volume for each generation. */
  private List<TvgDeclared> first(
      String from, String to, List<TvgItem> items, List<TvgItem> generation) {
    long start = time(items.get(2), RoundingMode.CEILING);
    long end = time(items.get(3), RoundingMode.FLOOR);
    Optional<Double> confidence = confidence(items.get(5));
    long owlt = owlt(items.get(6));
    long rate = 1;
    if (generation.size() != 2) {
      problem(array.position(), "the contact has no volume", FORM);
    } else if (!broken && end > start) {
      BigDecimal length = number(items.get(3)).subtract(number(items.get(2)));
      BigDecimal volume = number(generation.get(1));
      // Volumes come from binary fractions; the rate they were made from is whole.
      BigDecimal bits = volume.divide(length, MathContext.DECIMAL64);
      rate = rate(bits.setScale(0, RoundingMode.HALF_EVEN), generation.get(1));
    }
    return stretches(from, to, List.of(new Stretch(start, rate, owlt)), end, confidence);
  }

  /** With rates and light times that may change while it lasts. */
  private List<TvgDeclared> second(
      String from, String to, List<TvgItem> items, List<TvgItem> generation) {
    long start = time(items.get(2), RoundingMode.CEILING);
    long end = time(items.get(3), RoundingMode.FLOOR);
    if (generation.size() != 3
        || !(generation.get(2) instanceof TvgItem.Items(List<TvgItem> values, Position _))
        || values.isEmpty()) {
      problem(array.position(), "the contact has no rates", FORM);
      return List.of();
    }
    Optional<Double> confidence = confidence(generation.get(1));
    List<Stretch> stretches = new ArrayList<>();
    for (TvgItem value : values) {
      if (value instanceof TvgItem.Items(List<TvgItem> parts, Position _) && parts.size() == 3) {
        // The first one holds from the start, whatever its time says.
        long from0 = stretches.isEmpty() ? start : time(parts.get(0), RoundingMode.CEILING);
        BigDecimal bits = number(parts.get(1));
        Stretch stretch = new Stretch(from0, rate(bits, parts.get(1)), owlt(parts.get(2)));
        if (!stretches.isEmpty() && from0 < stretches.getLast().startMillis()) {
          problem(value.position(), "the times of the rates run backwards", "sort them by time");
        }
        stretches.add(stretch);
      } else {
        problem(value.position(), "this is no rate", "expected [time, bit_rate, delay]");
      }
    }
    return stretches(from, to, stretches, end, confidence);
  }

  private List<TvgDeclared> stretches(
      String from, String to, List<Stretch> stretches, long end, Optional<Double> confidence) {
    if (broken || confidence.isEmpty() || from.equals(to)) {
      return List.of();
    }
    long start = stretches.getFirst().startMillis();
    if (end <= start) {
      reader.noWindow(array.items().get(array.items().size() == 3 ? 1 : 3).position(), end, start);
      return List.of();
    }
    List<TvgDeclared> contacts = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      Stretch stretch = stretches.get(i);
      long until =
          i + 1 < stretches.size() ? Math.min(end, stretches.get(i + 1).startMillis()) : end;
      if (until > stretch.startMillis()) {
        contacts.add(
            new TvgDeclared(
                from,
                to,
                new Declared(
                    TvgDeclared.NOBODY,
                    TvgDeclared.NOBODY,
                    stretch.startMillis(),
                    until,
                    stretch.bytesPerSecond(),
                    stretch.owltMillis(),
                    confidence.get(),
                    array.position())));
      }
    }
    return contacts;
  }

  private long time(TvgItem item, RoundingMode rounding) {
    reader.checkEpoch(item.position());
    long millis = millis(item, rounding) + reader.epochMillis();
    if (!broken && (millis < 0 || millis > Contact.LATEST_END.millis())) {
      problem(
          item.position(),
          "the time is not within the years 2000 to 2249",
          "look at the epoch that the times count from");
    }
    return millis;
  }

  private long owlt(TvgItem item) {
    long millis = millis(item, RoundingMode.CEILING);
    if (!broken && (millis < 0 || millis > Contact.MAX_OWLT_MILLIS)) {
      problem(item.position(), "the delay is out of range", "expected 0 up to 31622400 s");
    }
    return millis;
  }

  private long millis(TvgItem item, RoundingMode rounding) {
    BigDecimal exact = number(item).multiply(THOUSAND);
    BigDecimal whole = exact.setScale(0, rounding);
    rounded |= whole.compareTo(exact) != 0;
    if (whole.precision() > 17) {
      problem(item.position(), "the number is out of range", "expected seconds");
      return 0;
    }
    return whole.longValueExact();
  }

  private long rate(BigDecimal bits, TvgItem at) {
    BigDecimal bytes = bits.divide(BITS, MathContext.DECIMAL64).setScale(0, RoundingMode.FLOOR);
    if (broken) {
      return 1;
    }
    if (bytes.signum() <= 0
        || bytes.compareTo(BigDecimal.valueOf(Contact.MAX_BYTES_PER_SECOND)) > 0) {
      problem(
          at.position(),
          "the rate is out of range",
          "expected 8 bits per second up to 10^12 bytes per second");
      return 1;
    }
    return bytes.longValueExact();
  }

  /** Empty for a contact that does not happen, which is left out. */
  private Optional<Double> confidence(TvgItem item) {
    double value = number(item).doubleValue();
    if (!broken && (value < 0 || value > 1)) {
      problem(item.position(), "the probability is out of range", "expected 0 up to 1");
    }
    if (value == 0 && !broken) {
      reader.impossible(array.position());
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** The number of an item; zero after a problem was reported. */
  private BigDecimal number(TvgItem item) {
    if (item instanceof TvgItem.Amount(BigDecimal value, Position _)) {
      if (Math.abs((long) value.precision() - value.scale()) <= MOST_DIGITS
          && Math.abs(value.scale()) <= 2 * MOST_DIGITS) {
        return value;
      }
    }
    problem(item.position(), "this is no number of a contact", FORM);
    return BigDecimal.ZERO;
  }

  private void problem(Position at, String what, String mend) {
    if (!broken) {
      broken = true;
      reader.problem(at, what, mend);
    }
  }
}
