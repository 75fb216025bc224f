package dev.holdfast.crdt;

import static dev.holdfast.crdt.Trace.actor;
import static dev.holdfast.crdt.Trace.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What each type means: what stays, what goes, what is refused. */
final class TypesTest {
  private static final int CASES = Integer.getInteger("holdfast.laws", 100_000) / 10;
  private static final Octets A = actor(1);
  private static final Octets B = actor(2);

  @Test
  void concurrentValuesStandSideBySideUntilWrittenAgain() {
    Causal<MvRegister> none = Causal.of(MvRegister.EMPTY);
    var late = none.join(none.store().write(none.next(A), new Hlc(9, 0), octets(1)));
    var early = none.join(none.store().write(none.next(B), new Hlc(3, 0), octets(2)));
    var both = late.join(early);

    assertThat(both.store().values()).containsExactlyInAnyOrder(octets(1), octets(2));
    assertThat(both.store().shown().orElseThrow())
        .isEqualTo(new Version<>(new Dot(A, 1), new Hlc(9, 0), octets(1)));
    var resolved = both.join(both.store().write(both.next(B), new Hlc(4, 0), octets(7)));
    assertThat(resolved.join(late).store().values()).containsExactly(octets(7));
    var cleared = resolved.join(resolved.store().clear(resolved.next(A)));
    assertThat(cleared.join(both).store().shown()).isEmpty();
  }

  @Test
  void ofEqualTimesTheGreaterWriterIsShown() {
    Causal<MvRegister> none = Causal.of(MvRegister.EMPTY);
    var one = none.join(none.store().write(none.next(A), Hlc.ZERO, octets(1)));
    var two = none.join(none.store().write(none.next(B), Hlc.ZERO, octets(2)));
    Octets greater = A.compareTo(B) > 0 ? octets(1) : octets(2);

    assertThat(one.join(two).store().shown().orElseThrow().value()).isEqualTo(greater);
  }

  @Test
  void anAdditionWinsOverAConcurrentRemove() {
    Causal<OrSet> set = Causal.of(OrSet.EMPTY);
    set = set.join(set.store().add(set.next(A), octets(1)));
    var removed = set.join(set.store().remove(set.next(A), octets(1)));
    var added = set.join(set.store().add(set.next(B), octets(1)));

    assertThat(removed.store().elements()).isEmpty();
    assertThat(removed.join(set).store().elements()).as("seen by the remove").isEmpty();
    assertThat(removed.join(added).store().elements()).containsExactly(octets(1));
  }

  @Test
  void anUpdateWinsOverAConcurrentRemoveAndStandsAlone() {
    Causal<OrMap> map = Causal.of(OrMap.EMPTY);
    map = map.join(put(map, A, "x", 1)).join(put(map.join(put(map, A, "x", 1)), A, "y", 2));
    var removed = map.join(map.store().remove(map.next(B), "thing"));
    var updated = map.join(put(map, A, "y", 3));

    assertThat(map.store().get("thing", OrMap.EMPTY).names()).containsExactly("x", "y");
    assertThat(removed.store().names()).isEmpty();
    var both = removed.join(updated);
    assertThat(both.store().get("thing", OrMap.EMPTY).names()).containsExactly("y");
    assertThat(both.join(map)).isEqualTo(both);
  }

  @Test
  void twoTypesUnderOneNameAreTwoFields() {
    Causal<OrMap> none = Causal.of(OrMap.EMPTY);
    var number = none.join(none.store().update("a", PnCounter.EMPTY.add(none.next(A), 5)));
    var text =
        none.join(
            none.store().update("a", MvRegister.EMPTY.write(none.next(B), Hlc.ZERO, octets(1))));
    var both = number.join(text);

    assertThat(both.store().kinds("a")).containsExactly(Kind.REGISTER, Kind.COUNTER);
    assertThat(both.store().names()).containsExactly("a");
    var removed = both.join(both.store().remove(both.next(A), "a"));
    assertThat(removed.store().isEmpty()).isTrue();
    assertThatThrownBy(() -> Causal.<DotStore>of(OrSet.EMPTY).join(Causal.of(OrMap.EMPTY)))
        .hasMessage("a SET does not join with a MAP");
  }

  @Test
  void aCounterThatIsResetKeepsTheWholeEntryOfWhoCountsMeanwhile() {
    Causal<PnCounter> five = Causal.of(PnCounter.EMPTY);
    five = five.join(five.store().add(five.next(A), 5));
    var reset = five.join(five.store().reset(five.next(B)));
    var six = five.join(five.store().add(five.next(A), 1));

    assertThat(reset.store().value()).isZero();
    assertThat(reset.join(six).store().value()).isEqualTo(BigInteger.valueOf(6));
  }

