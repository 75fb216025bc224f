package dev.holdfast.gateway.api;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.Verdict;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Edited;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import dev.holdfast.crdt.twin.CanonicalObject;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.Twin;
import dev.holdfast.crdt.twin.TwinEditor;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.crdt.twin.TwinOutcome;
import dev.holdfast.gateway.twin.TwinAccess;
import dev.holdfast.gateway.twin.TwinAnswer;
import dev.holdfast.gateway.twin.TwinFeed;
import dev.holdfast.gateway.twin.TwinRequest;
import dev.holdfast.gateway.twin.TwinRequest.Condition;
import dev.holdfast.gateway.twin.TwinRequest.Wish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * Twins of one region with one class, in memory: what is asked is answered on the thread that asks.
 * Nobody else is there, but another region's writes can be taken in.
 */
final class SmallTwins {
  private static final String CLASS = "open";
  private static final long WALL = 850_000_000_000L;

  final TwinFeed feed;
  final TwinAccess access;
  private final SigningKey key;
  private final Sealer sealer;
  private final MemoryTwinStore store = new MemoryTwinStore();
  private final Overlay overlay = new Overlay(store);
  private final Replica replica;
  private final TreeSet<ThingId> known = new TreeSet<>();

  /** What is answered instead, once. */
  Optional<TwinAnswer> next = Optional.empty();

  /** Who asked for changes. */
  final List<Optional<String>> subjects = new ArrayList<>();

  SmallTwins(int number, int remembered) {
    feed = new TwinFeed(remembered);
    access = new TwinAccess(this::ask, feed);
    key = new SigningKey(Octets.ofHex("%064x".formatted(number)));
    StreamId stream = StreamId.of(key.verifyKey(), 0, CLASS);
    sealer = new Sealer(stream, key, 0, Octets.ofHex("%064x".formatted(number + 1000)));
    replica = new Replica(ClassId.of(CLASS), stream, overlay, ReplicaLimits.DEFAULT);
  }

  private synchronized CompletableFuture<TwinAnswer> ask(TwinRequest request) {
    TwinAnswer answer = next.orElseGet(() -> answer(request));
    next = Optional.empty();
    store.commit(overlay.drain());
    overlay.committed(overlay.lastDrained());
    if (answer instanceof TwinAnswer.Changed changed && changed.edits() > 0) {
      feed.add(List.of(thing(request)), true);
    }
    return CompletableFuture.completedFuture(answer);
  }

  private static String thing(TwinRequest request) {
    return switch (request) {
      case TwinRequest.Change change -> change.thing().text();
      case TwinRequest.Import wish -> wish.document().path("object_id").asString();
      default -> throw new AssertionError(request);
    };
  }

  /** Takes in all that another has written, as it would come in blocks. */
  synchronized void hear(SmallTwins other) {
    TreeSet<String> changed = new TreeSet<>();
    for (Block block : other.replica.seal(other.sealer)) {
      if (!(block.verify(other.key.verifyKey(), WALL, 0) instanceof Verdict.Genuine genuine)) {
        throw new AssertionError();
      }
      var _ = replica.receive(genuine.block(), WALL, 0);
      block.operations().forEach(it -> changed.add(it.leaf().thing()));
    }
    changed.forEach(thing -> known.add(new ThingId(thing)));
    feed.add(changed, false);
  }

  private Twin twin(ThingId id) {
    return Twin.of(id, replica.thing(id.text()));
  }

  private static String tag(Twin twin) {
    byte[] dots = twin.dots().toString().getBytes(StandardCharsets.UTF_8);
    return HashUse.OBJECT.hash(Octets.wrap(dots)).slice(0, 8).hex();
  }

  private TwinAnswer answer(TwinRequest request) {
    return switch (request) {
      case TwinRequest.Read read -> read(read);
      case TwinRequest.Things(Optional<ThingId> after, int limit) -> {
        List<ThingId> all =
            known.stream()
                .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                .filter(id -> twin(id).isThere())
                .toList();
        yield new TwinAnswer.Listed(
            all.subList(0, Math.min(limit, all.size())), all.size() > limit);
      }
      case TwinRequest.Change change -> change(change);
      case TwinRequest.Export(ThingId id) -> export(id);
      case TwinRequest.Import(JsonNode document, CanonicalObject.Mode mode) ->
          switch (CanonicalObject.read(document, TwinLimits.DEFAULT)) {
            case CanonicalObject.Reading.Refused(Refusal refusal) ->
                new TwinAnswer.Refused(refusal);
            case CanonicalObject.Reading.Read(CanonicalObject object) ->
                made(object.id(), object.edits(twin(object.id()), mode));
          };
      case TwinRequest.Look(), TwinRequest.Seal() -> regions();
      case TwinRequest.Digest(Optional<String> region) ->
          region.equals(Optional.of("pluto"))
              ? new TwinAnswer.Failed(
                  TwinAnswer.Reason.NOT_FOUND, "there is no region pluto; there are mars, moon")
              : new TwinAnswer.Carried(Octets.ofHex("d16e57"), List.of(), List.of());
      case TwinRequest.Take take ->
          take.file().equals(Octets.ofHex("d16e57"))
              ? new TwinAnswer.Carried(
                  Octets.ofHex("de17a5"), List.of("org.acme:pump-1"), List.of("one is late"))
              : new TwinAnswer.Failed(
                  TwinAnswer.Reason.INVALID, "the file is none; take one of twin digest");
    };
  }

