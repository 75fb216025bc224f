package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.Causal;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A writer that keeps things leaf by leaf: a replica without blocks, frontiers and a store. */
final class Region {
  static final ThingId PUMP = new ThingId("org.acme:pump-1");
  static final TwinLimits LIMITS = TwinLimits.DEFAULT;
  static final TwinJson JSON = new TwinJson(LIMITS);

  final Octets actor;
  private final Map<Leaf, Causal<DotStore>> leaves = new TreeMap<>();
  private long sequence;
  Hlc clock = Hlc.ZERO;

  Region(int number) {
    byte[] name = new byte[Dot.ACTOR_SIZE];
    name[0] = (byte) (number * 97);
    name[15] = (byte) number;
    actor = Octets.wrap(name);
  }

  Twin twin() {
    return twin(PUMP);
  }

  Twin twin(ThingId id) {
    SortedMap<Leaf, DotStore> stores = new TreeMap<>();
    leaves.forEach((leaf, causal) -> stores.put(leaf, causal.store()));
    return Twin.of(id, stores);
  }

  TwinEditor editor() {
    return new TwinEditor(twin(), LIMITS);
  }

  List<Edit> put(String path, String json) {
    return apply(editor().put(path(path), json(json)));
  }

  List<Edit> patch(String path, String json) {
    return apply(editor().patch(path(path), json(json)));
  }

  List<Edit> delete(String path) {
    return apply(editor().delete(path(path)));
  }

  List<Edit> edit(String path, TypedEdit edit) {
    return apply(editor().edit(path(path), edit));
  }

  String plain(String path) {
    return twin().json(path(path), Form.PLAIN).map(JSON::write).orElse("nothing");
  }

  String typed(String path) {
    return twin().json(path(path), Form.TYPED).map(JSON::write).orElse("nothing");
  }

  static TwinPath path(String text) {
    return TwinPath.parse(text, LIMITS).orElseThrow();
  }

  static JsonNode json(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return JSON.read(Octets.wrap(utf8)).orElseThrow();
  }

  List<Edit> apply(TwinOutcome outcome) {
    return switch (outcome) {
      case TwinOutcome.Change(List<Edit> edits) -> {
        edits.forEach(this::apply);
        yield edits;
      }
      case TwinOutcome.Refused(Refusal refusal) -> throw new AssertionError(refusal.text());
    };
  }

  void apply(Edit edit) {
    sequence++;
    clock = new Hlc(clock.millis() + 1, 0);
    Dot dot = new Dot(actor, sequence);
    join(edit.leaf(), delta(edit, dot));
  }

  private Causal<? extends DotStore> delta(Edit edit, Dot dot) {
    return switch (edit) {
      case Edit.Write(Leaf leaf, Octets value) ->
          store(leaf, MvRegister.EMPTY).write(dot, clock, value);
      case Edit.Upload(Leaf leaf, Octets content) ->
          store(leaf, Blob.EMPTY).write(dot, clock, Blob.Content.of(content));
      case Edit.Clear(Leaf leaf) -> clear(leaf, dot);
      case Edit.Add(Leaf leaf, Octets element) -> store(leaf, OrSet.EMPTY).add(dot, element);
      case Edit.Remove(Leaf leaf, Octets element) -> store(leaf, OrSet.EMPTY).remove(dot, element);
      case Edit.Count(Leaf leaf, long by) -> store(leaf, PnCounter.EMPTY).add(dot, by);
      case Edit.Make(Leaf leaf, long amount) ->
          store(leaf, BoundedCounter.EMPTY).increment(dot, amount);
      case Edit.Take(Leaf leaf, long amount) ->
          done(store(leaf, BoundedCounter.EMPTY).decrement(dot, amount));
      case Edit.Give(Leaf leaf, Octets to, long amount) ->
          done(store(leaf, BoundedCounter.EMPTY).transfer(dot, to, amount));
      case Edit.Insert(Leaf leaf, int index, Octets value) ->
          store(leaf, CrdtList.EMPTY).insert(dot, index, value);
      case Edit.Delete(Leaf leaf, int index) -> store(leaf, CrdtList.EMPTY).delete(dot, index);
    };
  }

  private static Causal<BoundedCounter> done(BoundedCounter.Outcome outcome) {
    return switch (outcome) {
      case BoundedCounter.Done(Causal<BoundedCounter> delta) -> delta;
      case BoundedCounter.Missing missing -> throw new AssertionError(missing.toString());
    };
  }

  private Causal<? extends DotStore> clear(Leaf leaf, Dot dot) {
    DotStore store = store(leaf, TypedJson.bottom(leaf.kind()));
    if (store.isEmpty()) {
      throw new AssertionError("nothing to clear at " + leaf);
    }
    return switch (store) {
      case MvRegister it -> it.clear(dot);
      case Blob it -> it.clear(dot);
      case OrSet it -> it.clear(dot);
      case PnCounter it -> it.reset(dot);
      case CrdtList it -> it.clear(dot);
      default -> throw new AssertionError("not to be cleared: " + leaf);
    };
  }

  @SuppressWarnings("unchecked")
  private <S extends DotStore> S store(Leaf leaf, S bottom) {
    Causal<DotStore> causal = leaves.get(leaf);
    return causal == null ? bottom : (S) causal.store();
  }

  @SuppressWarnings("unchecked")
  private void join(Leaf leaf, Causal<? extends DotStore> delta) {
    Causal<DotStore> mine = leaves.getOrDefault(leaf, Causal.of(TypedJson.bottom(leaf.kind())));
    leaves.put(leaf, mine.join((Causal<DotStore>) delta));
  }

  /** All that another one holds and knows. */
  void hear(Region other) {
    other.leaves.forEach(this::join);
  }

  /** Each hears the other as it was. */
  static void meet(Region one, Region other) {
    Region before = new Region(0);
    before.hear(one);
    one.hear(other);
    other.hear(before);
  }

  Map<Leaf, Causal<DotStore>> state() {
    return leaves;
  }
}
