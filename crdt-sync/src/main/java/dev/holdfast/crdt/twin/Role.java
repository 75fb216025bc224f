package dev.holdfast.crdt.twin;

import java.util.List;
import java.util.Optional;

/** What stands at a place in a thing. */
enum Role {
  /** The thing itself. */
  THING(true),
  /** Its id, which never changes. */
  THING_ID(false),
  /** The id of its policy. */
  POLICY_ID(false),
  /** Which model it follows. */
  DEFINITION(false),
  /** All attributes. */
  ATTRIBUTES(true),
  /** All features. */
  FEATURES(true),
  /** One feature. */
  FEATURE(true),
  /** Which models a feature follows. */
  FEATURE_DEFINITION(false),
  /** All properties, or all desired ones, of a feature. */
  PROPERTIES(true),
  /** An attribute or a property, or a part of one: any JSON. */
  FREE(false);

  private final boolean object;

  Role(boolean object) {
    this.object = object;
  }

  /** Whether an object stands there and nothing else. */
  boolean isObject() {
    return object;
  }

  /** Whether leaves may be stored there. */
  boolean isStored() {
    return this != THING && this != THING_ID;
  }

  static Optional<Role> of(List<String> names) {
    if (names.isEmpty()) {
      return Optional.of(THING);
    }
    boolean alone = names.size() == 1;
    return switch (names.getFirst()) {
      case "thingId" -> alone ? Optional.of(THING_ID) : Optional.empty();
      case "policyId" -> alone ? Optional.of(POLICY_ID) : Optional.empty();
      case "definition" -> alone ? Optional.of(DEFINITION) : Optional.empty();
      case "attributes" -> Optional.of(alone ? ATTRIBUTES : FREE);
      case "features" -> ofFeature(names);
      default -> Optional.empty();
    };
  }

  private static Optional<Role> ofFeature(List<String> names) {
    if (names.size() == 1) {
      return Optional.of(FEATURES);
    }
    // Ditto: the id may not be the wildcard operator.
    if (names.get(1).equals("*")) {
      return Optional.empty();
    }
    if (names.size() == 2) {
      return Optional.of(FEATURE);
    }
    return switch (names.get(2)) {
      case "definition" -> names.size() == 3 ? Optional.of(FEATURE_DEFINITION) : Optional.empty();
      case "properties", "desiredProperties" -> Optional.of(names.size() == 3 ? PROPERTIES : FREE);
      default -> Optional.empty();
    };
  }

  /** What there is instead of a place that there is not. */
  static String known(List<String> names) {
    String last = names.getLast();
    if (names.size() > 1 && names.getFirst().equals("features")) {
      return names.size() == 2
          ? "a feature's id is not *"
          : "a feature has definition, properties and desiredProperties, not "
              + (names.size() == 3 ? last : "anything below " + names.get(2));
    }
    return names.size() == 1
        ? "a thing has thingId, policyId, definition, attributes and features, not " + last
        : names.getFirst() + " has no members";
  }
}
