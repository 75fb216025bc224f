package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.format.TimeText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round instants along the axis of time, in UTC or, in a plan without epoch, after its zero.
 *
 * @param ticks the round instants, ascending
 * @param eras what the ticks do not say: the date of hours, the year of days, from where on
 */
record Axis(List<Tick> ticks, List<Tick> eras) {
  private static final long EPOCH = DtnTime.EPOCH_UNIX_MILLIS;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** 2000-01-03 was a Monday. */
  private static final long MONDAY = 2 * DAY;

  private static final List<Long> WITHIN_A_DAY =
      List.of(
          1L,
          2L,
          5L,
          10L,
          20L,
          50L,
          100L,
          200L,
          500L,
          SECOND,
          2 * SECOND,
          5 * SECOND,
          10 * SECOND,
          15 * SECOND,
          30 * SECOND,
          MINUTE,
          2 * MINUTE,
          5 * MINUTE,
          10 * MINUTE,
          15 * MINUTE,
          30 * MINUTE,
          HOUR,
          2 * HOUR,
          3 * HOUR,
          6 * HOUR,
          12 * HOUR);

  private static final List<Long> DAYS = List.of(1L, 2L, 7L, 14L);
  private static final List<Long> ROUND_DAYS =
      List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L);
  private static final List<Integer> MONTHS =
      List.of(1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000);
  private static final List<String> NAMES =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /**
   * A mark on the axis.
   *
   * @param millis where, DTN milliseconds
   * @param label what stands there
   */
  record Tick(long millis, String label) {}

  private record Unit(long millis, String name) {}

  Axis {
    ticks = List.copyOf(ticks);
    eras = List.copyOf(eras);
  }

  /**
   * The axis of a window.
   *
   * @param apart how far two ticks are apart at least, in units of the scale
   */
  static Axis of(Scale scale, double apart, boolean floating) {
    long least = (long) Math.ceil(Math.max(1, scale.millis() * apart / scale.width()));
    for (long step : WITHIN_A_DAY) {
      if (step >= least) {
        return floating ? after(scale, step) : hours(scale, step, apart);
      }
    }
    for (long days : floating ? ROUND_DAYS : DAYS) {
      if (days * DAY >= least) {
        return floating ? after(scale, days * DAY) : days(scale, days, apart);
      }
    }
    return floating ? after(scale, Math.ceilDiv(least, DAY) * DAY) : months(scale, least, apart);
  }

  private static Axis after(Scale scale, long step) {
    List<Tick> ticks = new ArrayList<>();
    for (long at = next(scale.from(), step, 0); at <= scale.until(); at += step) {
      ticks.add(new Tick(at, "+" + span(at)));
    }
    return new Axis(ticks, List.of());
  }

  /** A length of time in the one or two units it needs: {@code 90s} is {@code 1m30s}. */
  private static String span(long millis) {
    if (millis == 0) {
      return "0";
    }
    StringBuilder text = new StringBuilder();
    long rest = millis;
    for (Unit unit : List.of(new Unit(DAY, "d"), new Unit(HOUR, "h"), new Unit(MINUTE, "m"))) {
      if (rest >= unit.millis) {
        text.append(rest / unit.millis).append(unit.name);
        rest %= unit.millis;
      }
    }
    return rest == 0 ? text.toString() : text + TimeText.seconds(rest) + "s";
  }

  private static Axis hours(Scale scale, long step, double apart) {
    List<Tick> ticks = new ArrayList<>();
    for (long at = next(scale.from(), step, 0); at <= scale.until(); at += step) {
      LocalDateTime time = utc(at);
      String label = String.format(Locale.ROOT, "%02d:%02d", time.getHour(), time.getMinute());
      if (step < MINUTE) {
        label += String.format(Locale.ROOT, ":%02d", time.getSecond());
      }
      if (step < SECOND) {
        label += String.format(Locale.ROOT, ".%03d", at % SECOND);
      }
      ticks.add(new Tick(at, label));
    }
    List<Tick> eras = new ArrayList<>();
    long day = Math.floorDiv(scale.from(), DAY) * DAY;
    // As many midnights as the ticks can tell apart.
    for (long at = day; at <= scale.until(); at += DAY) {
      era(scale, apart, eras, new Tick(at, utc(at).toLocalDate().toString()));
    }
    return new Axis(ticks, eras);
  }

  private static Axis days(Scale scale, long days, double apart) {
    List<Tick> ticks = new ArrayList<>();
    long step = days * DAY;
    for (long at = next(scale.from(), step, days >= 7 ? MONDAY : 0);
        at <= scale.until();
        at += step) {
      LocalDateTime time = utc(at);
      ticks.add(new Tick(at, time.getDayOfMonth() + " " + NAMES.get(time.getMonthValue() - 1)));
    }
    return new Axis(ticks, years(scale, apart));
  }

  private static Axis months(Scale scale, long least, double apart) {
    long most = Math.ceilDiv(least, 28 * DAY);
    int step =
        MONTHS.stream().filter(months -> months >= most).findFirst().orElse(MONTHS.getLast());
    boolean years = step >= 12;
    List<Tick> ticks = new ArrayList<>();
    LocalDate first = utc(scale.from()).toLocalDate().withDayOfMonth(1);
    long count = first.getYear() * 12L + first.getMonthValue() - 1;
    for (long month = Math.floorDiv(count, step) * step; ; month += step) {
      LocalDate date = LocalDate.of((int) (month / 12), (int) (month % 12) + 1, 1);
      long at = millis(date);
      if (at > scale.until()) {
        break;
      }
      if (at >= scale.from()) {
        ticks.add(
            new Tick(
                at,
                years ? Integer.toString(date.getYear()) : NAMES.get(date.getMonthValue() - 1)));
      }
    }
    return new Axis(ticks, years ? List.of() : years(scale, apart));
  }

  private static List<Tick> years(Scale scale, double apart) {
    List<Tick> eras = new ArrayList<>();
    for (int year = utc(scale.from()).getYear(); ; year++) {
      long at = millis(LocalDate.of(year, 1, 1));
      if (at > scale.until()) {
        return eras;
      }
      era(scale, apart, eras, new Tick(at, Integer.toString(year)));
    }
  }

  /**
   * Adds an era with room for its label; one that began before the window starts with it, unless
   * the next is too near.
   */
  private static void era(Scale scale, double apart, List<Tick> eras, Tick era) {
    Tick shown = new Tick(Math.max(scale.from(), era.millis()), era.label());
    if (!eras.isEmpty() && scale.x(shown.millis()) - scale.x(eras.getLast().millis()) < apart) {
      eras.removeLast();
    }
    if (eras.isEmpty() || scale.width() - scale.x(shown.millis()) > apart) {
      eras.add(shown);
    }
  }

  private static long next(long from, long step, long offset) {
    return Math.ceilDiv(from - offset, step) * step + offset;
  }

  private static LocalDateTime utc(long dtnMillis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(dtnMillis + EPOCH), ZoneOffset.UTC);
  }

  private static long millis(LocalDate date) {
    return ChronoUnit.DAYS.between(LocalDate.of(2000, 1, 1), date) * DAY;
  }
}
