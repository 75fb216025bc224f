package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.PlanDiff.Change;
import dev.holdfast.contacts.PlanTotals;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What differs between two plans, as one JSON document without a line end. */
public final class DiffJson {
  private DiffJson() {}

  /**
   * All of it.
   *
   * @param zero what the members that end in {@code _s} count from
   */
  public static String of(PlanComparison compared, boolean floating, Epoch.At zero) {
    PlanDiff difference = compared.contacts();
    return PlanJson.document(
        json -> {
          json.writeBooleanProperty("equal", compared.isEqual());
          totals(json, "before", compared.before().contacts());
          totals(json, "after", compared.after().contacts());
          totals(json, "added_totals", difference.added());
          totals(json, "removed_totals", difference.removed());
          totals(json, "changed_totals", difference.changed().stream().map(Change::after).toList());
          contacts(json, "added", difference.added(), floating, zero);
          contacts(json, "removed", difference.removed(), floating, zero);
          json.writeArrayPropertyStart("changed");
          for (Change change : difference.changed()) {
            json.writeStartObject();
            json.writeName("before");
            PlanJson.contact(json, change.before(), floating, zero);
            json.writeName("after");
            PlanJson.contact(json, change.after(), floating, zero);
            json.writeEndObject();
          }
          json.writeEndArray();
          texts(json, "names", compared.names());
          texts(json, "regions", compared.regions());
        });
  }

  private static void totals(JsonGenerator json, String name, List<Contact> contacts) {
    PlanTotals totals = PlanTotals.of(contacts);
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("contact_count", totals.contacts());
    json.writeNumberProperty("pair_count", totals.pairs());
    PlanJson.seconds(json, "open_s", totals.openMillis());
    json.writeNumberProperty("volume_bytes", totals.volumeBytes());
    json.writeEndObject();
  }

  private static void contacts(
      JsonGenerator json, String name, List<Contact> contacts, boolean floating, Epoch.At zero) {
    json.writeArrayPropertyStart(name);
    contacts.forEach(contact -> PlanJson.contact(json, contact, floating, zero));
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> lines) {
    json.writeArrayPropertyStart(name);
    lines.forEach(json::writeString);
    json.writeEndArray();
  }
}
