package dev.holdfast.gateway.config;

import dev.holdfast.gateway.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document into {@link ConfigNode}s, each with its place. */
final class YamlTree {
  /** A configuration is written by hand: a megabyte is a mistake, and so is nesting this deep. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 16;

  private final String file;
  private final YAMLParser parser;

  private YamlTree(String file, YAMLParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * The document in {@code text}.
   *
   * @param file its name, for messages
   * @throws ConfigException if it is no YAML, holds a key twice, or more than one document
   */
  static ConfigNode read(String file, String text) {
    if (text.length() > MAX_BYTES) {
      throw new ConfigException(
          List.of(new Problem(file, new Position(1, 1), "the file is larger than 1 MiB")));
    }
    try (YAMLParser parser =
        (YAMLParser) YAMLFactory.builder().build().createParser(ObjectReadContext.empty(), text)) {
      YamlTree tree = new YamlTree(file, parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new ConfigNode.Empty(new Position(1, 1));
      }
      ConfigNode root = tree.node(first, 0);
      if (parser.nextToken() != null) {
        throw tree.refused(tree.here(), "a second document begins; one file holds one document");
      }
      return root;
    } catch (JacksonException e) {
      throw new ConfigException(List.of(new Problem(file, place(e), "not YAML: " + reason(e))));
    }
  }

  private ConfigNode node(JsonToken token, int depth) {
    Position at = here();
    if (depth > MAX_DEPTH) {
      throw refused(at, "nested deeper than " + MAX_DEPTH + " levels");
    }
    if (parser.isCurrentAlias()) {
      throw refused(at, "aliases (*name) are not understood; write the value out");
    }
    return switch (token) {
      case START_OBJECT -> mapping(at, depth);
      case START_ARRAY -> sequence(at, depth);
      case VALUE_NULL -> new ConfigNode.Empty(at);
      case VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_EMBEDDED_OBJECT ->
          scalar(at);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME ->
          throw refused(at, "a value is missing");
    };
  }

  private ConfigNode scalar(Position at) {
    String text = parser.getString();
    return text.isEmpty() ? new ConfigNode.Empty(at) : new ConfigNode.Scalar(at, text);
  }

  private ConfigNode mapping(Position at, int depth) {
    List<ConfigNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      Position keyAt = here();
      String key = parser.currentName();
      if (!keys.add(key)) {
        throw refused(keyAt, "key '" + key + "' stands here a second time");
      }
      entries.add(new ConfigNode.Entry(keyAt, key, node(parser.nextToken(), depth + 1)));
    }
    return new ConfigNode.Mapping(at, entries);
  }

  private ConfigNode sequence(Position at, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token, depth + 1));
    }
    return new ConfigNode.Sequence(at, items);
  }

  private Position here() {
    return position(parser.currentTokenLocation());
  }

  private ConfigException refused(Position at, String text) {
    return new ConfigException(List.of(new Problem(file, at, text)));
  }

  private static Position position(TokenStreamLocation location) {
    return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  private static Position place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? new Position(1, 1) : position(location);
  }

  /** The parser's own words, without the excerpts of the file that it puts between them. */
  private static String reason(JacksonException e) {
    String text = e.getOriginalMessage();
    return text == null
        ? "it cannot be read"
        : text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
  }
}
