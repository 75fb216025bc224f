package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.turn.Congestion;
import dev.holdfast.gateway.turn.Congestion.FullContact;
import dev.holdfast.gateway.turn.Congestion.Inflow;
import dev.holdfast.gateway.turn.Congestion.StoreLevel;
import dev.holdfast.gateway.turn.Congestion.Undelivered;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** What is foreseen as JSON; the OpenAPI document describes each value. */
final class ForecastView {
  private ForecastView() {}

  /** What the status says of it. */
  static void summary(JsonGenerator out, Congestion congestion) {
    out.writeObjectPropertyStart("forecast");
    out.writeStringProperty("state", Json.code(congestion.state()));
    Json.time(out, "store_overflows", congestion.storeOverflow());
    Json.time(
        out,
        "contact_full",
        congestion.contacts().stream().map(FullContact::fullAt).min(DtnTime::compareTo));
    out.writeEndObject();
  }

  static void all(JsonGenerator out, Congestion congestion) {
    out.writeStringProperty("state", Json.code(congestion.state()));
    Json.time(out, "made", congestion.made());
    Json.time(out, "until", congestion.until());
    Optional<StoreLevel> store = congestion.store();
    if (store.isPresent()) {
      out.writeObjectPropertyStart("store");
      out.writeNumberProperty("limit_bytes", store.get().limitBytes());
      out.writeNumberProperty("most_bytes", store.get().mostBytes());
      Json.time(out, "most_at", store.get().mostAt());
      Json.time(out, "overflows", store.get().overflowsAt());
      out.writeEndObject();
    }
    Json.list(out, "contacts", congestion.contacts(), each -> contact(out, each));
    Json.list(out, "undelivered", congestion.undelivered(), each -> undelivered(out, each));
    Json.list(out, "traffic", congestion.traffic(), each -> inflow(out, each));
  }

  private static void contact(JsonGenerator out, FullContact full) {
    out.writeStringProperty("neighbour", full.neighbour().toString());
    Json.time(out, "start", full.contact().start());
    Json.time(out, "end", full.contact().end());
    Json.time(out, "full", full.fullAt());
    out.writeNumberProperty("capacity_bytes", full.contact().volumeBytes());
    out.writeNumberProperty("booked_bytes", full.bookedBytes());
    out.writeNumberProperty("overbooked_bytes", full.overbookedBytes());
    out.writeNumberProperty("missed_bytes", full.missedBytes());
  }

  private static void undelivered(JsonGenerator out, Undelivered undelivered) {
    out.writeStringProperty("to", undelivered.to().toString());
    out.writeStringProperty("cause", Json.code(undelivered.cause()));
    out.writeNumberProperty("bundles", undelivered.bundles());
    out.writeNumberProperty("bytes", undelivered.bytes());
    Json.time(out, "first", undelivered.first());
    if (undelivered.bottleneck().isPresent()) {
      out.writeObjectPropertyStart("bottleneck");
      Views.planned(out, undelivered.bottleneck().get());
      out.writeEndObject();
    }
  }

  private static void inflow(JsonGenerator out, Inflow inflow) {
    Json.text(out, "to", inflow.to());
    out.writeStringProperty("class", Json.code(inflow.trafficClass()));
    out.writeNumberProperty("bytes_per_second", inflow.bytesPerSecond());
    out.writeNumberProperty("bundles_per_second", inflow.bundlesPerSecond());
  }
}
