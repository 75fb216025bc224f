package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.Expectation.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run must come to, in words:
 *
 * <pre>{@code
 * delivered >= 99.9%                delivered urgent >= 100%
 * expired <= 1%                     latency p95 expedited <= 2h
 * held bundles <= 1000              held orbiter bytes <= 64MiB
 * transfers-per-delivery <= 3       repetitions <= 0
 * }</pre>
 */
public final class ExpectationText {
  private static final Pattern FORM = Pattern.compile("([^<>=]+?)\\s*(>=|<=)\\s*([^<>=]+)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final List<String> METRICS =
      List.of("delivered", "expired", "latency", "held", "transfers-per-delivery", "repetitions");
  private static final List<String> PERCENTILES = List.of("p50", "p95", "p99", "max");
  private static final double MOST_COUNT = 1e15;
  private static final String HOW =
      "write such as delivered >= 99.9%, latency p95 urgent <= 2h or held bundles <= 1000";

  private ExpectationText() {}

  /** What is looked at, without what it must come to. */
  private record Subject(Metric metric, Optional<TrafficClass> of, Optional<String> node) {
    static Subject of(Metric metric) {
      return new Subject(metric, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The expectation that {@code text} states.
   *
   * @throws IllegalArgumentException if it states none; the message says how to write one
   */
  public static Expectation parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no expectation; " + HOW);
    }
    List<String> words = Arrays.asList(BLANKS.split(form.group(1).strip()));
    Subject subject = subject(Section.oneOf(words.getFirst(), METRICS), rest(words), text);
    return new Expectation(
        subject.metric(),
        subject.of(),
        subject.node(),
        form.group(2).equals(">="),
        value(subject.metric(), form.group(3).strip()),
        text);
  }

  /** Whether {@code one} asks for more than {@code other} allows, of the same thing. */
  static boolean contradict(Expectation one, Expectation other) {
    if (one.atLeast() == other.atLeast()) {
      return false;
    }
    Expectation least = one.atLeast() ? one : other;
    Expectation most = one.atLeast() ? other : one;
    boolean sameThing =
        least.metric() == most.metric()
            || (isLatency(least)
                && isLatency(most)
                && least.metric().compareTo(most.metric()) < 0); // A percentile is no less.
    return sameThing
        && least.trafficClass().equals(most.trafficClass())
        && least.node().equals(most.node())
        && least.value() > most.value();
  }

  private static boolean isLatency(Expectation expectation) {
    return switch (expectation.metric()) {
      case LATENCY_P50, LATENCY_P95, LATENCY_P99, LATENCY_MAX -> true;
      case DELIVERED, EXPIRED, HELD_BYTES, HELD_BUNDLES, TRANSFERS_PER_DELIVERY, REPETITIONS ->
          false;
    };
  }

  private static Subject subject(String metric, List<String> words, String text) {
    return switch (metric) {
      case "delivered" -> byClass(Metric.DELIVERED, words, text);
      case "expired" -> byClass(Metric.EXPIRED, words, text);
      case "latency" -> latency(words, text);
      case "held" -> held(words, text);
      case "transfers-per-delivery" -> alone(Metric.TRANSFERS_PER_DELIVERY, words, text);
      case "repetitions" -> alone(Metric.REPETITIONS, words, text);
      default -> throw new IllegalStateException("no metric: " + metric);
    };
  }

  private static Subject alone(Metric metric, List<String> words, String text) {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("'" + text + "': nothing stands after the first word");
    }
    return Subject.of(metric);
  }

  private static Subject byClass(Metric metric, List<String> words, String text) {
    if (words.size() > 1) {
      throw new IllegalArgumentException("'" + text + "': one class at most; " + HOW);
    }
    return words.isEmpty()
        ? Subject.of(metric)
        : new Subject(
            metric,
            Optional.of(Section.oneOf(words.getFirst(), TrafficClass.class)),
            Optional.empty());
  }

  private static Subject latency(List<String> words, String text) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "'" + text + "': say of how many; latency p50, p95, p99 or max");
    }
    Metric metric =
        switch (Section.oneOf(words.getFirst(), PERCENTILES)) {
          case "p50" -> Metric.LATENCY_P50;
          case "p95" -> Metric.LATENCY_P95;
          case "p99" -> Metric.LATENCY_P99;
          default -> Metric.LATENCY_MAX;
        };
    return byClass(metric, rest(words), text);
  }

  private static Subject held(List<String> words, String text) {
    if (words.isEmpty() || words.size() > 2) {
      throw new IllegalArgumentException(
          "'" + text + "': write held bundles or held bytes, or held NODE bundles");
    }
    Metric metric =
        Section.oneOf(words.getLast(), List.of("bundles", "bytes")).equals("bytes")
            ? Metric.HELD_BYTES
            : Metric.HELD_BUNDLES;
    return new Subject(
        metric,
        Optional.empty(),
        words.size() == 2 ? Optional.of(words.getFirst()) : Optional.empty());
  }

  private static double value(Metric metric, String text) {
    return switch (metric) {
      case DELIVERED, EXPIRED -> Amounts.share(text);
      case LATENCY_P50, LATENCY_P95, LATENCY_P99, LATENCY_MAX ->
          Times.nanos(text) / (double) Times.SECOND;
      case HELD_BYTES -> Units.size(text);
      case HELD_BUNDLES, REPETITIONS -> Section.whole(text, 0, (long) MOST_COUNT);
      case TRANSFERS_PER_DELIVERY -> Amounts.number(0, MOST_COUNT).apply(text);
    };
  }

  private static List<String> rest(List<String> words) {
    return words.subList(1, words.size());
  }
}
