package dev.holdfast.crdt.twin;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is wrong with a value that is to be stored whole. */
final class JsonFault {
  private JsonFault() {}

  /**
   * Why that value cannot be stored; empty if it can.
   *
   * @param levels how deep it may nest, itself included
   */
  static Optional<String> of(JsonNode value, int levels) {
    return of(value, levels, false);
  }

  /** As {@link #of}, but members may declare kinds: for what is not stored whole. */
  static Optional<String> ofDocument(JsonNode value, int levels) {
    return of(value, levels, true);
  }

  private static Optional<String> of(JsonNode value, int levels, boolean declares) {
    if (value.isNumber()) {
      return NumberCodec.fault(value);
    }
    if (value.isString()) {
      return text(value.stringValue());
    }
    if (value.isBoolean() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray() && !value.isObject()) {
      return Optional.of("no value of JSON");
    }
    if (levels < 1) {
      return Optional.of("nested too deep");
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Optional<String> fault =
          !declares && Declaration.isReserved(member.getKey())
              ? Optional.of(member.getKey() + " within a value that is stored whole")
              : text(member.getKey());
      if (fault.isPresent()) {
        return fault;
      }
    }
    for (JsonNode each : value.values()) {
      Optional<String> fault = of(each, levels - 1, declares);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(String text) {
    return Segments.halfCharacter(text) >= 0
        ? Optional.of("half a character in a text")
        : Optional.empty();
  }

  /** Whether an array or object nests deeper than so many levels, itself included. */
  static boolean isDeeper(JsonNode value, int levels) {
    if (!value.isContainer()) {
      return false;
    }
    return levels < 1 || value.values().stream().anyMatch(each -> isDeeper(each, levels - 1));
  }
}
