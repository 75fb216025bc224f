package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.RunResult;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What came of a run, as one line of JSON. Times are seconds. Pure. */
final class RunJson {
  private static final double NANOS_PER_SECOND = 1e9;

  /** So much of each event before a rule was broken: lists of bundles are long. */
  private static final int LONGEST = 1_000;

  private RunJson() {}

  /**
   * The line.
   *
   * @param version which scenario it was, exactly
   * @param again the command that repeats it
   */
  static String line(RunResult result, String version, String again) {
    return JsonText.line(
        out -> {
          out.writeStringProperty("scenario", result.scenario());
          out.writeStringProperty("version", version);
          out.writeNumberProperty("seed", result.seed());
          out.writeBooleanProperty("passed", result.passed());
          out.writeNumberProperty("duration_s", seconds(result.durationNanos()));
          out.writeStringProperty("hash", result.hash());
          out.writeNumberProperty("events", result.events());
          out.writeNumberProperty("real_s", seconds(result.speed().realNanos()));
          totals(out, result.totals());
          out.writeObjectPropertyStart("latency");
          result.latencies().forEach((each, latency) -> latency(out, word(each), latency));
          out.writeEndObject();
          out.writeArrayPropertyStart("verdicts");
          result.verdicts().forEach(verdict -> verdict(out, verdict));
          out.writeEndArray();
          result.violation().ifPresent(broken -> violation(out, broken));
          out.writeStringProperty("again", again);
        });
  }

  private static void totals(JsonGenerator out, RunResult.Totals totals) {
    out.writeObjectPropertyStart("bundles");
    out.writeNumberProperty("created", totals.created());
    out.writeNumberProperty("delivered", totals.delivered());
    out.writeNumberProperty("held", totals.held());
    out.writeNumberProperty("expired", totals.expired());
    out.writeNumberProperty("deleted", totals.deleted());
    out.writeNumberProperty("best_effort_lost", totals.bestEffortLost());
    out.writeNumberProperty("excused", totals.excused());
    out.writeNumberProperty("refused", totals.refused());
    out.writeNumberProperty("repetitions", totals.repetitions());
    out.writeNumberProperty("duplicates", totals.duplicates());
    out.writeNumberProperty("transfers", totals.transfers());
    out.writeNumberProperty("transfers_failed", totals.transfersFailed());
    out.writeNumberProperty("fragments", totals.fragments());
    out.writeNumberProperty("crashes", totals.crashes());
    out.writeEndObject();
  }

  private static void latency(JsonGenerator out, String name, RunResult.Latency latency) {
    out.writeObjectPropertyStart(name);
    out.writeNumberProperty("count", latency.count());
    out.writeNumberProperty("p50_s", seconds(latency.p50Nanos()));
    out.writeNumberProperty("p95_s", seconds(latency.p95Nanos()));
    out.writeNumberProperty("p99_s", seconds(latency.p99Nanos()));
    out.writeNumberProperty("max_s", seconds(latency.maxNanos()));
    out.writeEndObject();
  }

  private static void verdict(JsonGenerator out, Expectation.Verdict verdict) {
    out.writeStartObject();
    out.writeStringProperty("expect", verdict.expectation().text());
    if (Double.isFinite(verdict.actual())) {
      out.writeNumberProperty("actual", verdict.actual());
    } else {
      out.writeNullProperty("actual");
    }
    out.writeBooleanProperty("met", verdict.met());
    out.writeEndObject();
  }

  private static void violation(JsonGenerator out, RunResult.Broken broken) {
    out.writeObjectPropertyStart("violation");
    out.writeStringProperty("rule", broken.rule());
    out.writeNumberProperty("at_s", seconds(broken.atNanos()));
    out.writeStringProperty("what", broken.what());
    out.writeArrayPropertyStart("before");
    broken.before().forEach(line -> out.writeString(cut(line)));
    out.writeEndArray();
    out.writeEndObject();
  }

  private static String cut(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }
}
