package dev.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.LWWRegister;
import org.apache.pekko.cluster.ddata.ORMap;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.PNCounter;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.junit.jupiter.api.Test;

/**
 * The same operations and exchanges into ours and into Apache Pekko Distributed Data, which was
 * written by others from other papers: the same values at every replica after every step.
 *
 * <p>Where Pekko keeps less than we do, the traces stay out of it: its maps forget what was known
 * of a value when they remove it, so that a remove takes effect on the value only where no replica
 * still holds it. Names are compared on all traces, values on those whose removes come after an
 * exchange among all.
 */
final class PekkoTest {
  private static final int CASES = Integer.getInteger("holdfast.laws", 100_000) / 5;

  /** Pekko's maps cost most of the time. */
  private static final int MAPS = CASES / 4;

  private static final List<SelfUniqueAddress> NODES = new ArrayList<>();

  static {
    for (int i = 0; i < Trace.ACTORS; i++) {
      NODES.add(
          new SelfUniqueAddress(
              new UniqueAddress(new Address("pekko", "crdt", "node" + i, 1), 1L + i)));
    }
  }

  /** Ours and theirs at one place. */
  private record Pair<S extends DotStore, T>(Causal<S> ours, T theirs) {
    Pair<S, T> with(Causal<S> delta, T changed) {
      return new Pair<>(ours.join(delta), changed);
    }
  }

  @FunctionalInterface
  private interface Change<S extends DotStore, T> {
    Pair<S, T> make(Pair<S, T> at, int node, int step);
  }

