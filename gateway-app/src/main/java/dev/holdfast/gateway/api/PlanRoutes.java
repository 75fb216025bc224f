package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanDiff;
import dev.holdfast.contacts.format.DiffText;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.TimeText;
import dev.holdfast.gateway.config.PlanConfig;
import dev.holdfast.gateway.plan.ContactKey;
import dev.holdfast.gateway.plan.PlanEdit;
import dev.holdfast.gateway.plan.PlanKeeper;
import dev.holdfast.gateway.plan.PlanReload;
import dev.holdfast.gateway.plan.PlanVersion;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** The contact plan: as it is, as it was, and single contacts of it changed. */
final class PlanRoutes {
  private static final int MOST_CONTACTS = 10_000;

  private final NodeAccess node;
  private final PlanKeeper keeper;

  PlanRoutes(NodeAccess node, Operations operations) {
    this.node = node;
    this.keeper = operations.plan();
  }

  void plan(Context context) {
    Parameters query = new Parameters(context);
    int limit = (int) query.number("limit", 1000, 1, MOST_CONTACTS);
    query.end();
    ContactPlan plan = keeper.plan();
    OptionalLong pinned = keeper.pinned();
    DtnTime now = node.look().at().wall();
    Routes.json(
        context,
        Json.object(
            out -> {
              out.writeNumberProperty("version", plan.version());
              Json.text(out, "file", keeper.source().map(PlanConfig::file));
              pinned.ifPresent(version -> out.writeNumberProperty("went_back_to", version));
              out.writeNumberProperty("edits", keeper.edits().size());
              out.writeNumberProperty("contacts_in_all", plan.contacts().size());
              Json.time(out, "ends", plan.end());
              Json.list(
                  out,
                  "contacts",
                  plan.chronological().stream()
                      .filter(contact -> contact.end().isAfter(now))
                      .limit(limit)
                      .toList(),
                  contact -> planned(out, contact));
            }));
  }

  private static void planned(JsonGenerator out, Contact contact) {
    Views.planned(out, contact);
    if (contact.confidence() < 1) {
      out.writeNumberProperty("confidence", contact.confidence());
    }
  }

  void reload(Context context) {
    new Parameters(context).end();
    tell(context, keeper.reload());
  }

  /** A plan that was taken, or the problem with it. */
  private static void tell(Context context, PlanReload result) {
    switch (result) {
      case PlanReload.Refused(List<String> problems) -> throw Problem.invalid(problems.getFirst());
      case PlanReload.InForce(ContactPlan plan, PlanDiff difference, List<String> warnings) ->
          Routes.json(
              context,
              Json.object(
                  out -> {
                    out.writeNumberProperty("version", plan.version());
                    out.writeStringProperty(
                        "difference", DiffText.summary(difference.joiningMoves()));
                    out.writeNumberProperty("added", difference.added().size());
                    out.writeNumberProperty("removed", difference.removed().size());
                    out.writeNumberProperty("changed", difference.changed().size());
                    Json.texts(out, "warnings", warnings);
                  }));
    }
  }

  void versions(Context context) {
    new Parameters(context).end();
    long now = keeper.plan().version();
    List<PlanVersion> versions = read(keeper::versions);
    Routes.json(
        context,
        Json.object(
            out ->
                Json.list(
                    out,
                    "versions",
                    versions,
                    version -> {
                      version(out, version);
                      out.writeBooleanProperty("in_force", version.version() == now);
                    })));
  }

  private static void version(JsonGenerator out, PlanVersion version) {
    out.writeNumberProperty("version", version.version());
    out.writeStringProperty("since", version.since());
    out.writeStringProperty("source", version.source());
    out.writeStringProperty("difference", version.difference());
    out.writeNumberProperty("contacts", version.contacts());
  }

  void version(Context context) {
    new Parameters(context).end();
    long number = number(context);
    Optional<PlanVersion> version =
        read(keeper::versions).stream().filter(each -> each.version() == number).findFirst();
    Optional<String> text = read(() -> keeper.text(number));
    if (version.isEmpty() || text.isEmpty()) {
      throw notKept(number);
    }
    Routes.json(
        context,
        Json.object(
            out -> {
              version(out, version.get());
              out.writeStringProperty("plan", text.get());
            }));
  }

  void activate(Context context) {
    new Parameters(context).end();
    long number = number(context);
    if (read(() -> keeper.text(number)).isEmpty()) {
      throw notKept(number);
    }
    tell(context, keeper.activate(number));
  }

  private static long number(Context context) {
    String text = context.pathParam("version");
    if (!text.matches("[0-9]{1,18}")) {
      throw Problem.invalid("'" + text + "' is no version; write a number such as 12");
    }
    return Long.parseLong(text);
  }

  private static Problem notKept(long version) {
    return new Problem(
        Problem.Kind.NOT_FOUND,
        "plan version "
            + version
            + " is not kept; see /api/v1/plan/versions and plan.keepVersions");
  }

  void edits(Context context) {
    new Parameters(context).end();
    Routes.json(
        context,
        Json.object(
            out ->
                Json.list(
                    out,
                    "edits",
                    keeper.edits(),
                    edit -> {
                      out.writeStringProperty("edit", edit.label());
                      switch (edit) {
                        case PlanEdit.Added(Contact contact) -> planned(out, contact);
                        case PlanEdit.Changed(Contact contact) -> planned(out, contact);
                        case PlanEdit.Cancelled(ContactKey key) -> {
                          out.writeStringProperty("from", key.from().toString());
                          out.writeStringProperty("to", key.to().toString());
                          Json.time(out, "start", key.start());
                        }
                      }
                    })));
  }

  void clearEdits(Context context) {
    new Parameters(context).end();
    tell(context, keeper.clearEdits());
  }

  void add(Context context) {
    new Parameters(context).end();
    tell(context, keeper.add(ContactBody.read(context).contact()));
  }

  void change(Context context) {
    new Parameters(context).end();
    ContactKey key = key(context);
    Contact before = keeper.find(key).orElseThrow(() -> unknown(key));
    tell(context, keeper.change(ContactBody.read(context).changing(before)));
  }

  void cancel(Context context) {
    new Parameters(context).end();
    ContactKey key = key(context);
    if (keeper.find(key).isEmpty()) {
      throw unknown(key);
    }
    tell(context, keeper.cancel(key));
  }

  private static Problem unknown(ContactKey key) {
    return new Problem(Problem.Kind.NOT_FOUND, "the plan has no contact " + key);
  }

  private static ContactKey key(Context context) {
    return new ContactKey(
        node(context.pathParam("from")),
        node(context.pathParam("to")),
        time("start", context.pathParam("start")));
  }

  static NodeNumber node(String text) {
    return NodeNumber.parse(text)
        .orElseThrow(
            () -> Problem.invalid("'" + text + "' is no node number; write 977 or 974848.977"));
  }

  static DtnTime time(String name, String text) {
    return TimeText.parse(text, Epoch.NONE)
        .orElseThrow(
            () ->
                Problem.invalid(name + ": '" + text + "' is no time; write 2026-12-01T00:00:00Z"));
  }

  /** Something that reads files. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new Problem(Problem.Kind.FAULT, "the kept plans cannot be read: " + e);
    }
  }
}
