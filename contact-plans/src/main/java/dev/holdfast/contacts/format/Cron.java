package dev.holdfast.contacts.format;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * When something recurs, in the five fields of cron: minute, hour, day of the month, month, day of
 * the week (0 and 7 are Sunday), each {@code *}, numbers, names, ranges, lists and steps; or {@code
 * @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly}, {@code @yearly}. UTC. As in cron, a
 * day counts if either of its fields says so where both are given.
 */
final class Cron {
  private static final String HOW =
      "write five fields, minute, hour, day, month, weekday, such as 0 8 * * MON-FRI, or @daily";
  private static final long MINUTE = 60_000L;
  private static final long DAY = 86_400_000L;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean eitherDay;

  private Cron(String[] fields) {
    this.minutes = field(fields[0], 0, 59, List.of());
    this.hours = field(fields[1], 0, 23, List.of());
    this.days = field(fields[2], 1, 31, List.of());
    this.months = field(fields[3], 1, 12, names(Month.values(), 1));
    BitSet week = field(fields[4], 0, 7, names(DayOfWeek.values(), 1));
    if (week.get(7)) {
      week.set(0);
    }
    this.weekdays = week;
    this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none; the message says how to write one
   */
  static Cron parse(String text) {
    String[] fields = written(text).strip().split("\\s+", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException("'" + text + "' is no cron expression; " + HOW);
    }
    return new Cron(fields);
  }

  private static String written(String text) {
    return switch (text) {
      case "@hourly" -> "0 * * * *";
      case "@daily", "@midnight" -> "0 0 * * *";
      case "@weekly" -> "0 0 * * 0";
      case "@monthly" -> "0 0 1 * *";
      case "@yearly", "@annually" -> "0 0 1 1 *";
      default -> text;
    };
  }

  private static List<String> names(Enum<?>[] constants, int from) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < from; i++) {
      names.add("");
    }
    for (Enum<?> constant : constants) {
      names.add(constant.name().substring(0, 3));
    }
    return names;
  }

  private static BitSet field(String text, int least, int most, List<String> names) {
    BitSet set = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", 2);
      int step = stepped.length < 2 ? 1 : number(stepped[1], 1, most, List.of(), text);
      int first = least;
      int last = most;
      if (!stepped[0].equals("*")) {
        String[] ends = stepped[0].split("-", 2);
        first = number(ends[0], least, most, names, text);
        last =
            ends.length == 2
                ? number(ends[1], least, most, names, text)
                : stepped.length == 2 ? most : first;
      }
      if (last < first) {
        throw new IllegalArgumentException("'" + text + "' runs backwards; " + HOW);
      }
      for (int value = first; value <= last; value += step) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, int least, int most, List<String> names, String field) {
    int named = text.isEmpty() ? -1 : names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named;
    }
    int value = text.matches("\\d{1,2}") ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "'%s' in '%s' is none of %d to %d; %s".formatted(text, field, least, most, HOW));
    }
    return value;
  }

  /**
   * The times from {@code first} on and before {@code until}, in Unix milliseconds.
   *
   * @param most at most one more than that
   */
  List<Long> between(long first, long until, int most) {
    List<Long> times = new ArrayList<>();
    long day = Math.floorDiv(first, DAY) * DAY;
    for (; day < until && times.size() <= most; day += DAY) {
      LocalDate date = LocalDate.ofEpochDay(day / DAY);
      if (!matches(date)) {
        continue;
      }
      for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
        for (int minute = minutes.nextSetBit(0);
            minute >= 0;
            minute = minutes.nextSetBit(minute + 1)) {
          long time =
              date.atTime(hour, minute).toInstant(ZoneOffset.UTC).toEpochMilli() / MINUTE * MINUTE;
          if (time >= first && time < until && times.size() <= most) {
            times.add(time);
          }
        }
      }
    }
    return times;
  }

  private boolean matches(LocalDate date) {
    boolean ofMonth = days.get(date.getDayOfMonth());
    boolean ofWeek = weekdays.get(date.getDayOfWeek().getValue() % 7);
    return months.get(date.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
  }
}
