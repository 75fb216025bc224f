package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON. Times are RFC 3339 in UTC, codes are in lower case with underscores. */
final class Json {
  static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** An object as a document. */
  static String object(Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      content.accept(out);
      out.writeEndObject();
    }
    return text.append('\n').toString();
  }

  /** A list of objects, as a property. */
  static <T> void list(
      JsonGenerator out, String name, Iterable<T> items, Consumer<? super T> item) {
    out.writeArrayPropertyStart(name);
    for (T each : items) {
      out.writeStartObject();
      item.accept(each);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** A list of texts, as a property. */
  static void texts(JsonGenerator out, String name, Iterable<?> items) {
    out.writeArrayPropertyStart(name);
    for (Object each : items) {
      out.writeString(each.toString());
    }
    out.writeEndArray();
  }

  /** A time; null for the end of time and for a time that is not known. */
  static void time(JsonGenerator out, String name, DtnTime time) {
    if (time.isUnknown() || time.equals(DtnTime.FOREVER)) {
      out.writeNullProperty(name);
    } else {
      out.writeStringProperty(name, time.toString());
    }
  }

  /** A time that may be missing; null then. */
  static void time(JsonGenerator out, String name, Optional<DtnTime> time) {
    time(out, name, time.orElse(DtnTime.UNKNOWN));
  }

  /** A text that may be missing; null then. */
  static void text(JsonGenerator out, String name, Optional<?> value) {
    if (value.isEmpty()) {
      out.writeNullProperty(name);
    } else {
      out.writeStringProperty(name, value.get().toString());
    }
  }

  /** A code. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
