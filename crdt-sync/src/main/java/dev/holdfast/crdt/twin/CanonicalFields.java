package dev.holdfast.crdt.twin;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The names of what stands in a {@link CanonicalObject}, and what may stand there. */
final class CanonicalFields {
  static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Bytes of a region's name. */
  static final int REGION_SIZE = 16;

  /** The type of a thing of which nobody said another. */
  static final String THING_TYPE = "Thing";

  /** The feature whose properties are what a document says and Ditto's model has no place for. */
  static final String FEATURE = "canonical";

  static final String SET = "$set";

  static final List<String> MEMBERS =
      List.of(
          "schema_version",
          "object_id",
          "type",
          "content",
          "policyId",
          "definition",
          "features",
          "metadata",
          "links");

  static final List<String> METADATA =
      List.of("vector_clock", "timestamp", "creator", "signature", "origin");

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + 2 * REGION_SIZE + "}");

  private CanonicalFields() {}

  /** A type that is kept in the feature. */
  static boolean isOwnType(JsonNode type) {
    return type.isString() && !type.stringValue().equals(THING_TYPE);
  }

  static boolean isLink(JsonNode link) {
    return link.isObject() && link.path("target").isString() && link.path("type").isString();
  }

  /** Whether a region of this system wrote that, by how writers are named in it. */
  static boolean isOurs(JsonNode metadata) {
    return NAME.matcher(metadata.path("creator").stringValue("")).matches()
        && metadata.path("vector_clock").properties().stream()
            .allMatch(each -> NAME.matcher(each.getKey()).matches());
  }

  /** The document without its signature: what is signed. */
  static ObjectNode unsigned(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("signature");
    }
    return copy;
  }
}
