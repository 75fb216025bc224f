package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.chart.Row.Lane;
import dev.holdfast.contacts.format.TimeText;
import java.io.StringWriter;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A layout for programs that draw by themselves. */
final class ChartJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private ChartJson() {}

  static String of(Chart chart) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("title", chart.query().title());
      time(json, "from", chart, new DtnTime(chart.scale().from()));
      time(json, "until", chart, new DtnTime(chart.scale().until()));
      json.writeNumberProperty("contact_count", chart.contacts());
      json.writeNumberProperty("drawn_count", chart.drawnContacts());
      json.writeNumberProperty("joined_count", chart.joined());
      json.writeNumberProperty("pair_count", chart.pairs());
      json.writeArrayPropertyStart("rows");
      for (Row row : chart.rows()) {
        row.lanes().forEach(lane -> lane(json, chart, row, lane));
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("route");
      chart.legs().forEach(leg -> leg(json, chart, leg));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void lane(JsonGenerator json, Chart chart, Row row, Lane lane) {
    json.writeStartObject();
    node(json, "from", chart, lane.from());
    node(json, "to", chart, lane.to());
    json.writeBooleanProperty("on_route", row.onRoute());
    json.writeArrayPropertyStart("bars");
    for (Bar bar : lane.bars()) {
      json.writeStartObject();
      time(json, "start", chart, bar.first().start());
      time(json, "end", chart, bar.last().end());
      json.writeNumberProperty("contacts", bar.count());
      json.writeNumberProperty("open_s", TimeText.decimalSeconds(bar.openMillis()));
      json.writeNumberProperty("volume_bytes", bar.volume());
      json.writeNumberProperty("used_bytes", bar.used());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void leg(JsonGenerator json, Chart chart, Leg leg) {
    json.writeStartObject();
    node(json, "from", chart, leg.hop().contact().from());
    node(json, "to", chart, leg.hop().contact().to());
    time(json, "ready", chart, leg.ready());
    time(json, "first_byte", chart, leg.hop().firstByte());
    time(json, "last_byte", chart, leg.hop().lastByte());
    time(json, "arrival", chart, leg.hop().arrival());
    json.writeEndObject();
  }

  private static void node(JsonGenerator json, String name, Chart chart, NodeNumber node) {
    json.writeNumberProperty(name, new BigInteger(node.decimal()));
    chart
        .query()
        .plan()
        .facts()
        .name(node)
        .ifPresent(called -> json.writeStringProperty(name + "_name", called));
  }

  /** A date; in a plan without epoch, seconds after its zero in a member that ends in _s. */
  private static void time(JsonGenerator json, String name, Chart chart, DtnTime time) {
    if (chart.query().floating()) {
      json.writeNumberProperty(name + "_s", TimeText.decimalSeconds(time.millis()));
    } else {
      json.writeStringProperty(name, TimeText.iso(time));
    }
  }
}
