package dev.holdfast.contacts.yaml;

import java.util.List;

/** A piece of a YAML document and where it stands. */
sealed interface YamlNode {
  /** Where it begins. */
  Position at();

  /** What it is, for messages. */
  String kind();

  /** A single value; {@code quoted} or not, kept as it was written. */
  record Scalar(Position at, String text) implements YamlNode {
    @Override
    public String kind() {
      return "a single value";
    }
  }

  /** Nothing: a key without a value. */
  record Empty(Position at) implements YamlNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A list. */
  record Sequence(Position at, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with their values, in order. */
  record Mapping(Position at, List<Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "a block of keys";
    }
  }

  /** One key of a mapping. */
  record Entry(Position at, String key, YamlNode value) {}
}
