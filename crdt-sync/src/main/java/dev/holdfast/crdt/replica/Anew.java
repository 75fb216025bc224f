package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Again;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written here and told nobody, made again in another stream: its numbers may stand for
 * something else already, which another life of this store has told. Nothing of them is left.
 */
final class Anew {
  private final Streams streams;
  private final LiveEntries live;
  private final OwnStream before;
  private final StreamId next;
  private final SortedMap<Octets, SortedMap<Dot, Octets>> bases;

  Anew(Streams streams, LiveEntries live, OwnStream before, StreamId next) {
    this.streams = streams;
    this.live = live;
    this.before = before;
    this.next = next;
    this.bases = live.bases().all();
  }

  /** Takes all of it back; what is to be made again, in order. */
  List<Operation> operations() {
    List<Operation> pending = before.operations();
    SortedMap<Dot, Dot> dots = new TreeMap<>();
    pending.forEach(it -> dots.put(it.dot(), next.dot(dots.size() + 1)));
    Map<Leaf, SortedMap<Dot, CrdtList>> lists = lists(pending, dots);
    List<Operation> again = new ArrayList<>();
    for (Operation operation : pending) {
      again.add(again(operation, dots.getOrDefault(operation.dot(), operation.dot()), lists));
    }
    takeBack(pending);
    return again;
  }

  private Map<Leaf, SortedMap<Dot, CrdtList>> lists(
      List<Operation> pending, SortedMap<Dot, Dot> dots) {
    Map<Leaf, SortedMap<Dot, CrdtList>> lists = new HashMap<>();
    Map<Leaf, SortedMap<Dot, Dot>> moved = new HashMap<>();
    for (Operation operation : pending) {
      if (operation.leaf().kind() == Kind.LIST && !operation.written().isEmpty()) {
        moved
            .computeIfAbsent(operation.leaf(), _ -> new TreeMap<>())
            .put(operation.dot(), dots.getOrDefault(operation.dot(), operation.dot()));
      }
    }
    moved.forEach((leaf, some) -> lists.put(leaf, ((CrdtList) live.read(leaf)).again(some)));
    return lists;
  }

  private Operation again(Operation operation, Dot dot, Map<Leaf, SortedMap<Dot, CrdtList>> lists) {
    Leaf leaf = operation.leaf();
    SortedMap<Dot, Octets> rows = bases.getOrDefault(Layout.leaf(leaf), new TreeMap<>());
    List<DotStore> base = new ArrayList<>();
    rows.forEach((row, value) -> base.add(live.decode(leaf, row, value)));
    CausalContext kept = CausalContext.EMPTY;
    for (Dot row : rows.keySet()) {
      kept = kept.add(row);
    }
    DotStore nothing = DotStore.union(leaf.kind(), List.of());
    DotStore written =
        operation.written().isEmpty()
            ? nothing
            : leaf.kind() == Kind.LIST
                ? lists
                    .getOrDefault(leaf, new TreeMap<>())
                    .getOrDefault(operation.dot(), (CrdtList) nothing)
                : Again.of(operation.written(), dot, DotStore.union(leaf.kind(), base));
    return new Operation(dot, leaf, operation.at(), written, operation.replaced().minus(kept));
  }

  private void takeBack(List<Operation> pending) {
    pending.forEach(it -> live.removeIfThere(Layout.leaf(it.leaf()), it.dot()));
    bases.forEach((leaf, rows) -> rows.forEach((dot, value) -> live.putBack(leaf, dot, value)));
    live.bases().clear();
    before.drop();
    before.unsealed().ifPresent(numbers -> streams.unhear(before.id(), numbers));
  }
}
