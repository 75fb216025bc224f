package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What makes replicas converge, for each type on {@code -Dholdfast.laws=N} seeded traces, 100,000
 * unless set. A failure names its seed.
 */
final class LawsTest {
  private static final int CASES = Integer.getInteger("holdfast.laws", 100_000);

  @Test
  void register() {
    hold(MvRegister.EMPTY, Operations::register);
  }

  @Test
  void map() {
    hold(OrMap.EMPTY, Operations::map);
  }

  @Test
  void set() {
    hold(OrSet.EMPTY, Operations::set);
  }

  @Test
  void counter() {
    hold(PnCounter.EMPTY, Operations::counter);
  }

  @Test
  void stock() {
    hold(BoundedCounter.EMPTY, Operations::stock);
  }

  @Test
  void blob() {
    hold(Blob.EMPTY, Operations::blob);
  }

  @Test
  void list() {
    hold(CrdtList.EMPTY, Operations::list);
  }

  private static <S extends DotStore> void hold(S bottom, Trace.Operation<S> operation) {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      try {
        var trace = new Trace<>(bottom, operation, random, 3 + random.nextInt(9));
        joinIsASemilattice(trace.seen, random);
        whatIsHeardIsWhatIsThere(trace.seen, random);
        deltasMakeTheState(trace, bottom);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(bottom.kind() + ", seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static <S extends DotStore> void joinIsASemilattice(
      List<Causal<S>> some, SplittableRandom random) {
    Causal<S> a = some.get(random.nextInt(some.size()));
    Causal<S> b = some.get(random.nextInt(some.size()));
    Causal<S> c = some.get(random.nextInt(some.size()));
    Causal<S> both = a.join(b);

    same("commutative", both, b.join(a));
    same("associative", both.join(c), a.join(b.join(c)));
    same("idempotent", a.join(a), a);
    same("absorbs", both.join(a), both);
    require("monotone", both.known().includes(a.known()) && both.known().includes(b.known()), both);
    require(
        "makes nothing up",
        both.store().dots().minus(a.store().dots()).minus(b.store().dots()).isEmpty(),
        both);
    require("knows what it holds", both.known().heard().containsAll(both.store().dots()), both);
  }

  /** A frontier says exactly what a state is made of. */
  private static <S extends DotStore> void whatIsHeardIsWhatIsThere(
      List<Causal<S>> some, SplittableRandom random) {
    Causal<S> one = some.get(random.nextInt(some.size()));
    for (Causal<S> other : some) {
      if (one.known().heard().equals(other.known().heard())) {
        same("same frontier, same state", one, other);
      }
    }
  }

  private static <S extends DotStore> void deltasMakeTheState(Trace<S> trace, S bottom) {
    Causal<S> all = trace.all();
    same("deltas in any order", trace.overABadLink(bottom), all);
    CausalContext written = CausalContext.EMPTY;
    CausalContext replaced = CausalContext.EMPTY;
    for (Causal<S> delta : trace.deltas) {
      written = written.join(delta.store().dots());
      replaced = replaced.join(delta.known().replaced());
    }
    require(
        "there is what was written and not replaced",
        all.store().dots().equals(written.minus(replaced)),
        all);
    CausalContext heard = all.known().heard();
    require("nothing is left to hear of", all.known().replaced().isEmpty(), all);
    boolean onlyLatest =
        all.store() instanceof Versions<?>
            || all.store() instanceof PnCounter
            || all.store() instanceof BoundedCounter;
    for (Octets actor : heard.actors()) {
      require("every operation took one dot", heard.gaps(actor).isEmpty(), all);
      if (onlyLatest) {
        List<Interval> dots = all.store().dots().intervals(actor);
        require(
            "one entry a writer",
            dots.isEmpty() || (dots.size() == 1 && dots.get(0).first() == dots.get(0).last()),
            all);
      }
    }
  }

  private static void same(String law, Causal<?> one, Causal<?> other) {
    if (!one.equals(other)) {
      throw new AssertionError(law + ": " + one + " and " + other);
    }
  }

  private static void require(String law, boolean holds, Causal<?> state) {
    if (!holds) {
      throw new AssertionError(law + ": " + state);
    }
  }
}
