package dev.holdfast.gateway.config;

import java.util.List;

/** A piece of a YAML document and where it stands. */
sealed interface ConfigNode {
  /** Where it begins. */
  Position at();

  /** What it is, for messages. */
  String kind();

  /** A single value; {@code quoted} or not, kept as it was written. */
  record Scalar(Position at, String text) implements ConfigNode {
    @Override
    public String kind() {
      return "a single value";
    }
  }

  /** Nothing: a key without a value. */
  record Empty(Position at) implements ConfigNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A list. */
  record Sequence(Position at, List<ConfigNode> items) implements ConfigNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with their values, in order. */
  record Mapping(Position at, List<Entry> entries) implements ConfigNode {
    @Override
    public String kind() {
      return "a block of keys";
    }
  }

  /** One key of a mapping. */
  record Entry(Position at, String key, ConfigNode value) {}
}
