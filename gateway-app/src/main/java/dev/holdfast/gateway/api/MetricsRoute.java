package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.api.Exposition.Label;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.NodeStatus.ContactStatus;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.NodeStatus.LinkStatus;
import dev.holdfast.gateway.turn.NodeStatus.QueueStatus;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * {@code /metrics}: one prefix, base units, labels per link and region only. A region is the node
 * that bundles go to; what waits for applications here is the region {@code local}.
 */
final class MetricsRoute {
  private final NodeAccess node;
  private final TwinCalls twins;
  private final Operations operations;
  private final String version;

  MetricsRoute(NodeAccess node, TwinCalls twins, Operations operations, String version) {
    this.node = node;
    this.twins = twins;
    this.operations = operations;
    this.version = version;
  }

  void metrics(Context context) {
    NodeStatus status = node.look();
    Exposition out = new Exposition();
    links(out, status);
    contacts(out, status);
    custody(out, status.queues());
    oldest(out);
    counters(out, status.counters());
    gauge(
        out,
        "holdfast_clock_error_bound_seconds",
        "How far the wall clock may be off.",
        status.at().wallErrorMillis() / 1000.0);
    gauge(
        out,
        "holdfast_config_last_reload_successful",
        "Whether the last reload of configuration and plan was taken.",
        operations.plan().lastWasGood() ? 1 : 0);
    plan(out, status);
    ForecastMetrics.write(out, status);
    encounters(out, status.encounters());
    if (twins.isConfigured()) {
      TwinMetrics.write(out, twins.look());
    }
    out.metric("holdfast_build_info", "gauge", "The version that runs.")
        .sample(
            1,
            List.of(
                new Label("version", version), new Label("java", Runtime.version().toString())));
    context.contentType("text/plain; version=0.0.4; charset=utf-8").result(out.toString());
  }

  private static void plan(Exposition out, NodeStatus status) {
    gauge(
        out, "holdfast_plan_version", "The contact plan in force.", (double) status.planVersion());
    Optional<DtnTime> ends = status.outlook().ends();
    if (ends.isPresent()) {
      gauge(
          out,
          "holdfast_plan_end_timestamp_seconds",
          "When the plan's last contact of this node ends.",
          seconds(ends.get()));
      gauge(
          out,
          "holdfast_plan_remaining_seconds",
          "How long until then; below zero when the plan has run out.",
          ends.get().since(status.at().wall()) / 1000.0);
    }
    gauge(
        out,
        "holdfast_plan_runs_out",
        "Whether the plan ends within its horizon, or has ended.",
        status.outlook().state() == NodeStatus.PlanState.LASTS ? 0 : 1);
  }

  private static void encounters(Exposition out, NodeStatus.Encounters encounters) {
    gauge(
        out,
        "holdfast_encounters_present",
        "Neighbours that are there without a plan.",
        encounters.present().size());
    gauge(
        out,
        "holdfast_custody_copied_bundles",
        "Bundles kept of which a neighbour that came unplanned has a copy.",
        encounters.keptBundles());
    gauge(out, "holdfast_custody_copied_bytes", "Their bytes.", (double) encounters.keptBytes());
  }

  static void gauge(Exposition out, String name, String help, double value) {
    out.metric(name, "gauge", help).sample(value, List.of());
  }

  private static void links(Exposition out, NodeStatus status) {
    perLink(
        out,
        status,
        new Metric("holdfast_link_planned", "gauge", "Whether the plan says up."),
        link -> planned(link.state()) ? 1 : 0);
    perLink(
        out,
        status,
        new Metric("holdfast_link_up", "gauge", "Whether the neighbour is heard."),
        link -> up(link.state()) ? 1 : 0);
    perLink(
        out,
        status,
        new Metric(
            "holdfast_link_transmitted_bytes_total", "counter", "Bundle bytes handed to a link."),
        LinkStatus::sentBytes);
    perLink(
        out,
        status,
        new Metric(
            "holdfast_link_received_bytes_total", "counter", "Bundle bytes that came by a link."),
        LinkStatus::receivedBytes);
    perLink(
        out,
        status,
        new Metric(
            "holdfast_link_protocol_errors_total",
            "counter",
            "Rules of the convergence layer that the neighbour broke; see /api/v1/links."),
        LinkStatus::protocolErrors);
    perLink(
        out,
        status,
        new Metric("holdfast_link_in_flight", "gauge", "Transfers not yet confirmed."),
        LinkStatus::inFlight);
  }

  private record Metric(String name, String type, String help) {}

  private static void perLink(
      Exposition out, NodeStatus status, Metric metric, ToDoubleFunction<LinkStatus> value) {
    out.metric(metric.name, metric.type, metric.help);
    for (LinkStatus link : status.links()) {
      out.sample(value.applyAsDouble(link), label(link));
    }
  }

