package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrMap;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Edited;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.Twin;
import dev.holdfast.crdt.twin.TwinEditor;
import dev.holdfast.crdt.twin.TwinPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Puts the edits of one change of a thing into the classes that they belong to. */
final class Sorting {
  private static final TwinPath POLICY_ID = new TwinPath(List.of("policyId"));

  private final SortedMap<String, SharedClass> classes;
  private final ExportRules rules;
  private final Twin before;
  private final Context context;
  private final Optional<String> policy;
  private final SortedMap<String, List<Edit>> sorted = new TreeMap<>();
  private final TreeSet<Leaf> moved = new TreeSet<>();

  /**
   * What rules look at besides the leaf.
   *
   * @param policy the policy id that the change sets; empty if it sets none
   * @param subject who writes
   */
  record Context(Optional<String> policy, Optional<String> subject) {
    /** Of a change that puts some JSON at a path, or patches it. */
    static Context of(TwinPath path, JsonNode json, Optional<String> subject) {
      JsonNode policy =
          path.isThing() ? json.path("policyId") : path.equals(POLICY_ID) ? json : json.path("");
      return new Context(
          policy.isString() ? Optional.of(policy.stringValue()) : Optional.empty(), subject);
    }
  }

  Sorting(SortedMap<String, SharedClass> classes, ExportRules rules, Twin before, Context context) {
    this.classes = classes;
    this.rules = rules;
    this.before = before;
    this.context = context;
    this.policy = context.policy.or(() -> policyOf(before));
  }

  private Optional<String> policyOf(Twin twin) {
    return twin.json(POLICY_ID, Form.PLAIN).map(JsonNode::stringValue);
  }

  private String classOf(Leaf leaf) {
    return rules.classOf(new ExportRules.Write(leaf.thing(), policy, context.subject, leaf.path()));
  }

  private Replica replica(String exportClass) {
    return Objects.requireNonNull(classes.get(exportClass)).replica();
  }

  private void add(String exportClass, Edit edit) {
    sorted.computeIfAbsent(exportClass, _ -> new ArrayList<>()).add(edit);
  }

