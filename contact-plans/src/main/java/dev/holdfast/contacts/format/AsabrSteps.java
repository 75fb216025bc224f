package dev.holdfast.contacts.format;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a segmented contact of A-SABR says of its rate or of its delay. */
final class AsabrSteps {
  /**
   * A value that holds for a while.
   *
   * @param start DTN time in milliseconds
   * @param end after the start
   * @param value bytes per second, or milliseconds
   */
  record Step(long start, long end, long value) {}

  /** Adjacent steps with a rate and a light time each. */
  record Stretch(long start, long end, long bytesPerSecond, long owltMillis) {}

  private AsabrSteps() {}

  /** Reads {@code [start end value, …]}; empty after a problem was reported. */
  static Optional<List<Step>> read(
      AsabrWords words,
      DecimalWords decimals,
      Findings findings,
      Function<Word, Optional<Long>> value) {
    Word open = words.next();
    if (!open.is("[")) {
      decimals.wrong(open, "list", "[START END VALUE, …]");
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    while (!words.peek().is("]")) {
      if (words.peek().is(",")) {
        words.next();
        continue;
      }
      Word first = words.next();
      Optional<Long> start = decimals.time(first, "start of a segment", RoundingMode.CEILING);
      Optional<Long> end =
          start.flatMap(_ -> decimals.time(words.next(), "end of a segment", RoundingMode.CEILING));
      Optional<Long> read = end.flatMap(_ -> value.apply(words.next()));
      if (start.isEmpty() || end.isEmpty() || read.isEmpty()) {
        return Optional.empty();
      }
      boolean backward = !steps.isEmpty() && start.get() < steps.getLast().end();
      if (backward || end.get() < start.get()) {
        findings.problem(
            first.position(),
            backward
                ? "the segment overlaps the one before it"
                : "the segment ends before it starts",
            "let each one start where the one before it ends");
        return Optional.empty();
      }
      steps.add(new Step(start.get(), end.get(), read.get()));
    }
    words.next();
    return Optional.of(steps);
  }

  /**
   * Where within a window there are both a rate and a light time; alike ones that touch are one.
   */
  static List<Stretch> within(long start, long end, List<Step> rates, List<Step> delays) {
    List<Stretch> stretches = new ArrayList<>();
    int r = 0;
    int d = 0;
    while (r < rates.size() && d < delays.size()) {
      Step rate = rates.get(r);
      Step delay = delays.get(d);
      long from = Math.max(start, Math.max(rate.start(), delay.start()));
      long until = Math.min(end, Math.min(rate.end(), delay.end()));
      if (from < until) {
        add(stretches, new Stretch(from, until, rate.value(), delay.value()));
      }
      if (rate.end() <= delay.end()) {
        r++;
      } else {
        d++;
      }
    }
    return stretches;
  }

  private static void add(List<Stretch> stretches, Stretch next) {
    Stretch last = stretches.isEmpty() ? null : stretches.getLast();
    if (last != null
        && last.end() == next.start()
        && last.bytesPerSecond() == next.bytesPerSecond()
        && last.owltMillis() == next.owltMillis()) {
      stretches.set(
          stretches.size() - 1,
          new Stretch(last.start(), next.end(), next.bytesPerSecond(), next.owltMillis()));
    } else {
      stretches.add(next);
    }
  }
}
