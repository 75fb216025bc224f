package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast.FullContact;
import dev.holdfast.contacts.forecast.Forecast.StoreLoad;
import dev.holdfast.contacts.forecast.Forecast.Unserved;
import dev.holdfast.contacts.format.TimeText;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A forecast as a JSON object; times are dates. */
public final class ForecastJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private ForecastJson() {}

  /** The object. */
  public static String of(Forecast forecast) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("bundles", forecast.bundles());
      json.writeNumberProperty("bytes", forecast.bytes());
      json.writeNumberProperty("carried", forecast.carried());
      json.writeBooleanProperty("cut", forecast.cut());
      time(json, "until", forecast.until());
      json.writeBooleanProperty("clear", forecast.isClear());
      json.writeArrayPropertyStart("unserved");
      forecast.unserved().forEach(each -> unserved(json, each));
      json.writeEndArray();
      json.writeArrayPropertyStart("fullContacts");
      forecast.full().forEach(each -> full(json, each));
      json.writeEndArray();
      json.writeArrayPropertyStart("stores");
      forecast.stores().forEach(each -> store(json, each));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void unserved(JsonGenerator json, Unserved each) {
    json.writeStartObject();
    node(json, "from", each.from());
    node(json, "to", each.to());
    json.writeStringProperty("cause", each.cause().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("bundles", each.bundles());
    json.writeNumberProperty("bytes", each.bytes());
    time(json, "first", each.first());
    if (each.bottleneck().isPresent()) {
      json.writeObjectPropertyStart("bottleneck");
      contact(json, each.bottleneck().get());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void full(JsonGenerator json, FullContact each) {
    json.writeStartObject();
    contact(json, each.contact());
    json.writeNumberProperty("volumeBytes", each.contact().volumeBytes());
    json.writeNumberProperty("bookedBytes", each.bookedBytes());
    json.writeNumberProperty("overbookedBytes", each.overbookedBytes());
    json.writeNumberProperty("missedBytes", each.missedBytes());
    time(json, "fullAt", each.fullAt());
    json.writeEndObject();
  }

  private static void store(JsonGenerator json, StoreLoad each) {
    json.writeStartObject();
    node(json, "node", each.node());
    json.writeNumberProperty("mostBytes", each.mostBytes());
    time(json, "mostAt", each.mostAt());
    each.limit().ifPresent(limit -> json.writeNumberProperty("limitBytes", limit));
    each.overflowsAt().ifPresent(at -> time(json, "overflowsAt", at));
    json.writeEndObject();
  }

  private static void contact(JsonGenerator json, Contact contact) {
    node(json, "from", contact.from());
    node(json, "to", contact.to());
    time(json, "start", contact.start());
    time(json, "end", contact.end());
  }

  private static void node(JsonGenerator json, String name, NodeNumber node) {
    json.writeStringProperty(name, node.toString());
  }

  private static void time(JsonGenerator json, String name, DtnTime time) {
    json.writeStringProperty(name, TimeText.iso(time));
  }
}
