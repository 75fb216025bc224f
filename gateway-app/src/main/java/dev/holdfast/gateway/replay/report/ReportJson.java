package dev.holdfast.gateway.replay.report;

import dev.holdfast.gateway.replay.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run as JSON, one thing a line so that two runs can be compared line by line. Field by field in
 * {@code docs/replay-report.md}. Pure.
 */
final class ReportJson {
  static final int VERSION = 1;

  private static final Comparator<RunResult.ContactUse> BY_BEGINNING =
      Comparator.comparingLong(RunResult.ContactUse::fromNanos)
          .thenComparingLong(RunResult.ContactUse::toNanos)
          .thenComparing(RunResult.ContactUse::link);

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final List<String> members = new ArrayList<>();

  private ReportJson() {}

  static String document(RunResult result, String command) {
    ReportJson json = new ReportJson();
    json.head(result, command);
    json.outcome(result);
    json.courses(result);
    // Last, and the only part that another run of the same seed need not repeat.
    json.member("speed", speed(result));
    return "{\n" + String.join(",\n", json.members) + "\n}\n";
  }

  private void head(RunResult result, String command) {
    ObjectNode head = MAPPER.createObjectNode();
    head.put("format", "holdfast-replay-report");
    head.put("version", VERSION);
    head.put("scenario", result.scenario());
    // As text: many readers of JSON keep no more than 53 bits of a number.
    head.put("seed", Long.toString(result.seed()));
    head.put("command", command);
    head.put("passed", result.passed());
    head.put("duration_s", Quantity.seconds(result.durationNanos()));
    head.put("events", result.events());
    head.put("hash", result.hash());
    head.properties().forEach(field -> member(field.getKey(), field.getValue()));
    result.violation().ifPresent(broken -> member("violation", violation(broken)));
  }

  private void outcome(RunResult result) {
    list("expectations", result.verdicts().stream().map(ExpectationJson::of));
    member("totals", totals(result.totals()));
    // In the order of the enum, whatever order the map has.
    list(
        "latencies",
        result.latencies().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> latency(entry.getKey().name(), entry.getValue())));
  }

  private void courses(RunResult result) {
    list("contacts", result.contacts().stream().sorted(BY_BEGINNING).map(ReportJson::contact));
    member("contacts_left_out", MAPPER.getNodeFactory().numberNode(result.contactsLeftOut()));
    list("faults", result.faults().stream().map(ReportJson::fault));
    list("nodes", result.nodes().stream().map(ReportJson::node));
  }

  private void member(String name, JsonNode value) {
    members.add("\"" + name + "\": " + value);
  }

  private void list(String name, Stream<ObjectNode> items) {
    List<String> lines = items.map(ObjectNode::toString).toList();
    members.add(
        "\""
            + name
            + "\": "
            + (lines.isEmpty() ? "[]" : "[\n  " + String.join(",\n  ", lines) + "\n]"));
  }

  private static ObjectNode violation(RunResult.Broken broken) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("rule", broken.rule());
    node.put("at_s", Quantity.seconds(broken.atNanos()));
    node.put("what", broken.what());
    ArrayNode before = node.putArray("before");
    broken.before().forEach(before::add);
    return node;
  }

  private static ObjectNode totals(RunResult.Totals totals) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("created", totals.created());
    node.put("delivered", totals.delivered());
    node.put("held", totals.held());
    node.put("expired", totals.expired());
    node.put("deleted", totals.deleted());
    node.put("best_effort_lost", totals.bestEffortLost());
    node.put("excused", totals.excused());
    node.put("refused", totals.refused());
    node.put("repetitions", totals.repetitions());
    node.put("duplicates", totals.duplicates());
    node.put("transfers", totals.transfers());
    node.put("transfers_failed", totals.transfersFailed());
    node.put("fragments", totals.fragments());
    node.put("crashes", totals.crashes());
    return node;
  }

  private static ObjectNode latency(String name, RunResult.Latency latency) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("class", name.toLowerCase(Locale.ROOT));
    node.put("count", latency.count());
    node.put("p50_s", Quantity.seconds(latency.p50Nanos()));
    node.put("p95_s", Quantity.seconds(latency.p95Nanos()));
    node.put("p99_s", Quantity.seconds(latency.p99Nanos()));
    node.put("max_s", Quantity.seconds(latency.maxNanos()));
    ArrayNode bars = node.putArray("bars");
    for (RunResult.Bar bar : latency.bars()) {
      ObjectNode one = bars.addObject();
      one.put("to_s", Quantity.seconds(bar.toNanos()));
      one.put("count", bar.count());
    }
    return node;
  }

  private static ObjectNode contact(RunResult.ContactUse contact) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("link", contact.link());
    node.put("from_s", Quantity.seconds(contact.fromNanos()));
    node.put("to_s", Quantity.seconds(contact.toNanos()));
    if (contact.capacityBytes() >= 0) {
      node.put("capacity_bytes", contact.capacityBytes());
    }
    node.put("carried_bytes", contact.carriedBytes());
    return node;
  }

  private static ObjectNode fault(RunResult.Mark fault) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("at_s", Quantity.seconds(fault.atNanos()));
    node.put("for_s", Quantity.seconds(fault.forNanos()));
    node.put("where", fault.where());
    node.put("what", fault.what());
    return node;
  }

  private static ObjectNode node(RunResult.NodeCourse course) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("node", course.node());
    node.put("step_s", Quantity.seconds(course.stepNanos()));
    node.put("most_bundles", course.mostBundles());
    node.put("most_bytes", course.mostBytes());
    ArrayNode bundles = node.putArray("bundles");
    course.bundles().forEach(bundles::add);
    ArrayNode bytes = node.putArray("bytes");
    course.bytes().forEach(bytes::add);
    return node;
  }

  private static ObjectNode speed(RunResult result) {
    ObjectNode node = MAPPER.createObjectNode();
    long real = result.speed().realNanos();
    node.put("real_s", Quantity.seconds(real));
    if (real > 0) {
      node.put("speed_up", Quantity.of((double) result.durationNanos() / real));
      node.put("events_per_s", Quantity.of(result.events() * 1e9 / real));
    }
    return node;
  }
}
