package dev.holdfast.crdt.twin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random JSON and paths, few names, so that they meet; and the algorithm of RFC 7396 §2. */
final class JsonMaker {
  static final List<String> NAMES = List.of("a", "b", "~/", "ü b", "$ref", "a/b");
  private static final List<String> TYPED = List.of("$set", "$counter", "$stock", "$list", "$blob");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final SplittableRandom random;

  JsonMaker(long seed) {
    random = new SplittableRandom(seed);
  }

  JsonNode any(int depth) {
    return random.nextInt(3) == 0 && depth > 0 ? object(depth) : value(depth);
  }

  ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(name(), any(depth - 1));
    }
    return object;
  }

  String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.stringNode("t" + random.nextInt(3));
      case 3 -> JSON.numberNode(BigDecimal.valueOf(random.nextInt(50), random.nextInt(3)));
      case 4 -> JSON.numberNode(BigInteger.ONE.shiftLeft(60 + random.nextInt(8)));
      case 5 -> array(depth);
      default -> JSON.numberNode(random.nextInt(4));
    };
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int i = random.nextInt(3); i > 0; i--) {
      array.add(any(depth - 1));
    }
    return array;
  }

  /** A merge patch: nulls among the members. */
  JsonNode patch(int depth) {
    if (random.nextInt(8) == 0) {
      return any(1);
    }
    ObjectNode patch = JSON.objectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      patch.set(
          name(),
          switch (random.nextInt(3)) {
            case 0 -> JSON.nullNode();
            case 1 -> depth > 0 ? patch(depth - 1) : any(0);
            default -> any(depth);
          });
    }
    return patch;
  }

  /** What declares a set, counter, stock, list or blob. */
  JsonNode declaration() {
    String name = TYPED.get(random.nextInt(TYPED.size()));
    JsonNode content =
        switch (name) {
          case "$counter", "$stock" -> JSON.numberNode(random.nextInt(5));
          case "$blob" -> JSON.stringNode(random.nextBoolean() ? "AAAA" : "AQ==");
          case "$list" -> array(1);
          default -> random.nextBoolean() ? JSON.arrayNode() : JSON.arrayNode().add(1).add("x");
        };
    return JSON.objectNode().set(name, content);
  }

  /** Attributes, or a path below it. */
  TwinPath path(int most) {
    List<String> names = new ArrayList<>(List.of("attributes"));
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      names.add(name());
    }
    return new TwinPath(names);
  }

  /** RFC 7396 §2, as it stands there. */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target.isObject() ? ((ObjectNode) target).deepCopy() : JSON.objectNode();
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      if (member.getValue().isNull()) {
        result.remove(member.getKey());
      } else {
        JsonNode old = result.has(member.getKey()) ? result.get(member.getKey()) : JSON.nullNode();
        result.set(member.getKey(), merge(old, member.getValue()));
      }
    }
    return result;
  }
}
