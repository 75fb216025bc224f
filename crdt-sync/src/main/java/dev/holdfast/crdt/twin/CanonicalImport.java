package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a {@link CanonicalObject}, and makes a thing of it. */
final class CanonicalImport {
  private static final String ONLY = "leave it out, or put what it says into content";

  private CanonicalImport() {}

  /** The id of a document in which all has its place. */
  static ThingId check(JsonNode document, TwinLimits limits) {
    // The document itself, and in a feature of another system's metadata two more.
    int levels = limits.depth() + 3;
    if (!document.isObject()) {
      throw unmapped("", "this is no object", "give a document with schema_version");
    }
    JsonNode version = document.path("schema_version");
    if (!version.isString() || !version.stringValue().equals(CanonicalObject.SCHEMA_VERSION)) {
      throw new RefusedException(
          new Refusal.UnknownSchema(version.isMissingNode() ? "(none)" : version.toString()));
    }
    Optional<String> fault = JsonFault.ofDocument(document, levels);
    if (fault.isPresent()) {
      throw unmapped("", fault.get(), "give JSON that can be stored exactly");
    }
    known("", document, CanonicalFields.MEMBERS);
    for (String name : List.of("object_id", "type")) {
      if (!document.path(name).isString()) {
        throw unmapped(name, "a text is due", "give one");
      }
    }
    if (!document.path("content").isObject()) {
      throw unmapped("content", "an object is due", "put what it is into one");
    }
    metadata(document.path("metadata"));
    links(document.path("links"));
    return id(document.path("object_id").stringValue(), limits);
  }

  private static ThingId id(String said, TwinLimits limits) {
    return switch (ThingId.parse(said.indexOf(':') < 0 ? ":" + said : said, limits)) {
      case Parsed.Good<ThingId>(ThingId id) -> id;
      case Parsed.Bad<ThingId> bad ->
          throw unmapped("object_id", bad.toString(), "give an id as Ditto has them");
    };
  }

  private static void metadata(JsonNode metadata) {
    if (!metadata.isObject()) {
      throw unmapped("metadata", "an object is due", "give vector_clock, timestamp and creator");
    }
    known("metadata/", metadata, CanonicalFields.METADATA);
    for (String name : List.of("timestamp", "creator")) {
      if (!metadata.path(name).isString()) {
        throw unmapped("metadata/" + name, "a text is due", "give one");
      }
    }
    JsonNode signature = metadata.path("signature");
    if (!signature.isString() && !signature.isNull() && !signature.isMissingNode()) {
      throw unmapped("metadata/signature", "a text is due, or null", "give it, or leave it out");
    }
    JsonNode clock = metadata.path("vector_clock");
    boolean numbers =
        clock.values().stream()
            .allMatch(it -> it.isIntegralNumber() && it.canConvertToLong() && it.longValue() >= 0);
    if (!clock.isObject() || !numbers) {
      throw unmapped(
          "metadata/vector_clock", "numbers of 0 to 2^63 - 1 by writer are due", "give them");
    }
    JsonNode origin = metadata.path("origin");
    if (!origin.isMissingNode() && (!origin.isObject() || origin.isEmpty())) {
      throw unmapped("metadata/origin", "an object with members is due", "leave it out");
    }
  }

  private static void links(JsonNode links) {
    if (links.isMissingNode()) {
      return;
    }
    if (!links.isArray() || !links.values().stream().allMatch(CanonicalFields::isLink)) {
      throw unmapped(
          "links", "an array of objects with target and type is due", "put others into content");
    }
    var all = new TreeSet<Octets>();
    for (JsonNode link : links.values()) {
      if (!all.add(ValueCodec.encode(link))) {
        throw unmapped("links", "the link " + link + " is there twice", "say it once");
      }
    }
  }

  private static void known(String above, JsonNode object, List<String> names) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!names.contains(member.getKey())) {
        throw unmapped(above + member.getKey(), "nothing of a twin is called so", ONLY);
      }
    }
  }

  /** The document's vector clock covers every write. */
  static void checkSeen(SortedMap<String, Long> clock, CausalContext dots) {
    for (Octets actor : dots.actors()) {
      String writer = actor.hex();
      List<Interval> intervals = dots.intervals(actor);
      long last = intervals.getLast().last();
      if (last > clock.getOrDefault(writer, 0L)) {
        throw new RefusedException(new Refusal.Stale(writer, last));
      }
    }
  }

  /** The thing that a document says, as it is put. */
  static ObjectNode thing(ObjectNode document, Twin twin) {
    ObjectNode thing = CanonicalFields.JSON.objectNode();
    for (String name : List.of("policyId", "definition", "features")) {
      if (document.has(name)) {
        thing.set(name, document.get(name).deepCopy());
      }
    }
    JsonNode content = document.path("content");
    if (!content.isEmpty()
        || twin.json(new TwinPath(List.of("attributes")), Form.PLAIN).isPresent()) {
      thing.set("attributes", content.deepCopy());
    }
    JsonNode type = document.path("type");
    if (CanonicalFields.isOwnType(type)) {
      property(thing, "type", type);
    }
    JsonNode links = document.path("links");
    if (!links.isEmpty()) {
      property(thing, "links", CanonicalFields.JSON.objectNode().set(CanonicalFields.SET, links));
    }
    JsonNode metadata = document.path("metadata");
    if (!CanonicalFields.isOurs(metadata)) {
      property(thing, "origin", metadata);
    } else if (metadata.has("origin")) {
      property(thing, "origin", metadata.get("origin"));
    }
    return thing;
  }

  private static void property(ObjectNode thing, String name, JsonNode value) {
    ObjectNode at = thing;
    String path = "";
    for (String step : List.of("features", CanonicalFields.FEATURE, "properties")) {
      path += step + "/";
      JsonNode below = at.path(step);
      if (below instanceof ObjectNode object) {
        at = object;
      } else if (below.isMissingNode()) {
        ObjectNode made = CanonicalFields.JSON.objectNode();
        at.set(step, made);
        at = made;
      } else {
        throw unmapped(path.substring(0, path.length() - 1), "an object is due", "give one");
      }
    }
    if (at.has(name)) {
      throw unmapped(path + name, "the document says that at two places", "say it at one of them");
    }
    at.set(name, value.deepCopy());
  }

  private static RefusedException unmapped(String at, String reason, String mend) {
    return new RefusedException(new Refusal.Unmapped(at, reason, mend));
  }
}
