package dev.holdfast.contacts.yaml;

import dev.holdfast.contacts.yaml.YamlException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document into {@link YamlNode}s, each with its place. */
final class YamlTree {
  /** What people write is not nested this deep. */
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
   * @param maxChars how long it may be
   * @throws YamlException if it is no YAML, holds a key twice, or more than one document
   */
  static YamlNode read(String file, String text, int maxChars) {
    if (text.length() > maxChars) {
      String what = "the file is larger than " + Units.sizeText(maxChars);
      throw new YamlException(List.of(new Problem(file, new Position(1, 1), what)));
    }
    // Keys that stand twice are told below, with their place.
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(maxChars).setAllowDuplicateKeys(true).build();
    try (YAMLParser parser =
        (YAMLParser)
            YAMLFactory.builder()
                .loadSettings(settings)
                .build()
                .createParser(ObjectReadContext.empty(), text)) {
      YamlTree tree = new YamlTree(file, parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new YamlNode.Empty(new Position(1, 1));
      }
      YamlNode root = tree.node(first, 0);
      if (parser.nextToken() != null) {
        throw tree.refused(tree.here(), "a second document begins; one file holds one document");
      }
      return root;
    } catch (JacksonException e) {
      throw new YamlException(List.of(new Problem(file, place(e), "not YAML: " + reason(e))));
    }
  }

  private YamlNode node(JsonToken token, int depth) {
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
      case VALUE_NULL -> new YamlNode.Empty(at);
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

  private YamlNode scalar(Position at) {
    String text = parser.getString();
    return text.isEmpty() ? new YamlNode.Empty(at) : new YamlNode.Scalar(at, text);
  }

  private YamlNode mapping(Position at, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      Position keyAt = here();
      String key = parser.currentName();
      if (!keys.add(key)) {
        throw refused(keyAt, "key '" + key + "' stands here a second time");
      }
      entries.add(new YamlNode.Entry(keyAt, key, node(parser.nextToken(), depth + 1)));
    }
    return new YamlNode.Mapping(at, entries);
  }

  private YamlNode sequence(Position at, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(node(token, depth + 1));
    }
    return new YamlNode.Sequence(at, items);
  }

  private Position here() {
    return position(parser.currentTokenLocation());
  }

  private YamlException refused(Position at, String text) {
    return new YamlException(List.of(new Problem(file, at, text)));
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
