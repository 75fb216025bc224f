package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.TypedEdit;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinRequest;
import dev.holdfast.gateway.twin.TwinRequest.Wish;
import io.javalin.http.Context;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Things and their parts, as Eclipse Ditto has them: one resource for each path down to a leaf. */
final class ThingRoutes {
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final int SUBJECT_LENGTH = 256;

  private final TwinCalls twins;
  private final TwinBody body;
  private final ThingStream stream;

  ThingRoutes(TwinCalls twins, TwinBody body, ThingStream stream) {
    this.twins = twins;
    this.body = body;
    this.stream = stream;
  }

  private enum View {
    PLAIN,
    FULL
  }

  void thing(Context context) {
    TwinTarget target = TwinTarget.thing(context);
    if (Listeners.wantsStream(context)) {
      stream.one(context, target.thing());
    } else {
      show(context, target);
    }
  }

  void part(Context context) {
    if (Listeners.wantsStream(context)) {
      throw Problem.invalid(
          "streams are of whole things; ask for the thing, with fields= for a part of it");
    }
    show(context, TwinTarget.part(context));
  }

  private void show(Context context, TwinTarget target) {
    Parameters query = new Parameters(context);
    Form form = query.choice("form", Form.PLAIN, Form.class);
    Optional<TwinFields> fields = query.value("fields", TwinFields::of);
    View view = query.choice("view", View.PLAIN, View.class);
    query.end();
    TwinAnswer.Shown shown = twins.show(new TwinRequest.Read(target.thing(), target.path(), form));
    TwinViews.headers(context, shown);
    if (TwinConditions.isKnown(context, shown.tag())) {
      context.status(304);
      return;
    }
    JsonNode value = fields.map(wanted -> wanted.of(shown.json())).orElse(shown.json());
    Routes.json(
        context,
        switch (view) {
          case PLAIN -> TwinViews.json(value) + "\n";
          case FULL -> TwinViews.full(shown, value);
        });
  }

  void putThing(Context context) {
    put(context, TwinTarget.thing(context));
  }

  void putPart(Context context) {
    put(context, TwinTarget.part(context));
  }

  private void put(Context context, TwinTarget target) {
    TwinAnswer.Changed changed =
        change(context, target, new Wish.Put(target.path(), body.json(context)));
    if (changed.created()) {
      context.status(201).header("Location", context.req().getRequestURI());
    } else {
      context.status(204);
    }
  }

  void patchThing(Context context) {
    patch(context, TwinTarget.thing(context));
  }

  void patchPart(Context context) {
    patch(context, TwinTarget.part(context));
  }

  private void patch(Context context, TwinTarget target) {
    String type = Optional.ofNullable(context.header("Content-Type")).orElse("none");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase(MERGE_PATCH)) {
      context.header("Accept-Patch", MERGE_PATCH);
      throw new Problem(
          Problem.Kind.UNKNOWN_TYPE,
          "the content type is " + type + "; a patch is " + MERGE_PATCH + " (RFC 7396)");
    }
    change(context, target, new Wish.Patch(target.path(), body.json(context)));
    context.status(204);
  }

  void deleteThing(Context context) {
    delete(context, TwinTarget.thing(context));
  }

  void deletePart(Context context) {
    delete(context, TwinTarget.part(context));
  }

  private void delete(Context context, TwinTarget target) {
    change(context, target, new Wish.Delete(target.path()));
    context.status(204);
  }

  void step(Context context) {
    TwinTarget target = TwinTarget.part(context);
    TypedEdit edit =
        switch (TypedEdit.of(body.json(context))) {
          case Parsed.Good<TypedEdit>(TypedEdit good) -> good;
          case Parsed.Bad<TypedEdit> bad -> throw Problem.invalid(bad.reason());
        };
    change(context, target, new Wish.Step(target.path(), edit));
    context.status(204);
  }

  private TwinAnswer.Changed change(Context context, TwinTarget target, Wish wish) {
    new Parameters(context).end();
    return twins.change(
        context,
        new TwinRequest.Change(target.thing(), wish, TwinConditions.of(context), subject(context)));
  }

  /** Who asks, as whoever stands before this gateway says. */
  private static Optional<String> subject(Context context) {
    Optional<String> subject = Optional.ofNullable(context.header("Holdfast-Subject"));
    if (subject.isPresent()
        && (subject.get().isBlank() || subject.get().length() > SUBJECT_LENGTH)) {
      throw Problem.invalid("Holdfast-Subject: give 1 to " + SUBJECT_LENGTH + " characters");
    }
    return subject;
  }
}
