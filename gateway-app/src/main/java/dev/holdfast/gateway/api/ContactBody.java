package dev.holdfast.gateway.api;

import dev.holdfast.contacts.Contact;
import dev.holdfast.crdt.twin.TwinJson;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The body of a request that says what a contact is or is to be. */
final class ContactBody {
  private static final int MOST_BODY = 64 << 10;
  private static final List<String> KEY = List.of("from", "to", "start");
  private static final List<String> VALUES =
      List.of("end", "bytes_per_second", "light_time_ms", "confidence");

  private final Map<String, String> members;

  private ContactBody(Map<String, String> members) {
    this.members = members;
  }

  static ContactBody read(Context context) {
    try (InputStream in = context.bodyInputStream()) {
      byte[] body = in.readNBytes(MOST_BODY + 1);
      if (body.length > MOST_BODY) {
        throw Problem.invalid("a body of more than 64 KiB; a contact is shorter");
      }
      return new ContactBody(members(body));
    } catch (IOException e) {
      throw Problem.invalid("the body ended early: " + e.getMessage());
    } catch (JacksonException e) {
      throw Problem.invalid("the body is not JSON: " + TwinJson.reason(e));
    }
  }

  private static Map<String, String> members(byte[] body) {
    Map<String, String> members = new TreeMap<>();
    try (JsonParser in = Json.FACTORY.createParser(ObjectReadContext.empty(), body)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw Problem.invalid(
            "the body must be an object such as {\"end\": \"2026-12-01T00:00:00Z\"}");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (!KEY.contains(name) && !VALUES.contains(name)) {
          throw Problem.invalid(
              "there is no '%s'; a contact has %s, %s"
                  .formatted(name, String.join(", ", KEY), String.join(", ", VALUES)));
        }
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
          throw Problem.invalid(name + " must be a text or a number");
        }
        if (members.put(name, in.getString()) != null) {
          throw Problem.invalid(name + " is there twice");
        }
      }
    }
    return members;
  }

  /** A contact of which all is said but perhaps its confidence. */
  Contact contact() {
    return made(
        () ->
            new Contact(
                PlanRoutes.node(need("from")),
                PlanRoutes.node(need("to")),
                PlanRoutes.time("start", need("start")),
                PlanRoutes.time("end", need("end")),
                whole("bytes_per_second", need("bytes_per_second")),
                whole("light_time_ms", need("light_time_ms")),
                confidence().orElse(1.0)));
  }

  /** A contact with what is said here instead of what it has. */
  Contact changing(Contact before) {
    for (String name : KEY) {
      if (members.containsKey(name)) {
        throw Problem.invalid(name + " cannot be changed; cancel the contact and add another");
      }
    }
    if (members.isEmpty()) {
      throw Problem.invalid("nothing to change; say " + String.join(", ", VALUES));
    }
    return made(
        () ->
            new Contact(
                before.from(),
                before.to(),
                before.start(),
                said("end").map(text -> PlanRoutes.time("end", text)).orElse(before.end()),
                said("bytes_per_second")
                    .map(text -> whole("bytes_per_second", text))
                    .orElse(before.bytesPerSecond()),
                said("light_time_ms")
                    .map(text -> whole("light_time_ms", text))
                    .orElse(before.owltMillis()),
                confidence().orElse(before.confidence())));
  }

  private static Contact made(Supplier<Contact> contact) {
    try {
      return contact.get();
    } catch (IllegalArgumentException outOfRange) {
      throw Problem.invalid(String.valueOf(outOfRange.getMessage()));
    }
  }

  private Optional<String> said(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private String need(String name) {
    return said(name).orElseThrow(() -> Problem.invalid("the contact has no " + name));
  }

  private Optional<Double> confidence() {
    return said("confidence")
        .map(
            text -> {
              if (!text.matches("[0-9]{1,4}(\\.[0-9]{1,18})?")) {
                throw Problem.invalid("confidence: '" + text + "' is no number up to 1");
              }
              return Double.valueOf(text);
            });
  }

  private static long whole(String name, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.invalid(name + ": '" + text + "' is no whole number");
    }
    return Long.parseLong(text);
  }
}