  /** Sorts them; the answer says why it cannot be. */
  Optional<Refusal> sort(List<Edit> edits) {
    List<Edit> lifecycle = new ArrayList<>();
    for (Edit edit : edits) {
      Leaf leaf = edit.leaf();
      if (leaf.path().equals(Twin.LIFECYCLE)) {
        lifecycle.add(edit);
        continue;
      }
      if (edit instanceof Edit.Clear) {
        classesWith(leaf).forEach(each -> add(each, edit));
        continue;
      }
      boolean replaces = edit instanceof Edit.Write || edit instanceof Edit.Upload;
      Optional<Refusal> refusal = move(leaf, !replaces);
      if (refusal.isPresent()) {
        return refusal;
      }
      add(classOf(leaf), edit);
    }
    if (!policy.equals(policyOf(before))) {
      for (Leaf leaf : before.leaves().keySet()) {
        Optional<Refusal> refusal = isCleared(leaf) ? Optional.empty() : move(leaf, true);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    lifecycle(lifecycle);
    return Optional.empty();
  }

  private boolean isCleared(Leaf leaf) {
    return leaf.path().equals(Twin.LIFECYCLE)
        || sorted.values().stream().anyMatch(it -> it.contains(new Edit.Clear(leaf)));
  }

  /**
   * Takes a leaf out of classes that it does not belong to; why it cannot be, if so.
   *
   * @param whole whether what it holds is to be written to the one it belongs to
   */
  private Optional<Refusal> move(Leaf leaf, boolean whole) {
    String to = classOf(leaf);
    List<String> elsewhere = classesWith(leaf).stream().filter(each -> !each.equals(to)).toList();
    if (elsewhere.isEmpty() || !moved.add(leaf)) {
      return Optional.empty();
    }
    Optional<List<Edit>> again = again(leaf);
    if (again.isEmpty()) {
      return Optional.of(cannotMove(leaf, elsewhere.getFirst(), to));
    }
    elsewhere.forEach(from -> add(from, new Edit.Clear(leaf)));
    if (whole) {
      again.get().forEach(edit -> add(to, edit));
    }
    return Optional.empty();
  }

  private List<String> classesWith(Leaf leaf) {
    return classes.values().stream()
        .filter(each -> !each.replica().leaf(leaf).isEmpty())
        .map(SharedClass::name)
        .toList();
  }

  /** The edits that write anew what a leaf holds; empty if that cannot be. */
  private Optional<List<Edit>> again(Leaf leaf) {
    return switch (before.leaves().get(leaf)) {
      case MvRegister it ->
          Optional.of(
              it.shown().map(v -> new Edit.Write(leaf, v.value())).stream()
                  .<Edit>map(edit -> edit)
                  .toList());
      case Blob it ->
          Optional.of(
              it.shown().map(v -> new Edit.Upload(leaf, v.value().octets())).stream()
                  .<Edit>map(edit -> edit)
                  .toList());
      case OrSet it ->
          Optional.of(it.elements().stream().<Edit>map(e -> new Edit.Add(leaf, e)).toList());
      case PnCounter it when it.value().bitLength() < Long.SIZE ->
          Optional.of(List.of(new Edit.Count(leaf, it.value().longValueExact())));
      case CrdtList it -> {
        List<Edit> inserts = new ArrayList<>();
        for (Octets value : it.values()) {
          inserts.add(new Edit.Insert(leaf, inserts.size(), value));
        }
        yield Optional.of(inserts);
      }
      case PnCounter _, BoundedCounter _, OrMap _ -> Optional.empty();
      case null -> Optional.of(List.of());
    };
  }

  private Refusal cannotMove(Leaf leaf, String from, String to) {
    return new Refusal.InvalidValue(
        leaf.path(),
        "it is shared in the class " + from + ", and belongs to " + to + " by the export rules",
        "a stock cannot move: declare another one elsewhere");
  }

  /** Each class that gets something of the thing knows that the thing is there, or is not. */
  private void lifecycle(List<Edit> edits) {
    Edit present = TwinEditor.presence(before.id());
    if (edits.isEmpty()) {
      for (var each : sorted.entrySet()) {
        boolean writes = each.getValue().stream().anyMatch(it -> !(it instanceof Edit.Clear));
        if (writes && replica(each.getKey()).leaf(present.leaf()).isEmpty()) {
          each.getValue().addFirst(present);
        }
      }
      return;
    }
    boolean gone = !edits.getFirst().equals(present);
    var all = new TreeSet<>(sorted.keySet());
    if (gone) {
      all.addAll(classesWith(present.leaf()));
    } else {
      all.add(classOf(present.leaf()));
    }
    for (String each : all) {
      sorted.computeIfAbsent(each, _ -> new ArrayList<>()).addAll(0, edits);
    }
  }

  /** Why some class would not take its edits. */
  Optional<Refusal> refusal(long wallMillis) {
    for (var each : sorted.entrySet()) {
      Optional<Edited.Refused> refused =
          replica(each.getKey()).refusal(each.getValue(), wallMillis);
      if (refused.isPresent()) {
        int index = Math.min(refused.get().index(), each.getValue().size() - 1);
        String at = each.getValue().get(index).leaf().path();
        return Optional.of(
            new Refusal.InvalidValue(at, refused.get().why(), "change less at once, or other"));
      }
    }
    return Optional.empty();
  }

  /** Makes them; how many there were. */
  int make(long wallMillis) {
    int made = 0;
    for (var each : sorted.entrySet()) {
      Edited edited = replica(each.getKey()).edit(each.getValue(), wallMillis);
      if (!(edited instanceof Edited.Done)) {
        throw new IllegalStateException("refused after it was not: " + edited);
      }
      made += each.getValue().size();
    }
    return made;
  }
}
