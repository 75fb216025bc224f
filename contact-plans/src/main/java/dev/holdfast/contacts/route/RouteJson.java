package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.TimeText;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A route as a JSON object; times are seconds after a zero, rounded up to the millisecond. */
final class RouteJson {
  private RouteJson() {}

  /** Writes the object, also for no route: then {@code found} is false and the rest is null. */
  static void write(JsonGenerator json, Optional<Route> found, Epoch.At zero) {
    json.writeStartObject();
    json.writeBooleanProperty("found", found.isPresent());
    if (found.isEmpty()) {
      json.writeNullProperty("arrival_s");
      json.writeNullProperty("hops");
      json.writeNullProperty("termination_s");
      json.writeNullProperty("entry_node");
      json.writeArrayPropertyStart("contacts");
      json.writeEndArray();
    } else {
      Route route = found.get();
      seconds(json, "arrival_s", route.arrival(), zero);
      json.writeNumberProperty("hops", route.hops().size());
      seconds(json, "termination_s", route.termination(), zero);
      node(json, "entry_node", route.entryNode());
      json.writeNumberProperty("volume_left_bytes", route.volumeLeft());
      json.writeArrayPropertyStart("contacts");
      for (Hop hop : route.hops()) {
        hop(json, hop, zero);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void hop(JsonGenerator json, Hop hop, Epoch.At zero) {
    json.writeStartObject();
    properties(json, hop, zero);
    json.writeEndObject();
  }

  static void properties(JsonGenerator json, Hop hop, Epoch.At zero) {
    Contact contact = hop.contact();
    node(json, "from", contact.from());
    node(json, "to", contact.to());
    seconds(json, "start_s", contact.start(), zero);
    seconds(json, "end_s", contact.end(), zero);
    seconds(json, "first_byte_s", hop.firstByte(), zero);
    seconds(json, "last_byte_s", hop.lastByte(), zero);
    seconds(json, "arrival_s", hop.arrival(), zero);
  }

  static void seconds(JsonGenerator json, String name, DtnTime time, Epoch.At zero) {
    json.writeName(name);
    json.writeNumber(TimeText.seconds(time.millis() - zero.dtnMillis()));
  }

  static void node(JsonGenerator json, String name, NodeNumber node) {
    json.writeName(name);
    node(json, node);
  }

  static void node(JsonGenerator json, NodeNumber node) {
    json.writeNumber(new BigInteger(node.decimal()));
  }
}
