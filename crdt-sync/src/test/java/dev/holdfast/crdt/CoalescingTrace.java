package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Draft;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Pending;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Three writers who write to two leaves and hear of each other by what was drained only. */
final class CoalescingTrace {
  private static final int STEPS = 24;

  /** Leaves and one knowledge for all of them, as a store keeps them. */
  private static final class Replica {
    final Map<Leaf, DotStore> stores = new TreeMap<>();
    Knowledge known = Knowledge.NONE;

    DotStore at(Leaf leaf) {
      return stores.getOrDefault(leaf, bottom(leaf.kind()));
    }

    void apply(Operation operation) {
      Causal<DotStore> joined = new Causal<>(at(operation.leaf()), known).join(operation.delta());
      stores.put(operation.leaf(), joined.store());
      known = joined.known();
    }

    void apply(StreamId stream, Draft draft) {
      draft.operations().forEach(this::apply);
      CausalContext covered = CausalContext.EMPTY.add(stream.name(), draft.covers());
      known = known.join(new Knowledge(covered, CausalContext.EMPTY));
    }
  }

  private static final class Writer {
    final StreamId stream;
    final Pending pending;
    final Replica replica = new Replica();
    final List<Draft> drained = new ArrayList<>();
    final int[] heard = new int[Trace.ACTORS];
    long sequence;

    Writer(int number) {
      stream = new StreamId(Trace.actor(number));
      pending = new Pending(stream, 1, Hlc.ZERO);
    }
  }

  private final List<Writer> writers = new ArrayList<>();
  private final Replica all = new Replica();
  private final SplittableRandom random;
  private long operations;
  private long left;

  CoalescingTrace(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < Trace.ACTORS; i++) {
      writers.add(new Writer(i));
    }
  }

  long operations() {
    return operations;
  }

  long left() {
    return left;
  }

  void run(Kind kind) {
    List<Leaf> leaves = List.of(new Leaf("t", "a", kind), new Leaf("t", "b", kind));
    for (int i = 0; i < STEPS; i++) {
      Writer writer = writers.get(random.nextInt(writers.size()));
      switch (random.nextInt(6)) {
        case 0 -> drain(writer);
        case 1, 2 -> hear(writer, random.nextInt(writers.size()));
        default -> write(writer, leaves.get(random.nextInt(leaves.size())));
      }
    }
    writers.forEach(this::drain);
    Replica fresh = new Replica();
    int[] next = new int[writers.size()];
    for (int undelivered = 0; undelivered < 3 * writers.size(); ) {
      int from = random.nextInt(writers.size());
      List<Draft> drained = writers.get(from).drained;
      if (next[from] < drained.size()) {
        fresh.apply(writers.get(from).stream, drained.get(next[from]++));
        undelivered = 0;
      } else {
        undelivered++;
      }
    }
    for (int from = 0; from < writers.size(); from++) {
      while (next[from] < writers.get(from).drained.size()) {
        fresh.apply(writers.get(from).stream, writers.get(from).drained.get(next[from]++));
      }
      for (int to = 0; to < writers.size(); to++) {
        while (hear(writers.get(to), from)) {}
      }
    }
    same("who hears of it afterwards", fresh);
    writers.forEach(writer -> same("a writer", writer.replica));
  }

  private void same(String who, Replica replica) {
    for (Leaf leaf : all.stores.keySet()) {
      require(who + " has", replica.at(leaf), all.at(leaf));
    }
    require(who + " knows", replica.known, all.known);
    require(who + " has nothing to wait for", replica.known.replaced(), CausalContext.EMPTY);
  }

  private static void require(String what, Object is, Object due) {
    if (!is.equals(due)) {
      throw new AssertionError(what + " " + is + " and not " + due);
    }
  }

  private void write(Writer writer, Leaf leaf) {
    Dot dot = writer.stream.dot(++writer.sequence);
    Hlc at = new Hlc(writer.sequence, 0);
    Operation operation = Operation.of(leaf, at, delta(dot, at, writer.replica.at(leaf)));
    writer.replica.apply(operation);
    writer.pending.add(operation);
    all.apply(operation);
    operations++;
  }

  private Causal<? extends DotStore> delta(Dot dot, Hlc at, DotStore store) {
    boolean clear = random.nextInt(4) == 0;
    Octets value = Trace.octets(random.nextInt(4));
    return switch (store) {
      case MvRegister it -> clear ? it.clear(dot) : it.write(dot, at, value);
      case Blob it -> clear ? it.clear(dot) : it.write(dot, at, Blob.Content.of(value));
      case OrSet it -> Operations.set(random, dot, it);
      case PnCounter it -> Operations.counter(random, dot, it);
      case BoundedCounter it -> Operations.stock(random, dot, it);
      case CrdtList it -> Operations.list(random, dot, it);
      case OrMap _ -> throw new IllegalArgumentException("no leaf");
    };
  }

  private void drain(Writer writer) {
    for (Draft draft : writer.pending.drain(1 + random.nextInt(4), 64 + random.nextInt(200))) {
      writer.drained.add(draft);
      left += draft.operations().size();
    }
  }

  private boolean hear(Writer writer, int from) {
    Writer other = writers.get(from);
    int next = writer.heard[from];
    if (other == writer || next == other.drained.size()) {
      return false;
    }
    writer.replica.apply(other.stream, other.drained.get(next));
    writer.heard[from]++;
    return true;
  }

  private static DotStore bottom(Kind kind) {
    return switch (kind) {
      case REGISTER -> MvRegister.EMPTY;
      case MAP -> OrMap.EMPTY;
      case SET -> OrSet.EMPTY;
      case COUNTER -> PnCounter.EMPTY;
      case STOCK -> BoundedCounter.EMPTY;
      case BLOB -> Blob.EMPTY;
      case LIST -> CrdtList.EMPTY;
    };
  }
}
