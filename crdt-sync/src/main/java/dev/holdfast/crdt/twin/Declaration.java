package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Kind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How JSON says that a place is not a value but a set, a counter, a stock, a list or a blob: an
 * object with one member, which names the kind and says what it is to show.
 *
 * <pre>
 *   {"$set": [value, ...]}   {"$counter": integer}   {"$stock": integer of 0 or more}
 *   {"$list": [value, ...]}  {"$blob": "Base64"}
 * </pre>
 *
 * @param kind which
 * @param content what it is to show
 */
record Declaration(Kind kind, JsonNode content) {
  /** Octets of an element, or of a value, that cannot be read. */
  static final String OCTETS = "$octets";

  private static final List<Kind> KINDS =
      List.of(Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.LIST, Kind.BLOB);

  /** What an object declares; empty if it is an object like others. */
  static Optional<Declaration> of(JsonNode json) {
    if (json.isObject() && json.size() == 1) {
      for (Kind kind : KINDS) {
        JsonNode content = json.get(name(kind));
        if (content != null) {
          return Optional.of(new Declaration(kind, content));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether members have other names than this. */
  static boolean isReserved(String name) {
    return name.startsWith("$")
        && (name.equals(OCTETS) || KINDS.stream().anyMatch(kind -> name(kind).equals(name)));
  }

  static String name(Kind kind) {
    return switch (kind) {
      case SET -> "$set";
      case COUNTER -> "$counter";
      case STOCK -> "$stock";
      case LIST -> "$list";
      case BLOB -> "$blob";
      case REGISTER -> "$register";
      case MAP -> "$map";
    };
  }

  /** A kind in words, with an article. */
  static String words(Kind kind) {
    return switch (kind) {
      case SET -> "a set";
      case COUNTER -> "a counter";
      case STOCK -> "a stock";
      case LIST -> "a list";
      case BLOB -> "a blob";
      case REGISTER -> "a value";
      case MAP -> "an object";
    };
  }

  /** What declares this. */
  ObjectNode json() {
    return JsonNodeFactory.instance.objectNode().set(name(kind), content);
  }
}