  @Test
  void setsAreEqual() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      run(
          "seed " + seed,
          random,
          new Pair<>(Causal.of(OrSet.EMPTY), ORSet.<String>create()),
          ORSet::merge,
          (at, node, _) -> {
            int element = random.nextInt(4);
            Dot dot = at.ours().next(Trace.actor(node));
            OrSet set = at.ours().store();
            return random.nextInt(3) == 0
                ? at.with(
                    set.remove(dot, Trace.octets(element)),
                    at.theirs().remove(NODES.get(node), "" + element))
                : at.with(
                    set.add(dot, Trace.octets(element)),
                    at.theirs().add(NODES.get(node), "" + element));
          },
          PekkoTest::elements,
          theirs -> new TreeSet<>(theirs.getElements()));
    }
  }

  @Test
  void countersAreEqual() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      run(
          "seed " + seed,
          random,
          new Pair<>(Causal.of(PnCounter.EMPTY), PNCounter.create()),
          PNCounter::merge,
          (at, node, _) -> {
            long by = random.nextLong(-9, 10);
            return at.with(
                at.ours().store().add(at.ours().next(Trace.actor(node)), by),
                at.theirs().increment(NODES.get(node), by));
          },
          PnCounter::value,
          PNCounter::getValue);
    }
  }

  @Test
  void namesInMapsAreEqual() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      run(
          "seed " + seed,
          random,
          new Pair<>(Causal.of(OrMap.EMPTY), ORMap.<String, ORSet<String>>create()),
          ORMap::merge,
          (at, node, _) ->
              random.nextInt(3) == 0
                  ? removed(at, node, "" + random.nextInt(3))
                  : added(at, node, "" + random.nextInt(3), random.nextInt(3)),
          map -> new TreeSet<>(map.names()),
          theirs -> new TreeSet<>(theirs.getEntries().keySet()));
    }
  }

  @Test
  void mapsOfSetsAreEqual() {
    for (long seed = 0; seed < MAPS; seed++) {
      var random = new SplittableRandom(seed);
      var at = List.of(mapPair(), mapPair(), mapPair());
      for (int round = 0; round < 3; round++) {
        at =
            run(
                "seed " + seed,
                random,
                at,
                ORMap::merge,
                (pair, node, _) -> added(pair, node, "" + random.nextInt(3), random.nextInt(3)),
                PekkoTest::setsByName,
                theirs -> {
                  var sets = new TreeMap<String, TreeSet<String>>();
                  theirs
                      .getEntries()
                      .forEach((k, v) -> sets.put(k, new TreeSet<>(v.getElements())));
                  return sets;
                });
        int node = random.nextInt(Trace.ACTORS);
        var after = removed(exchanged(at, ORMap::merge), node, "" + random.nextInt(3));
        at = List.of(after, after, after);
      }
    }
  }

  @Test
  void lastWriterMapsShowTheSame() {
    LWWRegister.Clock<String> asTold = (_, value) -> Long.parseLong(value);
    for (long seed = 0; seed < MAPS; seed++) {
      var random = new SplittableRandom(seed);
      var none = new Pair<>(Causal.of(OrMap.EMPTY), LWWMap.<String, String>create());
      var at = List.of(none, none, none);
      int[] time = {0};
      for (int round = 0; round < 3; round++) {
        at =
            run(
                "seed " + seed,
                random,
                at,
                LWWMap::merge,
                (pair, node, _) -> {
                  String name = "" + random.nextInt(3);
                  int now = ++time[0];
                  OrMap map = pair.ours().store();
                  Dot dot = pair.ours().next(Trace.actor(node));
                  return pair.with(
                      map.update(
                          name,
                          map.get(name, MvRegister.EMPTY)
                              .write(dot, new Hlc(now, 0), Trace.octets(now))),
                      pair.theirs().put(NODES.get(node), name, "" + now, asTold));
                },
                PekkoTest::shown,
                theirs -> new TreeMap<>(theirs.getEntries()));
        var all = exchanged(at, LWWMap::merge);
        String name = "" + random.nextInt(3);
        Dot dot = all.ours().next(Trace.actor(round));
        var after =
            all.with(
                all.ours().store().remove(dot, name), all.theirs().remove(NODES.get(round), name));
        at = List.of(after, after, after);
      }
    }
  }

  private static Pair<OrMap, ORMap<String, ORSet<String>>> mapPair() {
    return new Pair<>(Causal.of(OrMap.EMPTY), ORMap.<String, ORSet<String>>create());
  }

  private static Pair<OrMap, ORMap<String, ORSet<String>>> added(
      Pair<OrMap, ORMap<String, ORSet<String>>> at, int node, String name, int element) {
    OrMap map = at.ours().store();
    Dot dot = at.ours().next(Trace.actor(node));
    return at.with(
        map.update(name, map.get(name, OrSet.EMPTY).add(dot, Trace.octets(element))),
        at.theirs()
            .update(
                NODES.get(node),
                name,
                ORSet.<String>create(),
                set -> set.add(NODES.get(node), "" + element)));
  }

  private static Pair<OrMap, ORMap<String, ORSet<String>>> removed(
      Pair<OrMap, ORMap<String, ORSet<String>>> at, int node, String name) {
    Dot dot = at.ours().next(Trace.actor(node));
    return at.with(at.ours().store().remove(dot, name), at.theirs().remove(NODES.get(node), name));
  }

  private static TreeSet<String> elements(OrSet set) {
    var elements = new TreeSet<String>();
    set.elements().forEach(octets -> elements.add("" + octets.unsigned(0)));
    return elements;
  }

  private static TreeMap<String, TreeSet<String>> setsByName(OrMap map) {
    var sets = new TreeMap<String, TreeSet<String>>();
    map.names().forEach(name -> sets.put(name, elements(map.get(name, OrSet.EMPTY))));
    return sets;
  }

  private static TreeMap<String, String> shown(OrMap map) {
    var shown = new TreeMap<String, String>();
    for (String name : map.names()) {
      Octets value = map.get(name, MvRegister.EMPTY).shown().orElseThrow().value();
      shown.put(name, "" + value.unsigned(0));
    }
    return shown;
  }

  private interface Merge<T> {
    T of(T one, T other);
  }

  private static <S extends DotStore, T extends ReplicatedData> void run(
      String seed,
      SplittableRandom random,
      Pair<S, T> none,
      Merge<T> merge,
      Change<S, T> change,
      Function<S, Object> ours,
      Function<T, Object> theirs) {
    run(seed, random, List.of(none, none, none), merge, change, ours, theirs);
  }

  /** Ten steps, each a change or an exchange; then all have all. */
  private static <S extends DotStore, T extends ReplicatedData> List<Pair<S, T>> run(
      String seed,
      SplittableRandom random,
      List<Pair<S, T>> from,
      Merge<T> merge,
      Change<S, T> change,
      Function<S, Object> ours,
      Function<T, Object> theirs) {
    List<Pair<S, T>> at = new ArrayList<>(from);
    for (int step = 0; step < 10; step++) {
      int node = random.nextInt(at.size());
      Pair<S, T> next;
      if (random.nextInt(3) > 0) {
        next = change.make(at.get(node), node, step);
      } else {
        Pair<S, T> other = at.get(random.nextInt(at.size()));
        next =
            new Pair<>(
                at.get(node).ours().join(other.ours()),
                merge.of(at.get(node).theirs(), other.theirs()));
      }
      at.set(node, next);
      equal(seed, next, ours, theirs);
    }
    equal(seed, exchanged(at, merge), ours, theirs);
    return at;
  }

  private static <S extends DotStore, T> Pair<S, T> exchanged(List<Pair<S, T>> at, Merge<T> merge) {
    Pair<S, T> all = at.getFirst();
    for (Pair<S, T> one : at) {
      all = new Pair<>(all.ours().join(one.ours()), merge.of(all.theirs(), one.theirs()));
    }
    return all;
  }

  private static <S extends DotStore, T> void equal(
      String seed, Pair<S, T> at, Function<S, Object> ours, Function<T, Object> theirs) {
    Object mine = ours.apply(at.ours().store());
    Object other = theirs.apply(at.theirs());
    if (!mine.equals(other)) {
      assertThat(mine).as(seed).isEqualTo(other);
    }
  }
}
