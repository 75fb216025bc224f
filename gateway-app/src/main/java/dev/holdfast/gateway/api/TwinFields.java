package dev.holdfast.gateway.api;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which members of an object are wanted: paths with commas between, such as {@code
 * thingId,attributes/model}.
 *
 * @param paths names from the outermost on
 */
record TwinFields(List<List<String>> paths) {
  private static final int MOST = 64;

  /** Keeps its own copies. */
  TwinFields {
    paths = paths.stream().map(List::copyOf).toList();
  }

  /** Reads them. */
  static TwinFields of(String text) {
    List<List<String>> paths = new ArrayList<>();
    for (String field : text.split(",", -1)) {
      String path = field.strip();
      String bare = path.startsWith("/") ? path.substring(1) : path;
      if (bare.isEmpty() || bare.indexOf('(') >= 0) {
        throw new IllegalArgumentException(
            "'" + field + "' is no path; write such as thingId,attributes/model,attributes/serial");
      }
      List<String> names = new ArrayList<>();
      for (String name : bare.split("/", -1)) {
        names.add(name.replace("~1", "/").replace("~0", "~"));
      }
      paths.add(names);
    }
    if (paths.size() > MOST) {
      throw new IllegalArgumentException(paths.size() + " paths, " + MOST + " at most");
    }
    return new TwinFields(paths);
  }

  /** Whether nothing but ids is wanted. */
  boolean isIdOnly() {
    return paths.equals(List.of(List.of("thingId")));
  }

  /** What is wanted of that; of what is no object, all. */
  JsonNode of(JsonNode json) {
    if (!json.isObject()) {
      return json;
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (List<String> path : paths) {
      copy(json, all, path);
    }
    return all;
  }

  private static void copy(JsonNode from, ObjectNode to, List<String> path) {
    JsonNode value = from.get(path.getFirst());
    if (value == null) {
      return;
    }
    if (path.size() == 1) {
      to.set(path.getFirst(), value.deepCopy());
    } else if (value.isObject()) {
      ObjectNode below =
          to.get(path.getFirst()) instanceof ObjectNode there
              ? there
              : JsonNodeFactory.instance.objectNode();
      copy(value, below, path.subList(1, path.size()));
      if (!below.isEmpty()) {
        to.set(path.getFirst(), below);
      }
    }
  }
}
