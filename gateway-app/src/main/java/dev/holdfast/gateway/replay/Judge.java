package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.replay.Expectation.Verdict;
import dev.holdfast.gateway.replay.RunResult.Latency;
import dev.holdfast.gateway.replay.RunResult.NodeCourse;
import dev.holdfast.gateway.replay.Track.Fate;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Compares what came of a run with what was expected of it. */
final class Judge {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Ledger ledger;
  private final Recorder recorder;
  private final DeliveryRules deliveries;

  Judge(Ledger ledger, Recorder recorder, DeliveryRules deliveries) {
    this.deliveries = deliveries;
    this.ledger = ledger;
    this.recorder = recorder;
  }

  Verdict judge(Expectation expectation) {
    return expectation.judge(value(expectation));
  }

  private double value(Expectation e) {
    return switch (e.metric()) {
      case DELIVERED -> ledger.fates().share(Fate.DELIVERED, e.trafficClass());
      case EXPIRED -> ledger.fates().share(Fate.EXPIRED, e.trafficClass());
      case LATENCY_P50 -> latency(e, Latency::p50Nanos);
      case LATENCY_P95 -> latency(e, Latency::p95Nanos);
      case LATENCY_P99 -> latency(e, Latency::p99Nanos);
      case LATENCY_MAX -> latency(e, Latency::maxNanos);
      case HELD_BYTES -> held(e, NodeCourse::mostBytes);
      case HELD_BUNDLES -> held(e, NodeCourse::mostBundles);
      case TRANSFERS_PER_DELIVERY ->
          (double) recorder.transfers() / ledger.fates().count(Fate.DELIVERED, Optional.empty());
      case REPETITIONS -> deliveries.repetitions();
    };
  }

  private double latency(Expectation e, ToLongFunction<Latency> which) {
    Distribution all = new Distribution();
    for (Map.Entry<TrafficClass, Distribution> entry : ledger.fates().latencies().entrySet()) {
      if (e.trafficClass().map(entry.getKey()::equals).orElse(true)) {
        all.add(entry.getValue());
      }
    }
    Latency latency = all.latency();
    return latency.count() == 0 ? Double.NaN : which.applyAsLong(latency) / NANOS_PER_SECOND;
  }

  private double held(Expectation e, ToLongFunction<NodeCourse> which) {
    return recorder.courses().stream()
        .filter(c -> e.node().map(c.node()::equals).orElse(true))
        .mapToLong(which)
        .max()
        .orElse(0);
  }
}
