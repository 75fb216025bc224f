package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of a run, for people. Pure. */
final class RunText {
  private static final String FATES = "%-10s %9s %9s %9s %9s %9s %12s %9s";
  private static final String LATENCY = "%-10s %9s %12s %12s %12s %12s";
  private static final long SECOND = 1_000_000_000L;
  private static final int BAR = 24;

  /** What happened last, and so much of each line; JSON has the rest. */
  private static final int BEFORE = 12;

  private static final int LONGEST = 160;

  private RunText() {}

  /**
   * The whole of it, short.
   *
   * @param again the command that repeats it
   */
  static List<String> lines(RunResult result, String again) {
    List<String> lines = new ArrayList<>();
    lines.add(head(result));
    lines.add("");
    fates(result, lines);
    lines.add("");
    latencies(result, lines);
    if (!result.verdicts().isEmpty()) {
      lines.add("");
      result.verdicts().forEach(verdict -> lines.add(verdict(verdict)));
    }
    lines.add("");
    lines.add("hash  " + result.hash());
    lines.add("again " + again);
    return lines;
  }

  private static String head(RunResult result) {
    long real = Math.max(1, result.speed().realNanos());
    return String.format(
        Locale.ROOT,
        "%s, seed %d: %s in %s, %,.0f times as fast; %,d events, %,.0f a second",
        result.scenario(),
        result.seed(),
        span(result.durationNanos()),
        Screen.time(Duration.ofNanos(real)),
        result.durationNanos() / (double) real,
        result.events(),
        result.events() * (double) SECOND / real);
  }

  private static void fates(RunResult result, List<String> lines) {
    RunResult.Totals all = result.totals();
    lines.add(
        FATES.formatted(
            "bundles",
            "created",
            "delivered",
            "held",
            "expired",
            "deleted",
            "lost in crash",
            "excused"));
    lines.add(
        FATES.formatted(
            "",
            all.created(),
            all.delivered(),
            all.held(),
            all.expired(),
            all.deleted(),
            all.bestEffortLost(),
            all.excused()));
    lines.add(
        "  %d refused, %d handed over again, %d duplicates; %d transfers, %d failed, %d fragments; %d crashes"
            .formatted(
                all.refused(),
                all.repetitions(),
                all.duplicates(),
                all.transfers(),
                all.transfersFailed(),
                all.fragments(),
                all.crashes()));
  }

  private static void latencies(RunResult result, List<String> lines) {
    lines.add(LATENCY.formatted("latency", "bundles", "half", "95 of 100", "99 of 100", "all"));
    for (TrafficClass each : List.of(TrafficClass.values()).reversed()) {
      RunResult.Latency latency = result.latencies().get(each);
      if (latency != null) {
        lines.add(
            LATENCY.formatted(
                each.name().toLowerCase(Locale.ROOT),
                latency.count(),
                span(latency.p50Nanos()),
                span(latency.p95Nanos()),
                span(latency.p99Nanos()),
                span(latency.maxNanos())));
      }
    }
  }

  private static String verdict(Expectation.Verdict verdict) {
    return "%s %-44s %s"
        .formatted(
            verdict.met() ? "✓" : "✗",
            verdict.expectation().text(),
            amount(verdict.expectation().metric(), verdict.actual()));
  }

  /** A value of a metric in its unit. */
  static String amount(Expectation.Metric metric, double actual) {
    if (Double.isNaN(actual) || Double.isInfinite(actual)) {
      return "nothing to go by";
    }
    return switch (metric) {
      case DELIVERED, EXPIRED -> String.format(Locale.ROOT, "%.4g%%", actual * 100);
      case LATENCY_P50, LATENCY_P95, LATENCY_P99, LATENCY_MAX -> span(Math.round(actual * SECOND));
      case HELD_BYTES -> Units.sizeText(Math.round(actual));
      case HELD_BUNDLES, REPETITIONS -> String.format(Locale.ROOT, "%.0f", actual);
      case TRANSFERS_PER_DELIVERY -> String.format(Locale.ROOT, "%.2f", actual);
    };
  }

  /**
   * The rule that was broken, with all that repeats it.
   *
   * @param withBefore whether what happened before is told too
   */
  static List<String> broken(RunResult result, String again, boolean withBefore) {
    List<String> lines = new ArrayList<>();
    result
        .violation()
        .ifPresent(
            it -> {
              List<String> before = withBefore ? it.before() : List.of();
              before.stream()
                  .skip(Math.max(0, before.size() - BEFORE))
                  .forEach(line -> lines.add("  " + cut(line)));
              lines.add(
                  "BROKEN %s, seed %d, at %s: %s"
                      .formatted(it.rule(), result.seed(), exact(it.atNanos()), it.what()));
            });
    for (Expectation.Verdict verdict : result.verdicts()) {
      if (!verdict.met()) {
        lines.add(
            "NOT MET %s, seed %d: %s"
                .formatted(
                    verdict.expectation().text(),
                    result.seed(),
                    amount(verdict.expectation().metric(), verdict.actual())));
      }
    }
    lines.add("again " + again);
    return lines;
  }

  /**
   * How far a run is, in one line.
   *
   * @param title what is run
   * @param virtual how far it is, of {@code duration}, in nanoseconds
   * @param events how many so far
   * @param real how long that took, in nanoseconds
   */
  static String progress(String title, long virtual, long duration, long events, long real) {
    double share = duration == 0 ? 1 : Math.clamp(virtual / (double) duration, 0, 1);
    int full = (int) (share * BAR);
    String bar = "=".repeat(full) + (full < BAR ? ">" + " ".repeat(BAR - full - 1) : "");
    double seconds = Math.max(1, real) / (double) SECOND;
    return String.format(
        Locale.ROOT,
        "%s [%s] %3.0f %%  %s of %s  x %,.0f  %,.0f events/s",
        title,
        bar,
        Math.floor(share * 100),
        span(virtual),
        span(duration),
        virtual / (double) SECOND / seconds,
        events / seconds);
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** A time for people, in its two largest units: {@code 3d 4h}. */
  static String span(long nanos) {
    if (nanos < SECOND) {
      return nanos == 0 ? "0 s" : String.format(Locale.ROOT, "%.3g ms", nanos / 1e6);
    }
    long seconds = nanos / SECOND;
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", nanos / (double) SECOND);
    }
    if (seconds < 3_600) {
      return seconds / 60 + "m " + seconds % 60 + "s";
    }
    return seconds < 86_400
        ? seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m"
        : seconds / 86_400 + "d " + seconds % 86_400 / 3_600 + "h";
  }

  /** A time since the start, to the millisecond: {@code +3d 04:05:06.007}. */
  static String exact(long nanos) {
    long millis = nanos / 1_000_000;
    return String.format(
        Locale.ROOT,
        "+%dd %02d:%02d:%02d.%03d",
        millis / 86_400_000,
        millis / 3_600_000 % 24,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }
}
