package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.replay.CaptureComparison;
import dev.holdfast.gateway.replay.CaptureComparison.Difference;
import dev.holdfast.gateway.replay.CapturedGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of the replay of a capture, for people. Pure. */
final class CaptureRunText {
  private static final String ROW = "%-22s %6d  %s";

  /** So many differences are told; JSON has all. */
  private static final int SHOWN = 20;

  private CaptureRunText() {}

  /** The whole of it, short. */
  static List<String> lines(CaptureRun run) {
    List<String> lines = new ArrayList<>();
    lines.add(head(run));
    CaptureComparison all = run.end().comparison();
    lines.add(ROW.formatted("neighbours sent", all.sent(), all.taken() + " taken again"));
    lines.add(
        ROW.formatted(
            "of these, forwarded",
            all.forwarded(),
            all.again() + " forwarded again, the same in id and payload"));
    count(lines, "its own", all.own(), "sent by the node itself; not sent again, not compared");
    count(lines, "besides", all.besides(), "forwarded now; the capture does not show it then");
    count(lines, "no bundles", all.noBundles(), "bytes from neighbours that are no bundle");
    count(
        lines,
        "not heard",
        all.unheard(),
        "forwarded then to where nobody listens now, not compared; see --listen");
    switch (run.end()) {
      case CaptureRun.End.Virtual(var outcome) ->
          lines.add(
              ROW.formatted(
                  "held at the end",
                  outcome.own().size() + outcome.waiting().size(),
                  outcome.own().size()
                      + " for its applications, "
                      + outcome.waiting().size()
                      + " for others"));
      case CaptureRun.End.Live(_, var outcome) -> {
        count(
            lines,
            "expired",
            outcome.expired(),
            "their lifetime is over by now, so none goes on; replay without --connect, in its own time");
        count(
            lines,
            "known",
            outcome.known(),
            "the gateway had them already; replay to one whose store is empty");
      }
    }
    return lines;
  }

  private static void count(List<String> lines, String what, long count, String means) {
    if (count > 0) {
      lines.add(ROW.formatted(what, count, means));
    }
  }

  private static String head(CaptureRun run) {
    CapturedGateway capture = run.capture();
    long first = capture.events().isEmpty() ? 0 : capture.events().getFirst().nanos();
    int others = capture.neighbours().size();
    String how =
        switch (run.end()) {
          case CaptureRun.End.Virtual _ -> "in virtual time";
          case CaptureRun.End.Live(var settings, _) ->
              settings.connect().map(HostPort::toString).map("to "::concat).orElse("over sockets")
                  + (settings.speed() == 1 ? "" : " at " + number(settings.speed()) + " x");
        };
    return "%s: node %s (%s) with %d neighbour%s, %s%s; replayed %s in %s"
        .formatted(
            run.file(),
            capture.name(),
            capture.id(capture.name()),
            others,
            others == 1 ? "" : "s",
            RunText.span(capture.lastNanos() - first),
            capture.epoch().map(at -> " from " + at.toInstant()).orElse(""),
            how,
            Screen.time(Duration.ofNanos(run.realNanos())));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  /** Whether it is the same, and what is not. */
  static List<String> verdict(CaptureRun run) {
    List<Difference> differences = run.end().comparison().differences();
    if (differences.isEmpty()) {
      return List.of("the same");
    }
    List<String> lines = new ArrayList<>();
    for (Difference one : differences.subList(0, Math.min(SHOWN, differences.size()))) {
      lines.add(
          "%s %s: %s%s"
              .formatted(
                  one.kind().words(),
                  one.neighbour(),
                  one.what(),
                  one.why().isEmpty() ? "" : " (" + one.why() + ")"));
    }
    if (differences.size() > SHOWN) {
      lines.add("and " + (differences.size() - SHOWN) + " more; --json tells all");
    }
    lines.add("DIFFERS in " + differences.size());
    return lines;
  }

  /** How far a replay over sockets is, in one line. */
  static String progress(String file, long nanos, long ofNanos, long taken, long got) {
    return "%s  %s of %s  %d taken, %d forwarded"
        .formatted(file, RunText.span(nanos), RunText.span(ofNanos), taken, got);
  }
}
