package dev.holdfast.gateway.cli;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON for commands: writes one object a line, reads what the API answers. */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  /** One object on one line, without the line's end. */
  public static String line(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      content.accept(out);
      out.writeEndObject();
    }
    return text.toString();
  }

  /**
   * An object that was read; what is null in it counts as missing.
   *
   * @param members its members in order: texts, numbers, booleans, lists and objects
   */
  public record Value(Map<String, Object> members) {
    /** A text. */
    public Optional<String> text(String name) {
      return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A text that must be there. */
    public String need(String name) {
      return text(name)
          .orElseThrow(
              () ->
                  CommandException.failed(
                      "the gateway's answer has no '" + name + "': " + members));
    }

    /** A whole number, 0 if missing. */
    public long number(String name) {
      return members.get(name) instanceof Long number ? number : 0;
    }

    /** A boolean, false if missing. */
    public boolean flag(String name) {
      return Boolean.TRUE.equals(members.get(name));
    }

    /** The objects of a list. */
    public List<Value> objects(String name) {
      List<Value> found = new ArrayList<>();
      if (members.get(name) instanceof List<?> list) {
        for (Object each : list) {
          if (each instanceof Value value) {
            found.add(value);
          }
        }
      }
      return found;
    }

    /** The texts of a list. */
    public List<String> texts(String name) {
      return members.get(name) instanceof List<?> list
          ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
          : List.of();
    }
  }

  /** Reads one object; empty if there is none. */
  public static Optional<Value> read(String json) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      return in.nextToken() == JsonToken.START_OBJECT ? Optional.of(object(in)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Value object(JsonParser in) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      in.nextToken();
      value(in).ifPresent(value -> members.put(name, value));
    }
    return new Value(members);
  }

  private static Optional<Object> value(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT -> Optional.of(object(in));
      case START_ARRAY -> Optional.of(list(in));
      case VALUE_STRING -> Optional.of(in.getString());
      case VALUE_NUMBER_INT -> Optional.of(in.getLongValue());
      case VALUE_NUMBER_FLOAT -> Optional.of(in.getDoubleValue());
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME ->
          Optional.empty();
    };
  }

  private static List<Object> list(JsonParser in) {
    List<Object> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      value(in).ifPresent(items::add);
    }
    return items;
  }
}
