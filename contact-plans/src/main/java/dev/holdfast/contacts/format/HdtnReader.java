package dev.holdfast.contacts.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One reading of HDTN JSON, token by token. */
final class HdtnReader {
  private final ReadOptions options;
  private final Findings findings;
  private final JsonTokens tokens;
  private final JsonParser json;
  private final List<Declared> contacts = new ArrayList<>();

  private HdtnReader(ReadOptions options, Findings findings, JsonTokens tokens) {
    this.options = options;
    this.findings = findings;
    this.tokens = tokens;
    this.json = tokens.json();
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    Findings findings = new Findings(source, options);
    try (JsonTokens tokens = new JsonTokens(source, options, findings)) {
      HdtnReader reader = new HdtnReader(options, findings, tokens);
      try {
        reader.document();
      } catch (JacksonException broken) {
        tokens.broken(broken);
      }
      return Declarations.reading(reader.contacts, PlanFormat.HDTN, options, findings);
    }
  }

  private void document() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      tokens.problem("the file is no JSON object", "expected {\"contacts\": […]}");
      return;
    }
    boolean found = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Position at = tokens.position();
      json.nextToken();
      if (name.equals("contacts") && !found) {
        found = true;
        if (!contactArray()) {
          return;
        }
      } else {
        tokens.unknown(name, at);
        json.skipChildren();
      }
    }
    if (!found) {
      tokens.problem("there is no \"contacts\"", "an HDTN plan is {\"contacts\": […]}");
    } else if (json.nextToken() != null) {
      tokens.problem("something follows the plan", "one JSON object makes the file");
    }
  }

  /** Reads the array; false if reading is to stop. */
  private boolean contactArray() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      tokens.problem("\"contacts\" is no array", "an HDTN plan is {\"contacts\": […]}");
      return false;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (contacts.size() >= options.limits().contacts()) {
        tokens.problem("more than " + options.limits().contacts() + " contacts", "split the plan");
        return false;
      }
      if (json.currentToken() == JsonToken.START_OBJECT) {
        contact().ifPresent(contacts::add);
      } else {
        tokens.problem("a contact is no JSON object", "expected {\"source\": …}");
        json.skipChildren();
      }
    }
    return true;
  }

  private Optional<Declared> contact() {
    HdtnContact contact = new HdtnContact(tokens.position(), options, findings);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Optional<HdtnField> field = HdtnField.named(name);
      Position at = tokens.position();
      JsonToken value = json.nextToken();
      if (field.isEmpty()) {
        tokens.unknown(name, at);
        json.skipChildren();
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        if (field.get() == HdtnField.START_TIME) {
          tokens.checkEpoch("HDTN", tokens.position());
        }
        contact.put(field.get(), json.getBigIntegerValue(), tokens.position());
      } else {
        contact.wrong(field.get(), kind(value), tokens.position());
        json.skipChildren();
      }
    }
    return contact.declared(tokens.epochMillis());
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case VALUE_NUMBER_FLOAT -> "a decimal number";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case NOT_AVAILABLE,
          END_OBJECT,
          END_ARRAY,
          PROPERTY_NAME,
          VALUE_EMBEDDED_OBJECT,
          VALUE_NUMBER_INT ->
          "not there";
    };
  }
}
