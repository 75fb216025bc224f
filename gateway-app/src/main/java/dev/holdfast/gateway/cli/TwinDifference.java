package dev.holdfast.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A place where two see a thing differently.
 *
 * @param path where; empty for the whole thing
 * @param here what one has; empty if nothing
 * @param there what the other has; empty if nothing
 */
record TwinDifference(String path, Optional<JsonNode> here, Optional<JsonNode> there) {
  /** All places, by path, down to where one has a value or nothing. */
  static List<TwinDifference> between(Optional<JsonNode> here, Optional<JsonNode> there) {
    List<TwinDifference> all = new ArrayList<>();
    compare("", here, there, all);
    return all;
  }

  private static void compare(
      String path, Optional<JsonNode> here, Optional<JsonNode> there, List<TwinDifference> all) {
    if (here.equals(there)) {
      return;
    }
    if (here.isEmpty() || there.isEmpty() || !hasPaths(here.get()) || !hasPaths(there.get())) {
      all.add(new TwinDifference(path, here, there));
      return;
    }
    TreeSet<String> names = new TreeSet<>(here.get().propertyNames());
    names.addAll(there.get().propertyNames());
    for (String name : names) {
      String escaped = name.replace("~", "~0").replace("/", "~1");
      compare(
          path.isEmpty() ? escaped : path + "/" + escaped,
          here.get().optional(name),
          there.get().optional(name),
          all);
    }
  }

  /** Members of an object have paths of their own, unless they declare its kind. */
  private static boolean hasPaths(JsonNode json) {
    return json.isObject() && json.propertyStream().noneMatch(it -> it.getKey().startsWith("$"));
  }
}
