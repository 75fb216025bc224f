package dev.holdfast.gateway.demo;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the regions do to their twins, and what must come of it. Pure. */
final class TwinScript {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The thing that both regions write at one place. */
  static final String PUMP = "demo:pump";

  private static final String VALVE = PUMP + "/attributes/valve";

  private TwinScript() {}

  /** How a thing is changed. */
  enum Verb {
    /** A place is to hold that. */
    PUT,
    /** A step that adds up with those of others. */
    STEP,
    /** What is there is to go. */
    DELETE
  }

  /**
   * A change.
   *
   * @param verb how
   * @param place id of the thing, and the path in it
   * @param json the value or step; empty for a delete
   */
  record Edit(Verb verb, String place, String json) {}

  /** What both have before they part, made on earth and carried to mars by hand. */
  static List<Edit> before() {
    return List.of(
        put(PUMP, "{\"attributes\":{\"valve\":30}}"),
        put("demo:rover", "{\"attributes\":{\"wheels\":6}}"),
        put("demo:airlock", "{\"attributes\":{\"cycles\":{\"$counter\":10}}}"),
        put("demo:garden", "{\"attributes\":{\"crops\":{\"$set\":[\"bean\"]}}}"),
        put("demo:probe", "{\"attributes\":{\"state\":\"parked\"}}"));
  }

  /** What a region does while it cannot hear the other. */
  static List<Edit> apart(Site site) {
    return switch (site) {
      case EARTH ->
          List.of(
              put(VALVE, "40"),
              put("demo:rover/attributes/route", "\"north\""),
              step("demo:airlock/attributes/cycles", "{\"$count\":3}"),
              step("demo:garden/attributes/crops", "{\"$add\":\"kale\"}"),
              new Edit(Verb.DELETE, "demo:probe", ""));
      case RELAY -> List.of();
      case MARS ->
          List.of(
              put(VALVE, "65"),
              put("demo:rover/attributes/battery", "81"),
              step("demo:airlock/attributes/cycles", "{\"$count\":4}"),
              step("demo:garden/attributes/crops", "{\"$add\":\"leek\"}"),
              put("demo:probe/attributes/state", "\"drilling\""));
    };
  }

  /** What ends the conflict. */
  static Edit resolution() {
    return put(VALVE, "50");
  }

  /** Whether the things are what must come of it, whichever value of the conflict is shown. */
  static boolean isMerged(Map<String, JsonNode> things) {
    SortedMap<String, JsonNode> wanted = wanted();
    SortedMap<String, JsonNode> rest = new TreeMap<>();
    things.forEach((id, thing) -> rest.put(id, thing.path("attributes")));
    return rest.remove(PUMP) != null && rest.equals(wanted);
  }

  /** Whether the conflict was ended as the resolution says. */
  static boolean isResolved(Map<String, JsonNode> things) {
    JsonNode pump = things.get(PUMP);
    return pump != null && pump.path("attributes").path("valve").asInt(0) == 50;
  }

  private static SortedMap<String, JsonNode> wanted() {
    SortedMap<String, JsonNode> wanted = new TreeMap<>();
    wanted.put("demo:rover", json("{\"wheels\":6,\"route\":\"north\",\"battery\":81}"));
    wanted.put("demo:airlock", json("{\"cycles\":17}"));
    wanted.put("demo:garden", json("{\"crops\":[\"bean\",\"kale\",\"leek\"]}"));
    return wanted;
  }

  private static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }

  private static Edit put(String place, String json) {
    return new Edit(Verb.PUT, place, json);
  }

  private static Edit step(String place, String json) {
    return new Edit(Verb.STEP, place, json);
  }
}
