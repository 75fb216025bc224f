package dev.holdfast.crdt;

import static dev.holdfast.crdt.Trace.actor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A list against a plain one, and what several write into it at the same place. */
final class CrdtListTest {
  private static final int CASES = Integer.getInteger("holdfast.laws", 100_000) / 10;
  private static final Octets A = actor(1);
  private static final Octets B = actor(2);
  private static final Octets C = actor(3);

  @Test
  void oneWriterSeesAPlainList() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      Causal<CrdtList> state = Causal.of(CrdtList.EMPTY);
      List<Octets> plain = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        CrdtList list = state.store();
        // several writers, one after the other
        Dot dot = state.next(actor(random.nextInt(3)));
        int index = random.nextInt(plain.size() + 1);
        if (index < plain.size() && random.nextInt(3) == 0) {
          state = state.join(list.delete(dot, index));
          plain.remove(index);
        } else {
          Octets value = Trace.octets(i);
          state = state.join(list.insert(dot, index, value));
          plain.add(index, value);
        }
        if (!state.store().values().equals(plain)) {
          throw new AssertionError(
              "seed " + seed + ": " + state.store().values() + ", not " + plain);
        }
      }
      for (int i = 0; i < plain.size(); i++) {
        assertThat(state.store().get(i)).isEqualTo(plain.get(i));
      }
    }
  }

  /** Long enough for positions to become deep and to go back up, by turns and by others. */
  @Test
  void writersByTurnsSeeAPlainList() {
    for (long seed = 0; seed < CASES / 100; seed++) {
      var random = new SplittableRandom(seed);
      Causal<CrdtList> state = Causal.of(CrdtList.EMPTY);
      List<Octets> plain = new ArrayList<>();
      int at = 0;
      int deepest = 0;
      for (int i = 0; i < 250; i++) {
        at = random.nextInt(40) == 0 ? random.nextInt(plain.size() + 1) : at;
        Octets value = Trace.octets(i);
        Dot dot = state.next(actor(random.nextInt(20) == 0 ? 2 : i % 2));
        Causal<CrdtList> delta = state.store().insert(dot, at, value);
        deepest = Math.max(deepest, delta.store().positions().getFirst().path().size());
        state = state.join(delta);
        plain.add(at, value);
        at += seed % 3 == 0 ? 0 : seed % 3 == 1 ? 1 : i % 2;
        if (!state.store().values().equals(plain)) {
          throw new AssertionError("seed " + seed + " at key " + i);
        }
      }
      assertThat(deepest).as("seed %d", seed).isGreaterThan(Position.DEEP / 2);
    }
  }

  @Test
  void positionsAreATotalOrderThatNeverChanges() {
    for (long seed = 0; seed < CASES / 10; seed++) {
      var trace = new Trace<>(CrdtList.EMPTY, Operations::list, new SplittableRandom(seed), 40);
      List<Position> all = new ArrayList<>();
      trace.deltas.forEach(delta -> all.addAll(delta.store().positions()));
      all.sort(null);
      for (int i = 0; i < all.size(); i++) {
        for (int j = 0; j < all.size(); j++) {
          assertThat(Integer.signum(all.get(i).compareTo(all.get(j))))
              .as("seed %d: %s and %s", seed, all.get(i), all.get(j))
              .isEqualTo(Integer.compare(i, j));
        }
      }
      for (Causal<CrdtList> state : trace.states) {
        List<Position> here = state.store().positions();
        assertThat(here).isSorted();
        assertThat(all.stream().filter(here::contains).toList()).isEqualTo(here);
      }
    }
  }

  @Test
  void whatIsWrittenForwardsAtOnePlaceIsNotMixed() {
    Causal<CrdtList> before = type(Causal.of(CrdtList.EMPTY), A, 0, "()");
    Causal<CrdtList> one = type(before, A, 1, "aaaa");
    Causal<CrdtList> two = type(before, B, 1, "bbbb");
    Causal<CrdtList> three = type(before, C, 1, "cccc");

    String text = text(one.join(two).join(three));

    assertThat(text).hasSize(14).startsWith("(").endsWith(")");
    assertThat(text).contains("aaaa").contains("bbbb").contains("cccc");
  }

  @Test
  void whatIsWrittenBackwardsAtOnePlaceIsNotMixed() {
    Causal<CrdtList> before = type(Causal.of(CrdtList.EMPTY), A, 0, "()");
    Causal<CrdtList> one = typeBackwards(before, A, 1, "aAaA");
    Causal<CrdtList> two = typeBackwards(before, B, 1, "bBbB");
    Causal<CrdtList> three = type(before, C, 1, "cCcC");

    String text = text(one.join(two).join(three));

    assertThat(text).hasSize(14).startsWith("(").endsWith(")");
    assertThat(text).contains("aAaA").contains("bBbB").contains("cCcC");
  }

  /** Any number of writers, directions and earlier contents, with deletes around the place. */
  @Test
  void runsAtOnePlaceAreNotMixedWhateverStandsThere() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      Causal<CrdtList> before =
          new Trace<>(CrdtList.EMPTY, Operations::list, random, 1 + random.nextInt(10)).all();
      int at = random.nextInt(before.store().size() + 1);
      List<Causal<CrdtList>> after = new ArrayList<>();
      List<String> runs = List.of("PQRS", "TUVW", "XYZ-");
      for (int i = 0; i < Trace.ACTORS; i++) {
        Causal<CrdtList> state =
            random.nextBoolean()
                ? type(before, actor(i), at, runs.get(i))
                : typeBackwards(before, actor(i), at, runs.get(i));
        int beside = random.nextBoolean() ? at - 1 : at + 4;
        if (random.nextBoolean() && beside >= 0 && beside < state.store().size()) {
          state = state.join(state.store().delete(state.next(actor(i)), beside));
        }
        after.add(state);
      }

      String text = text(after.get(0).join(after.get(1)).join(after.get(2)));

      assertThat(text).as("seed %d", seed).contains(runs);
    }
  }

  /** Where writers go back up the tree, runs written forwards stay whole too. */
  @Test
  void runsAtADeepPlaceAreNotMixed() {
    for (int turns = 25; turns < 75; turns++) {
      Causal<CrdtList> before = Causal.of(CrdtList.EMPTY);
      for (int i = 0; i < turns; i++) {
        before = type(before, actor(i % 2), i, "o");
      }
      Causal<CrdtList> one = type(before, actor(0), turns, "PQRS");
      Causal<CrdtList> two = type(before, actor(1), turns, "TUVW");
      Causal<CrdtList> three = type(before, actor(2), turns, "XYZ-");

      String text = text(one.join(two).join(three));

      assertThat(text).startsWith("o".repeat(turns)).contains("PQRS", "TUVW", "XYZ-");
    }
  }

  @Test
  void anInsertionStandsWhereItWasMeantWhenItsNeighboursAreGone() {
    Causal<CrdtList> before = type(Causal.of(CrdtList.EMPTY), A, 0, "abcdef");
    Causal<CrdtList> inserted = type(before, B, 3, "XY");
    Causal<CrdtList> deleted = before;
    for (int i = 0; i < 4; i++) {
      deleted = deleted.join(deleted.store().delete(deleted.next(C), 1));
    }

    assertThat(text(deleted)).isEqualTo("af");
    assertThat(text(deleted.join(inserted))).isEqualTo("aXYf");
    assertThat(text(type(deleted.join(inserted), C, 1, "-"))).isEqualTo("a-XYf");
    assertThat(text(type(deleted.join(inserted), C, 3, "-"))).isEqualTo("aXY-f");
  }

  static Causal<CrdtList> type(Causal<CrdtList> from, Octets who, int index, String text) {
    Causal<CrdtList> state = from;
    for (int i = 0; i < text.length(); i++) {
      state = state.join(state.store().insert(state.next(who), index + i, octet(text.charAt(i))));
    }
    return state;
  }

  static Causal<CrdtList> typeBackwards(Causal<CrdtList> from, Octets who, int index, String text) {
    Causal<CrdtList> state = from;
    for (int i = text.length() - 1; i >= 0; i--) {
      state = state.join(state.store().insert(state.next(who), index, octet(text.charAt(i))));
    }
    return state;
  }

  static String text(Causal<CrdtList> state) {
    return new String(
        Octets.concat(state.store().values()).toByteArray(), StandardCharsets.US_ASCII);
  }

  private static Octets octet(char letter) {
    return Trace.octets(letter);
  }
}
