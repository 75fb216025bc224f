package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One reading of HDTN JSON, token by token. */
final class HdtnReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxNameLength(1_000)
                  .maxStringLength(100_000)
                  .build())
          .build();

  private final ReadOptions options;
  private final Findings findings;
  private final JsonParser json;
  private final List<Declared> contacts = new ArrayList<>();
  private final TreeSet<String> toldUnknown = new TreeSet<>();
  private boolean toldEpoch;

  private HdtnReader(ReadOptions options, Findings findings, JsonParser json) {
    this.options = options;
    this.findings = findings;
    this.json = json;
  }

  static PlanReading read(PlanSource source, ReadOptions options) {
    Findings findings = new Findings(source, options);
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), source.text())) {
      HdtnReader reader = new HdtnReader(options, findings, json);
      try {
        reader.document();
      } catch (JacksonException broken) {
        reader.broken(broken);
      }
      return reader.finish();
    }
  }

  private void broken(JacksonException broken) {
    TokenStreamLocation at =
        broken.getLocation() == null ? json.currentLocation() : broken.getLocation();
    String message = broken.getOriginalMessage();
    findings.problem(
        Math.max(1, at.getLineNr()),
        Math.max(1, at.getColumnNr()),
        broken instanceof StreamConstraintsException
            ? "this is nested deeper or longer than any plan"
            : "no valid JSON: " + IonFields.shortened(message == null ? "" : message, 120),
        "look at this place and just before it");
  }

  private void document() {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      problem("the file is no JSON object", "expected {\"contacts\": […]}");
      return;
    }
    boolean found = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Position at = position();
      json.nextToken();
      if (name.equals("contacts") && !found) {
        found = true;
        if (!contactArray()) {
          return;
        }
      } else {
        unknown(name, at);
        json.skipChildren();
      }
    }
    if (!found) {
      problem("there is no \"contacts\"", "an HDTN plan is {\"contacts\": […]}");
    } else if (json.nextToken() != null) {
      problem("something follows the plan", "one JSON object makes the file");
    }
  }

  /** Reads the array; false if reading is to stop. */
  private boolean contactArray() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      problem("\"contacts\" is no array", "an HDTN plan is {\"contacts\": […]}");
      return false;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (contacts.size() >= options.limits().contacts()) {
        problem("more than " + options.limits().contacts() + " contacts", "split the plan");
        return false;
      }
      if (json.currentToken() == JsonToken.START_OBJECT) {
        contact().ifPresent(contacts::add);
      } else {
        problem("a contact is no JSON object", "expected {\"source\": …}");
        json.skipChildren();
      }
    }
    return true;
  }

  private Optional<Declared> contact() {
    HdtnContact contact = new HdtnContact(position(), options, findings);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      Optional<HdtnField> field = HdtnField.named(name);
      Position at = position();
      JsonToken value = json.nextToken();
      if (field.isEmpty()) {
        unknown(name, at);
        json.skipChildren();
      } else if (value == JsonToken.VALUE_NUMBER_INT) {
        if (field.get() == HdtnField.START_TIME) {
          checkEpoch();
        }
        contact.put(field.get(), json.getBigIntegerValue(), position());
      } else {
        contact.wrong(field.get(), kind(value), position());
        json.skipChildren();
      }
    }
    return contact.declared(epochMillis());
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

  /** The first time is where a missing epoch is told. */
  private void checkEpoch() {
    if (options.epoch() instanceof Epoch.None && !toldEpoch) {
      toldEpoch = true;
      problem("HDTN times count from an epoch that the file does not name", "give an epoch");
    }
  }

  private long epochMillis() {
    return switch (options.epoch()) {
      case Epoch.At(long dtnMillis) -> dtnMillis;
      case Epoch.Floating _, Epoch.None _ -> 0;
    };
  }

  private void unknown(String name, Position at) {
    String shown = IonFields.shortened(name);
    if (toldUnknown.size() < options.limits().problems() && toldUnknown.add(shown)) {
      findings.warning(
          at.line(), at.column(), "\"" + shown + "\" means nothing here", "it is not read");
    }
  }

  private Position position() {
    TokenStreamLocation at = json.currentTokenLocation();
    return new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  private void problem(String what, String mend) {
    Position at = position();
    findings.problem(at.line(), at.column(), what, mend);
  }

  private PlanReading finish() {
    List<Declared> disjoint = Declarations.withoutOverlap(contacts, options.tolerance(), findings);
    if (findings.hasProblems()) {
      return findings.refused();
    }
    List<Contact> plan = disjoint.stream().map(Declarations::contact).toList();
    return findings.parsed(
        ContactPlan.of(0, plan), PlanFormat.HDTN, options.epoch() instanceof Epoch.Floating);
  }
}
