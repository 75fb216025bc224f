package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.twin.CanonicalObject;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinRequest;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Twins as a whole: how far regions are in step, documents, and messages carried by hand. */
final class TwinRoutes {
  private final TwinCalls twins;
  private final TwinBody body;

  TwinRoutes(TwinCalls twins, TwinBody body) {
    this.twins = twins;
    this.body = body;
  }

  void regions(Context context) {
    new Parameters(context).end();
    Routes.json(context, TwinViews.regions(twins.look()));
  }

  void exported(Context context) {
    new Parameters(context).end();
    TwinTarget target = TwinTarget.thing(context);
    switch (twins.ask(new TwinRequest.Export(target.thing()))) {
      case TwinAnswer.Document(JsonNode json) -> Routes.json(context, TwinViews.json(json) + "\n");
      case TwinAnswer other -> throw TwinCalls.unexpected(other);
    }
  }

  void imported(Context context) {
    Parameters query = new Parameters(context);
    CanonicalObject.Mode mode =
        query.value("mode", TwinRoutes::mode).orElse(CanonicalObject.Mode.IF_SEEN);
    query.end();
    TwinTarget target = TwinTarget.thing(context);
    JsonNode document = body.json(context);
    switch (CanonicalObject.read(document, TwinLimits.DEFAULT)) {
      case CanonicalObject.Reading.Refused(var refusal) -> throw Problem.of(refusal);
      case CanonicalObject.Reading.Read(CanonicalObject object) -> {
        if (!object.id().equals(target.thing())) {
          throw Problem.invalid(
              "object_id: the document is of "
                  + object.id()
                  + ", and this is the place of "
                  + target.thing()
                  + "; put it to its own");
        }
      }
    }
    TwinAnswer.Changed changed = twins.change(context, new TwinRequest.Import(document, mode));
    context.status(changed.created() ? 201 : 204);
  }

  private static CanonicalObject.Mode mode(String text) {
    return switch (text) {
      case "if-seen" -> CanonicalObject.Mode.IF_SEEN;
      case "replace" -> CanonicalObject.Mode.REPLACE;
      case String other ->
          throw new IllegalArgumentException("'" + other + "' is none of if-seen, replace");
    };
  }

  void digest(Context context) {
    Parameters query = new Parameters(context);
    Optional<String> region = query.text("region");
    query.end();
    carried(context, twins.ask(new TwinRequest.Digest(region)));
  }

  void take(Context context) {
    Parameters query = new Parameters(context);
    boolean answer = query.flag("answer");
    query.end();
    Octets file = body.octets(context);
    if (file.isEmpty()) {
      throw Problem.invalid("the body is empty; send a file that twin digest or delta wrote");
    }
    carried(context, twins.ask(new TwinRequest.Take(file, answer)));
  }

  private static void carried(Context context, TwinAnswer answer) {
    if (!(answer instanceof TwinAnswer.Carried carried)) {
      throw TwinCalls.unexpected(answer);
    }
    byte[] file = carried.file().toByteArray();
    String accept = Optional.ofNullable(context.header("Accept")).orElse("");
    if (accept.contains("application/json")) {
      Routes.json(
          context,
          Json.object(
              out -> {
                out.writeStringProperty("file", Base64.getEncoder().encodeToString(file));
                Json.texts(out, "things", carried.things());
                Json.texts(out, "problems", carried.problems());
              }));
      return;
    }
    context.header("Holdfast-Things", Integer.toString(carried.things().size()));
    context.header("Holdfast-Problems", Integer.toString(carried.problems().size()));
    context.contentType("application/octet-stream").result(file);
  }
}
