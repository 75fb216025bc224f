package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.replica.Frontier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a {@link CanonicalObject} of a thing. */
final class CanonicalExport {
  private static final long DTN_EPOCH_MILLIS = 946_684_800_000L;

  /** What is left of the thing as Ditto has it, once parts are taken out. */
  private final ObjectNode thing;

  private CanonicalExport(ObjectNode thing) {
    this.thing = thing;
  }

  /** The document of a thing that is there, without a signature. */
  static ObjectNode document(Twin twin, ObjectNode thing, Frontier frontier, Octets region) {
    CanonicalExport export = new CanonicalExport(thing.deepCopy());
    ObjectNode metadata = CanonicalFields.JSON.objectNode();
    metadata.set("vector_clock", vectorClock(frontier));
    long millis = DTN_EPOCH_MILLIS + twin.lastWrite().millis();
    metadata.put("timestamp", Instant.ofEpochMilli(millis).toString());
    metadata.put("creator", region.hex());
    metadata.putNull("signature");
    JsonNode origin = export.property("origin");
    if (origin.isObject() && !origin.isEmpty()) {
      metadata.set("origin", origin);
      export.take("origin");
    }
    ObjectNode document = CanonicalFields.JSON.objectNode();
    document.put("schema_version", CanonicalObject.SCHEMA_VERSION);
    document.put("object_id", objectId(twin.id()));
    document.put("type", export.type());
    document.set("content", export.content());
    JsonNode links = export.links();
    export.rest(document);
    document.set("metadata", metadata);
    return document.set("links", links);
  }

  /** An id without a namespace is said as systems say ids that have none. */
  private static String objectId(ThingId id) {
    return id.namespace().isEmpty() && id.name().indexOf(':') < 0 ? id.name() : id.text();
  }

  private static ObjectNode vectorClock(Frontier frontier) {
    ObjectNode clock = CanonicalFields.JSON.objectNode();
    frontier
        .streams()
        .forEach(
            (stream, reach) -> {
              List<Interval> heard = reach.heard();
              if (!heard.isEmpty() && heard.getFirst().first() == 1) {
                BigInteger last = BigInteger.valueOf(heard.getFirst().last());
                clock.set(stream.name().hex(), NumberCodec.integer(last));
              }
            });
    return clock;
  }

  private String type() {
    JsonNode type = property("type");
    if (!CanonicalFields.isOwnType(type)) {
      return CanonicalFields.THING_TYPE;
    }
    take("type");
    return type.stringValue();
  }

  private JsonNode content() {
    return thing.has("attributes") ? thing.get("attributes") : CanonicalFields.JSON.objectNode();
  }

  private JsonNode links() {
    JsonNode links = property("links").path(CanonicalFields.SET);
    if (links.isEmpty() || !links.values().stream().allMatch(CanonicalFields::isLink)) {
      return CanonicalFields.JSON.arrayNode();
    }
    take("links");
    return links;
  }

  private void rest(ObjectNode document) {
    for (String name : List.of("policyId", "definition", "features")) {
      if (thing.has(name)) {
        document.set(name, thing.get(name));
      }
    }
  }

  private JsonNode property(String name) {
    return thing.path("features").path(CanonicalFields.FEATURE).path("properties").path(name);
  }

  /** Takes a property out, and what is left empty by that. */
  private void take(String name) {
    if (thing.path("features") instanceof ObjectNode features
        && features.path(CanonicalFields.FEATURE) instanceof ObjectNode feature
        && feature.path("properties") instanceof ObjectNode properties) {
      properties.remove(name);
      if (properties.isEmpty()) {
        feature.remove("properties");
      }
      if (feature.isEmpty()) {
        features.remove(CanonicalFields.FEATURE);
      }
      if (features.isEmpty()) {
        thing.remove("features");
      }
    }
  }
}
