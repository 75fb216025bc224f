package dev.holdfast.crdt.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.digest.Peeler.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sketches need as many cells as the literature says, and bear what it says. */
final class SketchTest {
  private static Cells sketch(int stream, int from, int to, List<Long> items) {
    Sketcher sketcher = new Sketcher(stream, from, to);
    items.forEach(sketcher::add);
    return sketcher.cells();
  }

  private static List<Long> draw(SplittableRandom random, int count) {
    List<Long> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(random.nextLong());
    }
    return items;
  }

  private static int cellsNeeded(SplittableRandom random, int differences) {
    List<Long> items = draw(random, differences);
    Peeler peeler = new Peeler();
    int block = 2 * differences + 20;
    for (int from = 0; ; from += block) {
      Cells theirs = sketch(0, from, from + block, items);
      Cells ours = sketch(0, from, from + block, List.of());
      for (int i = 0; i < block; i++) {
        if (peeler.add(theirs.part(i, block), ours.part(i, block))
            instanceof Outcome.Whole(List<Long> found, List<Long> none)) {
          assertThat(found).containsExactlyInAnyOrderElementsOf(items);
          assertThat(none).isEmpty();
          return from + i + 1;
        }
      }
    }
  }

  /** Mean and tail of 2,000 to 20,000 trials of another program. */
  @ParameterizedTest
  @CsvSource({
    "1,    1000,  1.000, 1.0",
    "2,    10000, 1.587, 5.0",
    "5,    5000,  1.762, 4.4",
    "10,   3000,  1.723, 3.5",
    "32,   2000,  1.566, 2.28",
    "100,  800,   1.454, 1.74",
    "256,  300,   1.408, 1.56",
    "1000, 60,    1.376, 1.454",
  })
  void needAsManyCellsForADifferenceAsIsKnown(
      int differences, int trials, double mean, double p99) {
    SplittableRandom random = new SplittableRandom(differences);
    double[] needed = new double[trials];
    for (int i = 0; i < trials; i++) {
      needed[i] = (double) cellsNeeded(random, differences) / differences;
    }
    Arrays.sort(needed);
    assertThat(Arrays.stream(needed).average().orElseThrow()).isCloseTo(mean, within(0.02 * mean));
    assertThat(needed[trials * 99 / 100]).isCloseTo(p99, within(0.15 * p99));
  }

  @ParameterizedTest
  @CsvSource({"0,100", "1,5000", "2,5000", "5,5000", "10,5000", "32,3000", "100,1500", "1000,200"})
  void oneShotIsEnough(int differences, int trials) {
    SplittableRandom random = new SplittableRandom(-differences);
    int failed = 0;
    for (int i = 0; i < trials; i++) {
      List<Long> items = draw(random, differences);
      int cells = SketchSize.cells(differences);
      Outcome outcome =
          new Peeler().add(sketch(0, 0, cells, items), sketch(0, 0, cells, List.of()));
      failed += isWhole(outcome, differences) ? 0 : 1;
    }
    assertThat(failed).isLessThanOrEqualTo(Math.max(1, trials / 1000));
  }

  /** Each bundle is lost by itself; with half of 20 lost it may be too many of them. */
  @ParameterizedTest
  @CsvSource({
    "100,  0.1, 0.97",
    "100,  0.2, 0.97",
    "100,  0.3, 0.97",
    "100,  0.5, 0.91",
    "1000, 0.1, 0.97",
    "1000, 0.3, 0.97",
    "1000, 0.5, 0.91",
  })
  void bundlesMayBeLost(int differences, double loss, double atLeast) {
    int streams = SketchSize.streams(loss);
    int cells = SketchSize.cells(differences, loss) / streams;
    double whole = wholeAfterLoss(differences, loss, streams, cells, true);
    assertThat(whole).isGreaterThanOrEqualTo(atLeast);
  }

  /** Known: 0.78 of sketches with consecutive cells in a bundle, 0.94 with strided ones. */
  @Test
  void cellsThatAreSpreadOverTheBundlesBearMoreLoss() {
    int cells = (int) (2.0 * 100 / (1 - 0.2));
    assertThat(wholeAfterLoss(100, 0.2, 1, cells, false)).isCloseTo(0.78, within(0.06));
    assertThat(wholeAfterLoss(100, 0.2, 1, cells, true)).isCloseTo(0.94, within(0.06));
  }

  /** The share of sketches in 20 bundles that are decoded although some bundles are lost. */
  private static double wholeAfterLoss(
      int differences, double loss, int streams, int cells, boolean strided) {
    SplittableRandom random = new SplittableRandom(11);
    int bundles = 20;
    int trials = 30_000 / differences;
    int whole = 0;
    for (int i = 0; i < trials; i++) {
      List<Long> items = draw(random, differences);
      Peeler peeler = new Peeler();
      Outcome outcome = peeler.outcome();
      for (int bundle = 0; bundle < bundles; bundle++) {
        if (random.nextDouble() < loss) {
          continue;
        }
        for (int s = 0; s < streams; s++) {
          int from = strided ? 0 : cells * bundle / bundles;
          int to = strided ? cells : cells * (bundle + 1) / bundles;
          Cells theirs = sketch(s, from, to, items);
          Cells ours = sketch(s, from, to, List.of());
          outcome =
              strided
                  ? peeler.add(theirs.part(bundle, bundles), ours.part(bundle, bundles))
                  : peeler.add(theirs, ours);
        }
      }
      whole += isWhole(outcome, differences) ? 1 : 0;
    }
    return (double) whole / trials;
  }

  private static boolean isWhole(Outcome outcome, int differences) {
    return outcome instanceof Outcome.Whole(List<Long> found, List<Long> none)
        && found.size() == differences
        && none.isEmpty();
  }

  @Test
  void bothSidesAreFound() {
    SplittableRandom random = new SplittableRandom(3);
    List<Long> common = draw(random, 10_000);
    List<Long> theirs = draw(random, 30);
    List<Long> ours = draw(random, 12);
    int cells = SketchSize.cells(42);
    Sketcher there = new Sketcher(0, 0, cells);
    Sketcher here = new Sketcher(0, 0, cells);
    common.forEach(there::add);
    common.forEach(here::add);
    theirs.forEach(there::add);
    ours.forEach(here::add);
    Outcome outcome = new Peeler().add(there.cells(), here.cells());
    assertThat(outcome).isInstanceOf(Outcome.Whole.class);
    assertThat(((Outcome.Whole) outcome).onlyTheirs()).containsExactlyInAnyOrderElementsOf(theirs);
    assertThat(((Outcome.Whole) outcome).onlyOurs()).containsExactlyInAnyOrderElementsOf(ours);
  }

  @Test
  void moreCellsAddToThoseBefore() {
    SplittableRandom random = new SplittableRandom(4);
    List<Long> items = draw(random, 200);
    Peeler peeler = new Peeler();
    Outcome first = peeler.add(sketch(0, 0, 150, items), sketch(0, 0, 150, List.of()));
    assertThat(first).isInstanceOf(Outcome.Partial.class);
    Outcome again = peeler.add(sketch(0, 0, 150, items), sketch(0, 0, 150, List.of()));
    assertThat(again).isEqualTo(first);
    Outcome second = peeler.add(sketch(0, 150, 400, items), sketch(0, 150, 400, List.of()));
    assertThat(second).isInstanceOf(Outcome.Whole.class);
    assertThat(((Outcome.Whole) second).onlyTheirs()).containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  void noiseCostsNoMoreThanItsCells() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 200; round++) {
      int cells = 1 + random.nextInt(500);
      long[] sums = random.longs(cells).toArray();
      int[] checks = Arrays.stream(sums).mapToInt(Places::check).toArray();
      int[] counts = random.ints(cells, -1, 2).toArray();
      CellRange range = CellRange.between(0, 0, cells);
      Outcome outcome =
          new Peeler().add(new Cells(range, sums, checks, counts), sketch(0, 0, cells, List.of()));
      switch (outcome) {
        case Outcome.Whole(List<Long> theirs, List<Long> ours) ->
            assertThat(theirs.size() + ours.size()).isLessThanOrEqualTo(cells);
        case Outcome.Partial(int found, int all) -> assertThat(found).isLessThanOrEqualTo(all);
        case Outcome.Refused(String why) -> assertThat(why).isNotEmpty();
      }
    }
  }

  @Test
  void namesAreThoseOfSipHash() {
    // The vector of the paper: key 00..0f, message 00..0e.
    SketchKey key = new SketchKey(Octets.ofHex("000102030405060708090a0b0c0d0e0f"));
    assertThat(key.names().of(Octets.ofHex("000102030405060708090a0b0c0d0e")))
        .isEqualTo(0xa129ca6149be45e5L);
  }
}
