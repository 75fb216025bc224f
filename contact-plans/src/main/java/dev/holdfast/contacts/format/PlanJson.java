package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.PlanTotals;
import dev.holdfast.contacts.Region;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What commands tell machines about plans: one JSON document each, without a line end. */
public final class PlanJson {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private PlanJson() {}

  /** What became of reading a plan: {@code ok}, counts, and every problem or warning listed. */
  public static String check(String file, PlanReading reading) {
    return document(
        json -> {
          json.writeStringProperty("file", file);
          switch (reading) {
            case PlanReading.Parsed parsed -> {
              json.writeBooleanProperty("ok", true);
              json.writeStringProperty("format", parsed.format().label());
              json.writeBooleanProperty("floating", parsed.floating());
              totals(json, parsed.plan());
              sums(json, parsed);
              problems(json, "problems", List.of(), 0);
              problems(json, "warnings", parsed.warnings(), parsed.warningCount());
            }
            case PlanReading.Refused refused -> {
              json.writeBooleanProperty("ok", false);
              problems(json, "problems", refused.problems(), refused.problemCount());
              problems(json, "warnings", List.of(), 0);
            }
          }
        });
  }

  /**
   * A plan with some of its contacts.
   *
   * @param zero what the members that end in {@code _s} count from, in seconds
   */
  public static String show(
      String file, PlanReading.Parsed parsed, List<Contact> contacts, Epoch.At zero) {
    return document(
        json -> {
          json.writeStringProperty("file", file);
          json.writeStringProperty("format", parsed.format().label());
          json.writeBooleanProperty("floating", parsed.floating());
          totals(json, parsed.plan());
          json.writeArrayPropertyStart("contacts");
          for (Contact contact : contacts) {
            contact(json, contact, parsed.floating(), zero);
          }
          json.writeEndArray();
          facts(json, parsed.plan().facts());
        });
  }

  /** Names and regions, where the plan has any. */
  private static void facts(JsonGenerator json, NodeFacts facts) {
    if (!facts.names().isEmpty()) {
      json.writeObjectPropertyStart("names");
      facts.names().forEach((node, name) -> json.writeStringProperty(node.decimal(), name));
      json.writeEndObject();
    }
    if (!facts.regions().isEmpty()) {
      json.writeArrayPropertyStart("regions");
      for (Region region : facts.regions()) {
        json.writeStartObject();
        json.writeStringProperty("name", region.name());
        json.writeArrayPropertyStart("nodes");
        region.nodes().forEach(span -> json.writeString(span.toString()));
        json.writeEndArray();
        json.writeArrayPropertyStart("gateways");
        region.gateways().forEach(node -> json.writeNumber(new BigInteger(node.decimal())));
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  /** A plan in another format. */
  public static String converted(PlanFormat format, Printed printed) {
    return document(
        json -> {
          json.writeStringProperty("format", format.label());
          json.writeStringProperty("text", printed.text());
          json.writeArrayPropertyStart("losses");
          printed.losses().forEach(json::writeString);
          json.writeEndArray();
        });
  }

  static String document(Consumer<JsonGenerator> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void totals(JsonGenerator json, ContactPlan plan) {
    json.writeNumberProperty("contact_count", plan.contacts().size());
    json.writeNumberProperty("node_count", plan.nodes().size());
  }

  /** What {@code plan check} adds to the counts. */
  private static void sums(JsonGenerator json, PlanReading.Parsed parsed) {
    PlanTotals totals = PlanTotals.of(parsed.plan().contacts());
    json.writeNumberProperty("pair_count", totals.pairs());
    seconds(json, "open_s", totals.openMillis());
    json.writeNumberProperty("volume_bytes", totals.volumeBytes());
    if (totals.extent().isPresent()) {
      PlanTotals.Extent extent = totals.extent().get();
      instant(json, "start", extent.start(), parsed.floating());
      instant(json, "end", extent.end(), parsed.floating());
      seconds(json, "shortest_s", extent.shortestMillis());
      seconds(json, "longest_s", extent.longestMillis());
      json.writeNumberProperty("rate_min_bytes_per_s", extent.leastRate());
      json.writeNumberProperty("rate_max_bytes_per_s", extent.mostRate());
      seconds(json, "owlt_min_s", extent.leastOwltMillis());
      seconds(json, "owlt_max_s", extent.mostOwltMillis());
      json.writeNumberProperty("confidence_min", extent.leastConfidence());
    }
  }

  private static void instant(JsonGenerator json, String name, DtnTime time, boolean floating) {
    if (floating) {
      seconds(json, name + "_s", time.millis());
    } else {
      json.writeStringProperty(name, TimeText.iso(time));
    }
  }

  static void seconds(JsonGenerator json, String name, long millis) {
    json.writeNumberProperty(name, TimeText.decimalSeconds(millis));
  }

  private static void problems(
      JsonGenerator json, String name, List<PlanProblem> problems, int count) {
    json.writeNumberProperty(name.substring(0, name.length() - 1) + "_count", count);
    json.writeArrayPropertyStart(name);
    for (PlanProblem problem : problems) {
      json.writeStartObject();
      json.writeNumberProperty("line", problem.line());
      json.writeNumberProperty("column", problem.column());
      json.writeStringProperty("what", problem.what());
      json.writeStringProperty("mend", problem.mend());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void contact(JsonGenerator json, Contact contact, boolean floating, Epoch.At zero) {
    json.writeStartObject();
    json.writeNumberProperty("from", new BigInteger(contact.from().decimal()));
    json.writeNumberProperty("to", new BigInteger(contact.to().decimal()));
    time(json, "start", contact.start(), floating, zero);
    time(json, "end", contact.end(), floating, zero);
    json.writeNumberProperty("rate_bytes_per_s", contact.bytesPerSecond());
    json.writeName("owlt_s");
    json.writeNumber(TimeText.seconds(contact.owltMillis()));
    json.writeNumberProperty("volume_bytes", contact.volumeBytes());
    json.writeNumberProperty("confidence", contact.confidence());
    json.writeEndObject();
  }

  private static void time(
      JsonGenerator json, String name, DtnTime time, boolean floating, Epoch.At zero) {
    if (!floating) {
      json.writeStringProperty(name, TimeText.iso(time));
    }
    json.writeName(name + "_s");
    json.writeNumber(TimeText.seconds(time.millis() - zero.dtnMillis()));
  }
}
