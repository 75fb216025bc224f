package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.format.TimeText;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.LinkSummary;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceSummary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How traces are shown. */
final class TraceTable {
  private static final int SHOWN_LINKS = 50;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private TraceTable() {}

  /** A trace in all, for people. */
  static List<String> lines(
      String name, TraceFormat format, LinkTrace trace, TraceSummary summary) {
    List<LinkSummary> links = summary.links();
    List<String> lines = new ArrayList<>();
    long span = summary.lastNanos() - summary.firstNanos();
    lines.add(
        "%s: %s, %d events on %d links of %d nodes within %s%s"
            .formatted(
                name,
                format.label(),
                summary.events(),
                links.size(),
                summary.nodes().size(),
                TimeText.span(span / NANOS_PER_MILLI),
                trace.epoch().map(epoch -> ", from " + epoch).orElse("")));
    List<LinkSummary> shown = links.subList(0, Math.min(links.size(), SHOWN_LINKS));
    int width = 4;
    for (LinkSummary link : shown) {
      width = Math.max(width, link.from().length() + 1 + link.to().length());
    }
    if (!shown.isEmpty()) {
      lines.add(row(width, "LINK", "UPS", "UP", "RESETS", "VOLUME", "BUNDLES", "SEEN"));
    }
    for (LinkSummary link : shown) {
      lines.add(
          row(
              width,
              link.from() + ">" + link.to(),
              link.ups(),
              TimeText.span(link.upNanos() / NANOS_PER_MILLI),
              link.resets(),
              StoreTable.size(link.volumeBytes()),
              link.transfers(),
              StoreTable.size(link.transferBytes())));
    }
    if (links.size() > SHOWN_LINKS) {
      lines.add("and " + (links.size() - SHOWN_LINKS) + " more links; --json has them all");
    }
    return lines;
  }

  private static String row(int width, Object... cells) {
    String form = "%-" + width + "s  %6s  %10s  %6s  %10s  %8s  %10s";
    return String.format(Locale.ROOT, form, cells);
  }

  /** A trace in all, as one object. */
  static String json(String name, TraceFormat format, LinkTrace trace, TraceSummary summary) {
    return JsonText.line(
        json -> {
          json.writeStringProperty("trace", name);
          json.writeStringProperty("format", format.label());
          trace.epoch().ifPresent(epoch -> json.writeStringProperty("epoch", epoch.toString()));
          json.writeNumberProperty("events", summary.events());
          json.writeNumberProperty("first_s", seconds(summary.firstNanos()));
          json.writeNumberProperty("last_s", seconds(summary.lastNanos()));
          json.writeArrayPropertyStart("nodes");
          summary.nodes().forEach(json::writeString);
          json.writeEndArray();
          json.writeArrayPropertyStart("links");
          summary.links().forEach(link -> link(json, link));
          json.writeEndArray();
          json.writeArrayPropertyStart("findings");
          trace.findings().forEach(json::writeString);
          json.writeEndArray();
        });
  }

  private static void link(JsonGenerator json, LinkSummary link) {
    json.writeStartObject();
    json.writeStringProperty("from", link.from());
    json.writeStringProperty("to", link.to());
    json.writeNumberProperty("ups", link.ups());
    json.writeNumberProperty("up_s", seconds(link.upNanos()));
    json.writeNumberProperty("resets", link.resets());
    json.writeNumberProperty("volume_bytes", link.volumeBytes());
    json.writeNumberProperty("bundles", link.transfers());
    json.writeNumberProperty("bundle_bytes", link.transferBytes());
    json.writeEndObject();
  }

  /** An event as one object. */
  static String json(TraceEvent event) {
    return JsonText.line(
        json -> {
          json.writeNumberProperty("at_s", seconds(event.nanos()));
          json.writeStringProperty("from", event.from());
          json.writeStringProperty("to", event.to());
          change(json, event.change());
        });
  }

  private static void change(JsonGenerator json, LinkChange change) {
    switch (change) {
      case LinkChange.Up up -> {
        json.writeStringProperty("change", "up");
        up.bytesPerSecond().ifPresent(rate -> json.writeNumberProperty("rate_bytes_per_s", rate));
        up.owltNanos().ifPresent(owlt -> json.writeNumberProperty("owlt_s", seconds(owlt)));
      }
      case LinkChange.Down(boolean delivers) -> {
        json.writeStringProperty("change", "down");
        json.writeStringProperty("inflight", delivers ? "delivered" : "lost");
      }
      case LinkChange.Rate(long rate) -> {
        json.writeStringProperty("change", "rate");
        json.writeNumberProperty("rate_bytes_per_s", rate);
      }
      case LinkChange.Delay(long owlt) -> {
        json.writeStringProperty("change", "delay");
        json.writeNumberProperty("owlt_s", seconds(owlt));
      }
      case LinkChange.Loss(double probability) -> {
        json.writeStringProperty("change", "loss");
        json.writeNumberProperty("probability", probability);
      }
      case LinkChange.Reset() -> json.writeStringProperty("change", "reset");
      case LinkChange.Opportunity(long bytes) -> {
        json.writeStringProperty("change", "opportunity");
        json.writeNumberProperty("bytes", bytes);
      }
      case LinkChange.Transfer(String bundle, long bytes, long end) -> {
        json.writeStringProperty("change", "xfer");
        json.writeStringProperty("bundle", bundle);
        json.writeNumberProperty("bytes", bytes);
        json.writeNumberProperty("end_s", seconds(end));
      }
    }
  }

  private static BigDecimal seconds(long nanos) {
    BigDecimal seconds = BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
