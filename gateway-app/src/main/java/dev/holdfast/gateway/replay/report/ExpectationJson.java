package dev.holdfast.gateway.replay.report;

import dev.holdfast.gateway.replay.Expectation;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One expectation and what came of it. Pure. */
final class ExpectationJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private ExpectationJson() {}

  static ObjectNode of(Expectation.Verdict verdict) {
    Expectation expected = verdict.expectation();
    ObjectNode node = MAPPER.createObjectNode();
    node.put("text", expected.text());
    node.put("metric", expected.metric().name().toLowerCase(Locale.ROOT));
    expected
        .trafficClass()
        .ifPresent(one -> node.put("class", one.name().toLowerCase(Locale.ROOT)));
    expected.node().ifPresent(one -> node.put("node", one));
    node.put("unit", unit(expected.metric()));
    node.put("bound", expected.atLeast() ? "at_least" : "at_most");
    number(node, "expected", expected.value());
    number(node, "actual", verdict.actual());
    node.put("met", verdict.met());
    return node;
  }

  /** JSON has no word for what is not a number; it is left out. */
  private static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, Quantity.exactly(value));
    }
  }

  private static String unit(Expectation.Metric metric) {
    return switch (metric) {
      case DELIVERED, EXPIRED -> "share";
      case LATENCY_P50, LATENCY_P95, LATENCY_P99, LATENCY_MAX -> "s";
      case HELD_BYTES -> "bytes";
      case HELD_BUNDLES, REPETITIONS -> "bundles";
      case TRANSFERS_PER_DELIVERY -> "transfers";
    };
  }
}
