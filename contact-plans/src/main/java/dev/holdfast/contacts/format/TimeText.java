package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people and plan files write them. Absolute times are UTC without leap seconds; relative
 * ones are seconds with up to three decimals.
 */
public final class TimeText {
  /** What a time in a plan file may look like, for messages. */
  static final String FORMS = "write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS";

  private static final Pattern ABSOLUTE =
      Pattern.compile(
          "(\\d{4})/(\\d{1,2})/(\\d{1,2})-(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,3}))?");
  private static final DateTimeFormatter ION =
      DateTimeFormatter.ofPattern("uuuu/MM/dd-HH:mm:ss", Locale.ROOT);

  /** A time token: what it says, or what is wrong with it. */
  sealed interface Token {
    /**
     * An instant.
     *
     * @param dtnMillis DTN time, 0 up to {@link Contact#LATEST_END}
     */
    record Absolute(long dtnMillis) implements Token {}

    /**
     * So long after some reference.
     *
     * @param millis not negative
     */
    record Relative(long millis) implements Token {}

    /**
     * No time.
     *
     * @param why a few words
     */
    record Wrong(String why) implements Token {}
  }

  private TimeText() {}

  /** Reads {@code +SECONDS} or {@code yyyy/mm/dd-hh:mm:ss}. */
  static Token token(String text) {
    if (text.startsWith("+")) {
      Optional<Long> millis = IonNumber.millis(text.substring(1));
      return millis.isPresent()
          ? new Token.Relative(millis.get())
          : new Token.Wrong("no number of seconds after the +");
    }
    Matcher matcher = ABSOLUTE.matcher(text);
    if (!matcher.matches()) {
      return new Token.Wrong("neither a date nor +SECONDS");
    }
    try {
      String fraction = matcher.group(7) == null ? "" : matcher.group(7);
      int millis = Integer.parseInt((fraction + "000").substring(0, 3));
      Instant instant =
          LocalDateTime.of(
                  field(matcher, 1),
                  field(matcher, 2),
                  field(matcher, 3),
                  field(matcher, 4),
                  field(matcher, 5),
                  field(matcher, 6))
              .toInstant(ZoneOffset.UTC);
      return within(instant.toEpochMilli() + millis - DtnTime.EPOCH_UNIX_MILLIS);
    } catch (DateTimeException noSuchDate) {
      return new Token.Wrong("no such date or time of day");
    }
  }

  private static int field(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static Token within(long dtnMillis) {
    return dtnMillis < 0 || dtnMillis > Contact.LATEST_END.millis()
        ? new Token.Wrong("not within the years 2000 to 2249")
        : new Token.Absolute(dtnMillis);
  }

  /**
   * Reads a time as a person gives it to a command: {@code +SECONDS} after the epoch, {@code
   * yyyy/mm/dd-hh:mm:ss}, or ISO 8601 as {@code 2026-12-01T00:00:00Z}. Empty for anything else, and
   * for a relative time without epoch.
   */
  public static Optional<DtnTime> parse(String text, Epoch epoch) {
    return switch (token(text)) {
      case Token.Absolute(long dtnMillis) -> Optional.of(new DtnTime(dtnMillis));
      case Token.Relative(long millis) -> after(epoch, millis);
      case Token.Wrong _ -> iso(text);
    };
  }

  private static Optional<DtnTime> after(Epoch epoch, long millis) {
    return switch (epoch) {
      case Epoch.None _ -> Optional.empty();
      case Epoch.Floating _ -> Optional.of(new DtnTime(millis));
      case Epoch.At(long dtnMillis) ->
          Optional.of(dtnMillis + millis)
              .filter(sum -> sum >= 0 && sum <= Contact.LATEST_END.millis())
              .map(DtnTime::new);
    };
  }

  private static Optional<DtnTime> iso(String text) {
    try {
      long millis = Instant.parse(text).toEpochMilli() - DtnTime.EPOCH_UNIX_MILLIS;
      return within(millis) instanceof Token.Absolute(long dtnMillis)
          ? Optional.of(new DtnTime(dtnMillis))
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException noTime) {
      return Optional.empty();
    }
  }

  /** ISO 8601 in UTC, with milliseconds only where there are some. */
  public static String iso(DtnTime time) {
    return time.toInstant().toString();
  }

  /** {@code yyyy/mm/dd-hh:mm:ss}, with milliseconds only where there are some. */
  static String ion(DtnTime time) {
    long millis = time.millis() % 1000;
    String fraction = millis == 0 ? "" : trimZeros(".%03d".formatted(millis));
    return ION.format(time.toInstant().atOffset(ZoneOffset.UTC)) + fraction;
  }

  /** Milliseconds as seconds, without needless zeros: {@code 12}, {@code 12.5}, {@code -0.04}. */
  public static String seconds(long millis) {
    return decimalSeconds(millis).toPlainString();
  }

  /** Milliseconds as a decimal number of seconds, without needless zeros. */
  public static BigDecimal decimalSeconds(long millis) {
    BigDecimal seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  /** A length of time for people: {@code 45 s}, {@code 5m 20s}, {@code 2d 03h}. */
  public static String span(long millis) {
    if (millis < 60_000) {
      return seconds(millis) + " s";
    }
    long total = millis / 1000;
    if (total < 3_600) {
      return "%dm %02ds".formatted(total / 60, total % 60);
    }
    if (total < 86_400) {
      return "%dh %02dm".formatted(total / 3_600, total / 60 % 60);
    }
    return "%dd %02dh".formatted(total / 86_400, total / 3_600 % 24);
  }

  private static String trimZeros(String fraction) {
    int end = fraction.length();
    while (fraction.charAt(end - 1) == '0') {
      end--;
    }
    return fraction.substring(0, end);
  }
}