  static List<Label> label(LinkStatus link) {
    return List.of(new Label("link", link.link().name()));
  }

  private static boolean planned(NodeStatus.LinkState state) {
    return switch (state) {
      case UP, NOT_ACQUIRED, LOST_EARLY -> true;
      case DOWN_PLANNED, UNEXPECTED_UP, DISABLED -> false;
    };
  }

  private static boolean up(NodeStatus.LinkState state) {
    return switch (state) {
      case UP, UNEXPECTED_UP -> true;
      case DOWN_PLANNED, NOT_ACQUIRED, LOST_EARLY, DISABLED -> false;
    };
  }

  private static void contacts(Exposition out, NodeStatus status) {
    out.metric(
        "holdfast_contact_next_start_timestamp_seconds", "gauge", "Start of the next contact.");
    for (LinkStatus link : status.links()) {
      link.nextStart().ifPresent(start -> out.sample(seconds(start), label(link)));
    }
    perContact(
        out,
        status,
        new Metric(
            "holdfast_contact_capacity_bytes",
            "gauge",
            "What the current or next contact carries."),
        ContactStatus::capacityBytes);
    perContact(
        out,
        status,
        new Metric("holdfast_light_time_seconds", "gauge", "One-way light time."),
        contact -> contact.lightTimeMillis() / 1000.0);
  }

  private static void perContact(
      Exposition out, NodeStatus status, Metric metric, ToDoubleFunction<ContactStatus> value) {
    out.metric(metric.name, metric.type, metric.help);
    for (LinkStatus link : status.links()) {
      Optional<ContactStatus> next =
          status.contacts().stream()
              .filter(contact -> link.neighbour().equals(Optional.of(contact.neighbour())))
              .findFirst();
      next.ifPresent(contact -> out.sample(value.applyAsDouble(contact), label(link)));
    }
  }

  private static void custody(Exposition out, List<QueueStatus> queues) {
    perClass(
        out,
        queues,
        new Metric("holdfast_custody_bundles", "gauge", "Bundles held."),
        QueueCount::bundles);
    perClass(
        out,
        queues,
        new Metric("holdfast_custody_bytes", "gauge", "Bundle bytes held."),
        QueueCount::bytes);
    out.metric(
        "holdfast_custody_next_expiry_timestamp_seconds", "gauge", "When the next bundle expires.");
    Map<String, DtnTime> next = new LinkedHashMap<>();
    for (QueueStatus queue : queues) {
      queue.nextExpiry().ifPresent(at -> next.merge(region(queue.queue()), at, DtnTime::min));
    }
    next.forEach((region, at) -> out.sample(seconds(at), List.of(new Label("region", region))));
  }

  /**
   * Of all regions together: numbers in the store grow with arrival, so that its first record is
   * the oldest, but within a region bundles are in order of urgency and expiry.
   */
  private void oldest(Exposition out) {
    out.metric(
        "holdfast_custody_oldest_timestamp_seconds",
        "gauge",
        "When the bundle came that is held longest; absent if none is, or if the clock was not to be"
            + " trusted then.");
    node.store().list(Optional.empty(), 1).stream()
        .map(HeldBundle::age)
        .filter(AgeMark::wallTrusted)
        .forEach(mark -> out.sample(seconds(mark.wall()), List.of()));
  }

  private static void perClass(
      Exposition out, List<QueueStatus> queues, Metric metric, Function<QueueCount, Long> value) {
    Map<List<Label>, Long> sums = new LinkedHashMap<>();
    for (QueueStatus queue : queues) {
      for (QueueCount count : queue.counts()) {
        List<Label> labels =
            List.of(
                new Label("region", region(queue.queue())),
                new Label("priority", Json.code(count.trafficClass())));
        sums.merge(labels, value.apply(count), Long::sum);
      }
    }
    out.metric(metric.name, metric.type, metric.help);
    sums.forEach((labels, sum) -> out.sample(sum, labels));
  }

  private static String region(QueueKey queue) {
    return switch (queue.kind()) {
      case FORWARD -> queue.eid().toString();
      case DELIVER, REASSEMBLE -> "local";
    };
  }

  private static void counters(Exposition out, Map<Counter, Long> counters) {
    counters.forEach(
        (counter, count) -> {
          String name = "holdfast_" + Json.code(counter) + "_total";
          List<Label> labels =
              counter == Counter.BUNDLES_EXPIRED
                  ? List.of(new Label("reason", "lifetime"))
                  : List.of();
          out.metric(name, "counter", "See /api/v1/counters.").sample(count, labels);
        });
  }

  static double seconds(DtnTime time) {
    return (time.millis() + DtnTime.EPOCH_UNIX_MILLIS) / 1000.0;
  }
}