  @Test
  void aCounterRefusesToOverflow() {
    var dot = new Dot(A, 1);
    var full = Causal.of(PnCounter.EMPTY).join(PnCounter.EMPTY.add(dot, Long.MAX_VALUE));
    var other = full.join(full.store().add(full.next(B), Long.MAX_VALUE));

    assertThatThrownBy(() -> full.store().add(full.next(A), 1))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> full.store().add(full.next(A), Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThat(other.store().value())
        .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.TWO));
  }

  @Test
  void countsAddUpWhateverTheOrder() {
    for (long seed = 0; seed < CASES; seed++) {
      long[] sum = {0};
      Trace.Operation<PnCounter> count =
          (random, dot, store) -> {
            int by = random.nextInt(-5, 6);
            sum[0] += by;
            return store.add(dot, by);
          };
      var trace = new Trace<>(PnCounter.EMPTY, count, new SplittableRandom(seed), 12);
      if (!trace.overABadLink(PnCounter.EMPTY).store().value().equals(BigInteger.valueOf(sum[0]))) {
        throw new AssertionError("seed " + seed);
      }
    }
  }

  @Test
  void aStockIsTakenOnlyByWhoHoldsTheRights() {
    Causal<BoundedCounter> stock = Causal.of(BoundedCounter.EMPTY);
    stock = stock.join(stock.store().increment(stock.next(A), 10));

    assertThat(stock.store().decrement(stock.next(B), 1))
        .isEqualTo(new BoundedCounter.Missing(BigInteger.ZERO, 1));
    stock = stock.join(done(stock.store().transfer(stock.next(A), B, 4)));
    assertThat(stock.store().transfer(stock.next(A), B, 7))
        .isEqualTo(new BoundedCounter.Missing(BigInteger.valueOf(6), 7));
    stock = stock.join(done(stock.store().decrement(stock.next(B), 3)));
    assertThat(stock.store().rights(A)).isEqualTo(BigInteger.valueOf(6));
    assertThat(stock.store().rights(B)).isEqualTo(BigInteger.ONE);
    assertThat(stock.store().value()).isEqualTo(BigInteger.valueOf(7));
    assertThatThrownBy(() -> BoundedCounter.EMPTY.increment(new Dot(A, 1), 0))
        .hasMessage("an amount is 1 or more: 0");
    assertThatThrownBy(() -> BoundedCounter.EMPTY.transfer(new Dot(A, 1), A, 1))
        .hasMessage("a writer gives to others");
  }

  /** Whatever arrives where: what was taken in all is at most what was made in all. */
  @Test
  void aStockNeverGoesBelowZero() {
    for (long seed = 0; seed < CASES; seed++) {
      var trace =
          new Trace<>(BoundedCounter.EMPTY, Operations::stock, new SplittableRandom(seed), 16);
      long made = 0;
      long taken = 0;
      BigInteger held = BigInteger.ZERO;
      BoundedCounter all = trace.all().store();
      for (int i = 0; i < Trace.ACTORS; i++) {
        BoundedCounter own = trace.states.get(i).store();
        SortedTree<Dot, BoundedCounter.Row> rows = own.of(actor(i));
        if (!rows.isEmpty()) {
          made += rows.at(rows.size() - 1).getValue().made();
          taken += rows.at(rows.size() - 1).getValue().taken();
        }
        // what a writer holds by its own view it still holds by everyone's
        if (own.rights(actor(i)).compareTo(all.rights(actor(i))) > 0) {
          throw new AssertionError("seed " + seed + ": writer " + i + " overrates its rights");
        }
        held = held.add(all.rights(actor(i)));
      }
      if (taken > made
          || !all.value().equals(BigInteger.valueOf(made - taken))
          || !held.equals(all.value())) {
        throw new AssertionError("seed " + seed + ": made " + made + ", taken " + taken);
      }
    }
  }

  @Test
  void anElementAddedAgainIsKeptOnce() {
    Causal<OrSet> set = Causal.of(OrSet.EMPTY);
    for (int i = 0; i < 5; i++) {
      set = set.join(set.store().add(set.next(i % 2 == 0 ? A : B), octets(1)));
    }

    assertThat(set.store().dots()).isEqualTo(CausalContext.EMPTY.add(new Dot(A, 3)));
  }

  @Test
  void aCountWhoseReplacementIsStillUnderWayDoesNotCountTwice() {
    Causal<PnCounter> counter = Causal.of(PnCounter.EMPTY);
    var first = counter.store().add(counter.next(A), 5);
    counter = counter.join(first);
    counter = counter.join(counter.store().add(counter.next(A), 1));
    var third = counter.store().add(counter.next(A), 1);

    assertThat(first.join(third).store().dots()).isNotEqualTo(third.store().dots());
    assertThat(first.join(third).store().value()).isEqualTo(BigInteger.valueOf(7));
  }

  /** Found by the test of stocks: a writer's entries of different age must not be added up. */
  @Test
  void anEntryWhoseReplacementIsStillUnderWayDoesNotCountTwice() {
    Causal<BoundedCounter> giver = Causal.of(BoundedCounter.EMPTY);
    giver = giver.join(giver.store().increment(giver.next(A), 10));
    var first = done(giver.store().transfer(giver.next(A), B, 5));
    giver = giver.join(first);
    giver = giver.join(giver.store().increment(giver.next(A), 1));
    var third = giver.store().increment(giver.next(A), 1);
    var receiver = first.join(third);

    assertThat(receiver.store().dots()).isNotEqualTo(third.store().dots());
    assertThat(receiver.store().rights(B)).isEqualTo(BigInteger.valueOf(5));
    assertThat(receiver.store().value()).isEqualTo(BigInteger.valueOf(12));
  }

  @Test
  void aStockCannotBeRemoved() {
    Causal<OrMap> map = Causal.of(OrMap.EMPTY);
    var stock = map.store().update("fuel", BoundedCounter.EMPTY.increment(map.next(A), 5));
    var holds = map.join(map.store().update("thing", stock));

    assertThat(holds.store().removable("thing")).isFalse();
    assertThatThrownBy(() -> holds.store().remove(holds.next(A), "thing"))
        .hasMessageContaining("below thing is a stock");
  }

  /** From the vectors of the BLAKE3 team: of no octets, and of the byte 0. */
  @Test
  void aBlobIsNamedByItsBlake3() {
    assertThat(Blob.Content.of(Octets.EMPTY).id().hex())
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    assertThat(Blob.Content.of(octets(0)).id().hex())
        .isEqualTo("2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213");
    assertThat(Blob.Content.of(octets(0)).size()).isEqualTo(1);
    Octets other = Blob.Content.of(octets(0)).id();
    assertThatThrownBy(() -> new Blob.Content(other, octets(1))).hasMessageContaining("not the id");
  }

  @Test
  void aDotThatIsNotNewIsRefused() {
    Causal<MvRegister> state = Causal.of(MvRegister.EMPTY);
    var written = state.join(state.store().write(new Dot(A, 7), Hlc.ZERO, octets(1)));

    assertThat(written.next(A)).isEqualTo(new Dot(A, 8));
    assertThatThrownBy(() -> written.store().write(new Dot(A, 7), Hlc.ZERO, octets(2)))
        .hasMessageContaining("is no new dot");
  }

  @Test
  void whatIsTooMuchIsRefusedWithTheReason() {
    var limits = new CrdtLimits(2, 4, 3, 5, 1, 1);
    DotStore deep =
        new Nest(MvRegister.EMPTY.write(new Dot(A, 1), Hlc.ZERO, octets(1))).below("a", "b", "c");
    var longName = new Nest(OrSet.EMPTY.add(new Dot(A, 1), octets(1))).below("größe");
    var value = OrSet.EMPTY.add(new Dot(A, 1), Octets.ofHex("01020304")).store();
    var blob =
        Blob.EMPTY
            .write(new Dot(A, 1), Hlc.ZERO, Blob.Content.of(Octets.ofHex("010203040506")))
            .store();
    Causal<CrdtList> list = Causal.of(CrdtList.EMPTY);
    for (int i = 0; i < 3; i++) {
      list = list.join(list.store().insert(list.next(actor(i)), i, octets(i)));
    }

    assertThat(limits.refusal(deep)).contains("maps nested 3 deep, 2 at most");
    assertThat(limits.refusal(longName)).contains("a name of 7 bytes, 4 at most");
    assertThat(limits.refusal(value)).contains("a value of 4 bytes, 3 at most");
    assertThat(limits.refusal(blob)).contains("a blob of 6 bytes, 5 at most");
    assertThat(limits.refusal(list.store())).contains("a position of 2 steps, 1 at most");
    for (DotStore store : List.of(deep, longName, value, blob, list.store())) {
      assertThat(CrdtLimits.DEFAULT.refusal(store)).isEmpty();
    }
  }

  /** Something below names. */
  private record Nest(Causal<? extends DotStore> inner) {
    OrMap below(String... names) {
      Causal<? extends DotStore> at = inner;
      OrMap map = OrMap.EMPTY;
      for (String name : names) {
        Causal<OrMap> next = OrMap.EMPTY.update(name, at);
        map = next.store();
        at = next;
      }
      return map;
    }
  }

  private static Causal<OrMap> put(Causal<OrMap> map, Octets who, String name, int value) {
    OrMap thing = map.store().get("thing", OrMap.EMPTY);
    var delta = thing.get(name, MvRegister.EMPTY).write(map.next(who), Hlc.ZERO, octets(value));
    return map.store().update("thing", thing.update(name, delta));
  }

  private static Causal<BoundedCounter> done(BoundedCounter.Outcome outcome) {
    return switch (outcome) {
      case BoundedCounter.Done may -> may.delta();
      case BoundedCounter.Missing missing -> throw new AssertionError(missing);
    };
  }
}
