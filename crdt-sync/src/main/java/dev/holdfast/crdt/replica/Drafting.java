package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.Causal;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.Knowledge;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes operations of edits, each seeing those before it; keeps nothing. */
final class Drafting {
  /** An edit that cannot be made. */
  private static final class Unmakeable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;

    Unmakeable(String why) {
      super(why);
      this.why = why;
    }
  }

  private final StreamId own;
  private final Function<Leaf, DotStore> reader;
  private final Awaited awaited;
  private final BlockLimits limits;
  private final Map<Leaf, DotStore> stores = new HashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  Drafting(StreamId own, Function<Leaf, DotStore> reader, Awaited awaited, BlockLimits limits) {
    this.own = own;
    this.reader = reader;
    this.awaited = awaited;
    this.limits = limits;
  }

  /**
   * Makes them all.
   *
   * @param next the first one's number
   * @param clock the time of the stream's last operation
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  Edited make(List<Edit> edits, long next, Hlc clock, long wallMillis) {
    Hlc at = clock;
    for (int i = 0; i < edits.size(); i++) {
      Edit edit = edits.get(i);
      at = at.next(wallMillis);
      try {
        check(edit.leaf());
        Dot dot = own.dot(next + i);
        if (awaited.contains(Layout.leaf(edit.leaf()), dot)) {
          throw new Unmakeable("somebody said that he replaced what is written only now");
        }
        DotStore store = stores.computeIfAbsent(edit.leaf(), reader);
        Causal<? extends DotStore> delta = delta(edit, store, dot, at);
        limits.contents().refusal(delta.store()).ifPresent(Drafting::refuse);
        operations.add(Operation.of(edit.leaf(), at, delta));
        stores.put(edit.leaf(), joined(store, delta));
      } catch (Unmakeable unmakeable) {
        return new Edited.Refused(i, unmakeable.why);
      }
    }
    return new Edited.Done(operations);
  }

  private static void refuse(String why) {
    throw new Unmakeable(why);
  }

  private void check(Leaf leaf) {
    checkText("a thing's id", leaf.thing(), limits.thingBytes());
    checkText("a path", leaf.path(), limits.pathBytes());
  }

  private static void checkText(String what, String text, int most) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > most) {
      throw new Unmakeable(what + " of " + bytes + " bytes, " + most + " at most");
    }
  }

  @SuppressWarnings("unchecked") // the delta is of the store's kind
  private static DotStore joined(DotStore store, Causal<? extends DotStore> delta) {
    return new Causal<>(store, Knowledge.NONE).join((Causal<DotStore>) delta).store();
  }

  private static Causal<? extends DotStore> delta(Edit edit, DotStore store, Dot dot, Hlc at) {
    return switch (edit) {
      case Edit.Write it when store instanceof MvRegister register ->
          register.write(dot, at, it.value());
      case Edit.Upload it when store instanceof Blob blob ->
          blob.write(dot, at, Blob.Content.of(it.content()));
      case Edit.Clear _ when store.kind() != Kind.STOCK -> cleared(store, dot);
      case Edit.Add it when store instanceof OrSet set -> set.add(dot, it.element());
      case Edit.Remove it when store instanceof OrSet set -> set.remove(dot, it.element());
      case Edit.Count it when store instanceof PnCounter counter -> count(counter, dot, it.by());
      case Edit.Make it when store instanceof BoundedCounter stock -> make(stock, dot, it.amount());
      case Edit.Take it when store instanceof BoundedCounter stock ->
          outcome(stock.decrement(dot, positive(it.amount())));
      case Edit.Give it when store instanceof BoundedCounter stock -> give(stock, dot, it);
      case Edit.Insert it when store instanceof CrdtList list -> {
        checkIndex(it.index(), list.size());
        yield list.insert(dot, it.index(), it.value());
      }
      case Edit.Delete it when store instanceof CrdtList list -> {
        checkIndex(it.index(), list.size() - 1);
        yield list.delete(dot, it.index());
      }
      case Edit.Write _,
          Edit.Upload _,
          Edit.Clear _,
          Edit.Add _,
          Edit.Remove _,
          Edit.Count _,
          Edit.Make _,
          Edit.Take _,
          Edit.Give _,
          Edit.Insert _,
          Edit.Delete _ ->
          throw new Unmakeable(
              edit.getClass().getSimpleName() + " cannot be done to a " + store.kind());
    };
  }

  private static Causal<? extends DotStore> cleared(DotStore store, Dot dot) {
    CausalContext seen = store.dots();
    DotStore nothing = DotStore.union(store.kind(), List.of());
    return new Causal<>(nothing, new Knowledge(CausalContext.EMPTY.join(one(dot)), seen));
  }

  private static CausalContext one(Dot dot) {
    return CausalContext.EMPTY.add(dot);
  }

  private static Causal<PnCounter> count(PnCounter counter, Dot dot, long by) {
    try {
      return counter.add(dot, by);
    } catch (ArithmeticException _) {
      throw new Unmakeable("a writer counts no further than 2^63 - 1, up and down by itself");
    }
  }

  private static Causal<BoundedCounter> make(BoundedCounter stock, Dot dot, long amount) {
    try {
      return stock.increment(dot, positive(amount));
    } catch (ArithmeticException _) {
      throw new Unmakeable("a writer makes no more than 2^63 - 1");
    }
  }

  private static Causal<BoundedCounter> give(BoundedCounter stock, Dot dot, Edit.Give edit) {
    if (edit.to().size() != Dot.ACTOR_SIZE || edit.to().equals(dot.actor())) {
      throw new Unmakeable("rights are given to another stream, by its name of 16 bytes");
    }
    return outcome(stock.transfer(dot, edit.to(), positive(edit.amount())));
  }

  private static Causal<BoundedCounter> outcome(BoundedCounter.Outcome outcome) {
    return switch (outcome) {
      case BoundedCounter.Done(Causal<BoundedCounter> delta) -> delta;
      case BoundedCounter.Missing missing ->
          throw new Unmakeable(
              "this region holds " + missing.held() + " of it, not " + missing.asked());
    };
  }

  private static long positive(long amount) {
    if (amount < 1) {
      throw new Unmakeable("an amount is 1 or more, not " + amount);
    }
    return amount;
  }

  private static void checkIndex(int index, int most) {
    if (index < 0 || index > most) {
      throw new Unmakeable("there is no index " + index + ", " + most + " is the last");
    }
  }
}
