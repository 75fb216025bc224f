package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Kind;
import tools.jackson.databind.JsonNode;

/** What a register of a twin says. */
sealed interface Content {
  /** An object is there, whether or not it has members, which have paths of their own. */
  record Members() implements Content {}

  /**
   * A value that is no object, or any value as an element of a set or of a list.
   *
   * @param json the value
   */
  record Value(JsonNode json) implements Content {}

  /**
   * A leaf of another kind is there, beside the register.
   *
   * @param kind which
   */
  record Declared(Kind kind) implements Content {}

  /** The octets are none of these: whoever wrote them was wrong, or is of a later version. */
  record Unreadable() implements Content {}
}
