package dev.holdfast.crdt.twin;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What Ditto's model allows at each of a thing's places. */
final class ThingBody {
  private static final String PART = "[_a-zA-Z0-9\\-.]+";
  private static final Pattern DEFINITION =
      Pattern.compile(PART + ":" + PART + ":" + PART + "|https?://\\S+");

  private ThingBody() {}

  /** The id that a whole thing may say must be its own. */
  static void check(ThingId id, JsonNode json) {
    if (!json.isObject()) {
      throw new RefusedException(
          new Refusal.InvalidValue("", "a thing is an object", "put {} for one without anything"));
    }
    JsonNode said = json.get("thingId");
    if (said != null) {
      checkId(id, said);
    }
  }

  /** The id that is said must be the thing's. */
  static void checkId(ThingId id, JsonNode said) {
    if (!said.isString() || !said.stringValue().equals(id.text())) {
      throw new RefusedException(
          new Refusal.InvalidValue(
              "thingId", "the id is " + id + ", not " + said, "leave it out, or say this one"));
    }
  }

  static void checkPatch(ThingId id, JsonNode patch) {
    if (!patch.isObject()) {
      throw new RefusedException(
          new Refusal.InvalidPatch(
              "", "a thing is an object, and so is its patch", "patch {\"attributes\": ...}"));
    }
    JsonNode said = patch.get("thingId");
    if (said != null && said.isNull()) {
      throw new RefusedException(
          new Refusal.InvalidPatch("thingId", "an id never changes", "delete the whole thing"));
    }
    check(id, patch);
  }

  /** Refuses what may not stand at that place. */
  static void check(TwinPath path, JsonNode json) {
    Optional<String> due =
        switch (path.role()) {
          case THING, THING_ID, FREE -> Optional.empty();
          case POLICY_ID ->
              json.isString()
                      && ThingId.parse(json.stringValue(), TwinLimits.DEFAULT)
                          .toOptional()
                          .isPresent()
                  ? Optional.empty()
                  : Optional.of("an id such as \"org.acme:policy\"");
          case DEFINITION ->
              isDefinition(json)
                  ? Optional.empty()
                  : Optional.of("a text such as \"org.acme:pump:1.0\", or a URL");
          case FEATURE_DEFINITION ->
              json.isArray()
                      && !json.isEmpty()
                      && json.values().stream().allMatch(ThingBody::isDefinition)
                  ? Optional.empty()
                  : Optional.of("an array of texts such as \"org.acme:valve:1.0\"");
          case ATTRIBUTES, FEATURES, FEATURE, PROPERTIES ->
              json.isObject() && Declaration.of(json).isEmpty()
                  ? Optional.empty()
                  : Optional.of("an object");
        };
    if (due.isPresent()) {
      throw new RefusedException(
          new Refusal.InvalidValue(path.text(), "this cannot stand here", "put " + due.get()));
    }
  }

  private static boolean isDefinition(JsonNode json) {
    return json.isString() && DEFINITION.matcher(json.stringValue()).matches();
  }
}