  private TwinAnswer read(TwinRequest.Read read) {
    Twin twin = twin(read.thing());
    Optional<JsonNode> json = twin.json(read.path(), read.form());
    if (json.isEmpty()) {
      return new TwinAnswer.Refused(new Refusal.NotThere(twin.isThere() ? read.path().text() : ""));
    }
    return new TwinAnswer.Shown(
        json.get(),
        tag(twin),
        Optional.of(new DtnTime(twin.lastWrite().millis())),
        twin.conflicts(read.path()),
        List.of(
            new TwinAnswer.AsOf("earth", CLASS, 7, 0),
            new TwinAnswer.AsOf("mars, far", CLASS, 3, 1260),
            new TwinAnswer.AsOf("moon", CLASS, 0, -1)));
  }

  private TwinAnswer change(TwinRequest.Change change) {
    subjects.add(change.subject());
    Twin twin = twin(change.thing());
    boolean holds =
        switch (change.condition()) {
          case Condition.None() -> true;
          case Condition.Present() -> twin.isThere();
          case Condition.Absent() -> !twin.isThere();
          case Condition.Unchanged(String tag) -> twin.isThere() && tag(twin).equals(tag);
        };
    if (!holds) {
      return new TwinAnswer.Mismatch(twin.isThere() ? Optional.of(tag(twin)) : Optional.empty());
    }
    TwinEditor editor = new TwinEditor(twin, TwinLimits.DEFAULT);
    boolean created =
        change.wish() instanceof Wish.Put put && twin.json(put.path(), Form.PLAIN).isEmpty();
    TwinAnswer answer =
        made(
            change.thing(),
            switch (change.wish()) {
              case Wish.Put(var path, JsonNode json) -> editor.put(path, json);
              case Wish.Patch(var path, JsonNode patch) -> editor.patch(path, patch);
              case Wish.Delete(var path) -> editor.delete(path);
              case Wish.Step(var path, var edit) -> editor.edit(path, edit);
            });
    return answer instanceof TwinAnswer.Changed(_, int edits, String tag)
        ? new TwinAnswer.Changed(created, edits, tag)
        : answer;
  }

  private TwinAnswer made(ThingId id, TwinOutcome outcome) {
    return switch (outcome) {
      case TwinOutcome.Refused(Refusal refusal) -> new TwinAnswer.Refused(refusal);
      case TwinOutcome.Change(List<Edit> edits) -> {
        boolean there = twin(id).isThere();
        known.add(id);
        yield switch (replica.edit(edits, WALL)) {
          case Edited.Done _ -> new TwinAnswer.Changed(!there, edits.size(), tag(twin(id)));
          case Edited.Refused(_, String why) ->
              new TwinAnswer.Failed(TwinAnswer.Reason.INVALID, why);
        };
      }
    };
  }

  private TwinAnswer export(ThingId id) {
    var _ = replica.seal(sealer);
    var exporter =
        new CanonicalObject.Exporter(RegionId.of(key.verifyKey()).name(), Optional.of(key));
    return CanonicalObject.export(twin(id), replica.telling().frontier(WALL), exporter)
        .<TwinAnswer>map(TwinAnswer.Document::new)
        .orElseGet(() -> new TwinAnswer.Refused(new Refusal.NotThere("")));
  }

  private TwinAnswer regions() {
    return new TwinAnswer.Regions(
        List.of(
            new TwinAnswer.ClassStatus(
                CLASS,
                replica.root().toString(),
                replica.size(),
                replica.unsealed(),
                List.of(
                    new TwinAnswer.AsOf("earth", CLASS, 7, 0),
                    new TwinAnswer.AsOf("mars", CLASS, 3, 1260),
                    new TwinAnswer.AsOf("moon", CLASS, 0, -1)),
                List.of(
                    new TwinAnswer.PeerStatus(
                        "mars", true, false, Optional.of(new DtnTime(WALL)), 5),
                    new TwinAnswer.PeerStatus("moon", false, true, Optional.empty(), 0)),
                List.of(
                    new TwinAnswer.KeyStatus("earth", 1, key.verifyKey()),
                    new TwinAnswer.KeyStatus("mars", 0, key.verifyKey())))),
        new java.util.TreeMap<>());
  }
}
