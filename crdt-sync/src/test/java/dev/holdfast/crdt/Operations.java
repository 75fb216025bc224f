package dev.holdfast.crdt;

import java.util.List;
import java.util.SplittableRandom;

/** One random operation of each type: mostly writes, and removes that matter. */
final class Operations {
  private Operations() {}

  static Causal<MvRegister> register(SplittableRandom random, Dot dot, MvRegister store) {
    return random.nextInt(5) == 0
        ? store.clear(dot)
        : store.write(dot, new Hlc(random.nextInt(3), 0), Trace.octets(random.nextInt(4)));
  }

  static Causal<Blob> blob(SplittableRandom random, Dot dot, Blob store) {
    return random.nextInt(5) == 0
        ? store.clear(dot)
        : store.write(dot, new Hlc(random.nextInt(3), 0), CONTENTS.get(random.nextInt(4)));
  }

  private static final List<Blob.Content> CONTENTS =
      List.of(
          Blob.Content.of(Trace.octets(0)),
          Blob.Content.of(Trace.octets(1)),
          Blob.Content.of(Trace.octets(2)),
          Blob.Content.of(Trace.octets(3)));

  static Causal<OrSet> set(SplittableRandom random, Dot dot, OrSet store) {
    var element = Trace.octets(random.nextInt(3));
    return switch (random.nextInt(8)) {
      case 0 -> store.clear(dot);
      case 1, 2 -> store.remove(dot, element);
      default -> store.add(dot, element);
    };
  }

  static Causal<PnCounter> counter(SplittableRandom random, Dot dot, PnCounter store) {
    return random.nextInt(8) == 0 ? store.reset(dot) : store.add(dot, random.nextInt(-5, 6));
  }

  static Causal<BoundedCounter> stock(SplittableRandom random, Dot dot, BoundedCounter store) {
    int amount = random.nextInt(1, 6);
    int other = random.nextInt(Trace.ACTORS);
    BoundedCounter.Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> new BoundedCounter.Done(store.increment(dot, amount));
          case 1 -> store.decrement(dot, amount);
          default ->
              Trace.actor(other).equals(dot.actor())
                  ? store.decrement(dot, amount)
                  : store.transfer(dot, Trace.actor(other), amount);
        };
    return switch (outcome) {
      case BoundedCounter.Done done -> done.delta();
      case BoundedCounter.Missing _ -> store.increment(dot, amount);
    };
  }

  static Causal<CrdtList> list(SplittableRandom random, Dot dot, CrdtList store) {
    int size = store.size();
    if (size > 0 && random.nextInt(4) == 0) {
      return random.nextInt(8) == 0 ? store.clear(dot) : store.delete(dot, random.nextInt(size));
    }
    return store.insert(dot, random.nextInt(size + 1), Trace.octets(random.nextInt(26) + 'a'));
  }

  static Causal<OrMap> map(SplittableRandom random, Dot dot, OrMap store) {
    return map(random, dot, store, 2);
  }

  private static Causal<OrMap> map(SplittableRandom random, Dot dot, OrMap store, int depth) {
    String name = random.nextBoolean() ? "a" : "b";
    return switch (random.nextInt(depth == 0 ? 8 : 11)) {
      case 0, 1 ->
          store.removable(name)
              ? store.remove(dot, name)
              : store.update(name, store.get(name, OrSet.EMPTY).clear(dot));
      case 2 -> store.update(name, register(random, dot, store.get(name, MvRegister.EMPTY)));
      case 3 -> store.update(name, set(random, dot, store.get(name, OrSet.EMPTY)));
      case 4 -> store.update(name, counter(random, dot, store.get(name, PnCounter.EMPTY)));
      case 5 -> store.update(name, list(random, dot, store.get(name, CrdtList.EMPTY)));
      case 6 -> store.update(name, blob(random, dot, store.get(name, Blob.EMPTY)));
      case 7 -> store.update("stock", stock(random, dot, store.get("stock", BoundedCounter.EMPTY)));
      default -> store.update(name, map(random, dot, store.get(name, OrMap.EMPTY), depth - 1));
    };
  }
}
