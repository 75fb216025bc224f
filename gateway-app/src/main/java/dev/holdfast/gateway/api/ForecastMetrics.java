package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.api.Exposition.Label;
import dev.holdfast.gateway.turn.Congestion;
import dev.holdfast.gateway.turn.Congestion.FullContact;
import dev.holdfast.gateway.turn.Congestion.Undelivered;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.NodeStatus.LinkStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is foreseen, as metrics; what is not foreseen has no sample. */
final class ForecastMetrics {
  private ForecastMetrics() {}

  static void write(Exposition out, NodeStatus status) {
    Congestion congestion = status.congestion();
    if (congestion.made().isEmpty()) {
      return;
    }
    MetricsRoute.gauge(
        out,
        "holdfast_forecast_timestamp_seconds",
        "Since when the store and the contacts are foreseen as below.",
        MetricsRoute.seconds(congestion.made().get()));
    MetricsRoute.gauge(
        out,
        "holdfast_forecast_congestion",
        "Whether the store or a contact is foreseen to overflow.",
        congestion.state() == Congestion.State.CONGESTED ? 1 : 0);
    store(out, status);
    contacts(out, status);
    undelivered(out, congestion);
  }

  private static void store(Exposition out, NodeStatus status) {
    out.metric(
        "holdfast_forecast_store_overflow_seconds",
        "gauge",
        "How long until the store overflows; absent if that is not foreseen.");
    status.congestion().storeOverflow().ifPresent(at -> out.sample(until(at, status), List.of()));
    Optional<Congestion.StoreLevel> store = status.congestion().store();
    if (store.isPresent()) {
      MetricsRoute.gauge(
          out,
          "holdfast_forecast_store_peak_bytes",
          "The most that the store would hold.",
          (double) store.get().mostBytes());
      MetricsRoute.gauge(
          out,
          "holdfast_forecast_store_limit_bytes",
          "What the store can hold.",
          (double) store.get().limitBytes());
    }
  }

  private static void contacts(Exposition out, NodeStatus status) {
    out.metric(
        "holdfast_forecast_contact_overflow_seconds",
        "gauge",
        "How long until a contact of a link is booked out; absent if that is not foreseen.");
    for (LinkStatus link : status.links()) {
      link.neighbour()
          .flatMap(status.congestion()::contactOverflow)
          .ifPresent(at -> out.sample(until(at, status), MetricsRoute.label(link)));
    }
    out.metric(
        "holdfast_forecast_contact_excess_bytes",
        "gauge",
        "What does not fit into the contacts of a link and is too late by the next ones.");
    for (LinkStatus link : status.links()) {
      long excess =
          status.congestion().contacts().stream()
              .filter(contact -> link.neighbour().equals(Optional.of(contact.neighbour())))
              .mapToLong(ForecastMetrics::excess)
              .sum();
      out.sample((double) excess, MetricsRoute.label(link));
    }
  }

  private static long excess(FullContact contact) {
    return contact.overbookedBytes() + contact.missedBytes();
  }

  private static void undelivered(Exposition out, Congestion congestion) {
    Map<String, Long> regions = new TreeMap<>();
    for (Undelivered undelivered : congestion.undelivered()) {
      regions.merge(undelivered.to().toString(), undelivered.bytes(), Long::sum);
    }
    out.metric(
        "holdfast_forecast_undelivered_bytes",
        "gauge",
        "Bundle bytes that would not be delivered in time; absent if all would.");
    regions.forEach(
        (region, bytes) -> out.sample((double) bytes, List.of(new Label("region", region))));
  }

  private static double until(DtnTime at, NodeStatus status) {
    return at.since(status.at().wall()) / 1000.0;
  }
}
