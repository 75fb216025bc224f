package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.twin.CanonicalObject;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.Twin;
import dev.holdfast.crdt.twin.TwinEditor;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.crdt.twin.TwinOutcome;
import dev.holdfast.crdt.twin.TwinPath;
import dev.holdfast.gateway.twin.TwinRequest.Condition;
import dev.holdfast.gateway.twin.TwinRequest.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Things as this region sees them, over all classes: what it reads of a thing is what all of them
 * hold, and what it writes goes to the class that the export rules say, leaf by leaf. For one
 * thread.
 */
final class Things {
  private final SortedMap<String, SharedClass> classes;
  private final ExportRules rules;
  private final TwinLimits limits;

  Things(SortedMap<String, SharedClass> classes, ExportRules rules, TwinLimits limits) {
    this.classes = classes;
    this.rules = rules;
    this.limits = limits;
  }

  /** A thing, there or not. */
  Twin twin(ThingId id) {
    SortedMap<Leaf, DotStore> leaves = new TreeMap<>();
    for (SharedClass each : classes.values()) {
      each.replica()
          .thing(id.text())
          .forEach(
              (leaf, store) ->
                  leaves.merge(
                      leaf,
                      store,
                      (one, other) -> DotStore.union(leaf.kind(), List.of(one, other))));
    }
    return Twin.of(id, leaves);
  }

  /** Reads. */
  TwinAnswer read(TwinRequest.Read read, List<TwinAnswer.AsOf> asOf) {
    Twin twin = twin(read.thing());
    Optional<JsonNode> json = twin.json(read.path(), read.form());
    if (json.isEmpty()) {
      String at = twin.isThere() ? read.path().text() : "";
      return new TwinAnswer.Refused(new Refusal.NotThere(at));
    }
    long millis = twin.lastWrite().millis();
    return new TwinAnswer.Shown(
        json.get(),
        twin.tag(),
        millis == 0 ? Optional.empty() : Optional.of(new DtnTime(millis)),
        twin.conflicts(read.path()),
        asOf);
  }

  /** Lists things that are there. */
  TwinAnswer list(TwinRequest.Things asked) {
    List<ThingId> found = new ArrayList<>();
    Optional<String> next = next(asked.after().map(ThingId::text));
    while (next.isPresent() && found.size() < asked.limit()) {
      Optional<ThingId> id = ThingId.parse(next.get(), limits).toOptional();
      if (id.isPresent() && twin(id.get()).isThere()) {
        found.add(id.get());
      }
      next = next(next);
    }
    return new TwinAnswer.Listed(found, next.isPresent());
  }

  private Optional<String> next(Optional<String> after) {
    return classes.values().stream()
        .flatMap(each -> each.replica().thingAfter(after).stream())
        .min(String::compareTo);
  }

  /**
   * Makes a change, or says why not.
   *
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  TwinAnswer change(TwinRequest.Change change, long wallMillis) {
    Twin twin = twin(change.thing());
    if (!holds(change.condition(), twin)) {
      return new TwinAnswer.Mismatch(twin.isThere() ? Optional.of(twin.tag()) : Optional.empty());
    }
    TwinEditor editor = new TwinEditor(twin, limits);
    Optional<String> subject = change.subject();
    Sorting.Context nothing = new Sorting.Context(Optional.empty(), subject);
    return switch (change.wish()) {
      case Wish.Put(TwinPath path, JsonNode json) ->
          make(
              twin,
              path,
              editor.put(path, json),
              Sorting.Context.of(path, json, subject),
              wallMillis);
      case Wish.Patch(TwinPath path, JsonNode patch) ->
          make(
              twin,
              path,
              editor.patch(path, patch),
              Sorting.Context.of(path, patch, subject),
              wallMillis);
      case Wish.Delete(TwinPath path) -> make(twin, path, editor.delete(path), nothing, wallMillis);
      case Wish.Step(TwinPath path, var edit) ->
          make(twin, path, editor.edit(path, edit), nothing, wallMillis);
    };
  }

  /** The id of the thing that a document is of, as it is called here. */
  String named(JsonNode document) {
    return CanonicalObject.read(document, limits)
            instanceof CanonicalObject.Reading.Read(CanonicalObject object)
        ? object.id().text()
        : "";
  }

  /** Imports a document, or says why not. */
  TwinAnswer importing(TwinRequest.Import request, long wallMillis) {
    return switch (CanonicalObject.read(request.document(), limits)) {
      case CanonicalObject.Reading.Refused(Refusal refusal) -> new TwinAnswer.Refused(refusal);
      case CanonicalObject.Reading.Read(CanonicalObject object) -> {
        Twin twin = twin(object.id());
        yield make(
            twin,
            TwinPath.THING,
            object.edits(twin, request.mode()),
            Sorting.Context.of(TwinPath.THING, request.document(), Optional.empty()),
            wallMillis);
      }
    };
  }

  private static boolean holds(Condition condition, Twin twin) {
    return switch (condition) {
      case Condition.None() -> true;
      case Condition.Present() -> twin.isThere();
      case Condition.Absent() -> !twin.isThere();
      case Condition.Unchanged(String tag) -> twin.isThere() && twin.tag().equals(tag);
    };
  }

  private TwinAnswer make(
      Twin before, TwinPath path, TwinOutcome outcome, Sorting.Context context, long wallMillis) {
    return switch (outcome) {
      case TwinOutcome.Refused(Refusal refusal) -> new TwinAnswer.Refused(refusal);
      case TwinOutcome.Change(List<Edit> edits) when edits.isEmpty() ->
          new TwinAnswer.Changed(false, 0, before.tag());
      case TwinOutcome.Change(List<Edit> edits) -> {
        boolean created = before.json(path, Form.PLAIN).isEmpty();
        Sorting sorting = new Sorting(classes, rules, before, context);
        Optional<Refusal> refusal = sorting.sort(edits).or(() -> sorting.refusal(wallMillis));
        if (refusal.isPresent()) {
          yield new TwinAnswer.Refused(refusal.get());
        }
        int made = sorting.make(wallMillis);
        yield new TwinAnswer.Changed(created, made, twin(before.id()).tag());
      }
    };
  }
}
