package dev.holdfast.crdt.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sketches with content need as many cells as those without, and bear the same loss. */
final class ContentSketchTest {
  private static final SketchKey KEY =
      new SketchKey(Octets.ofHex("000102030405060708090a0b0c0d0e0f"));

  private static Octets chunk(SplittableRandom random) {
    byte[] bytes = new byte[ContentCells.CHUNK];
    random.nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  private static List<Octets> draw(SplittableRandom random, int count) {
    List<Octets> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(chunk(random));
    }
    return chunks;
  }

  private static ContentCells sketch(int stream, int from, int to, List<Octets> chunks) {
    var sketcher = new ContentSketcher(KEY, stream, from, to);
    chunks.forEach(sketcher::add);
    assertThat(sketcher.size()).isEqualTo(chunks.size());
    return sketcher.cells();
  }

  private static ContentPeeler peeler(int cells, List<Octets> ours) {
    return new ContentPeeler(KEY, List.of(sketch(0, 0, cells, ours), sketch(1, 0, cells, ours)));
  }

  private static int cellsNeeded(SplittableRandom random, int differences) {
    int most = 12 * differences + 60;
    List<Octets> chunks = draw(random, differences);
    ContentCells theirs = sketch(0, 0, most, chunks);
    ContentPeeler peeler = peeler(most, List.of());
    List<Octets> found = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      found.addAll(peeler.add(theirs.part(i, most)));
      if (found.size() == differences) {
        assertThat(found).containsExactlyInAnyOrderElementsOf(chunks);
        assertThat(peeler.isWhole()).isTrue();
        return i + 1;
      }
    }
    throw new AssertionError(differences + " chunks are not found in " + most + " cells");
  }

  /** The known mean and 99th percentile of cells a difference, as of sketches without content. */
  @ParameterizedTest
  @CsvSource({
    "1,   200,  1.000, 1.0",
    "10,  1500, 1.723, 3.5",
    "100, 300,  1.454, 1.74",
    "256, 100,  1.408, 1.56",
  })
  void needAsManyCellsForADifferenceAsIsKnown(
      int differences, int trials, double mean, double p99) {
    SplittableRandom random = new SplittableRandom(differences);
    double[] needed = new double[trials];
    for (int i = 0; i < trials; i++) {
      needed[i] = (double) cellsNeeded(random, differences) / differences;
    }
    Arrays.sort(needed);
    assertThat(Arrays.stream(needed).average().orElseThrow()).isCloseTo(mean, within(0.03 * mean));
    assertThat(needed[trials * 99 / 100]).isCloseTo(p99, within(0.2 * p99));
  }

  /** 222 cells for 100 chunks, which is 2.0 of them over what is not lost, in 20 bundles. */
  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void oneInTenMayBeLost(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = SketchSize.cells(100, 0.1);
    assertThat(cells).isBetween(222, 250);
    int whole = 0;
    for (int trial = 0; trial < 150; trial++) {
      List<Octets> chunks = draw(random, 100);
      ContentCells theirs = sketch(0, 0, cells, chunks);
      ContentPeeler peeler = peeler(cells, List.of());
      int found = 0;
      for (int bundle = 0; bundle < 20; bundle++) {
        if (random.nextDouble() >= 0.1) {
          found += peeler.add(theirs.part(bundle, 20)).size();
        }
      }
      whole += found == 100 ? 1 : 0;
    }
    assertThat(whole).isGreaterThanOrEqualTo(145);
  }

  @Test
  void aSecondStreamGoesOnWhereHalfIsLost() {
    SplittableRandom random = new SplittableRandom(5);
    int cells = 2 * 100 * 5 / 2 / 2;
    int whole = 0;
    for (int trial = 0; trial < 100; trial++) {
      List<Octets> chunks = draw(random, 100);
      ContentPeeler peeler = peeler(cells, List.of());
      int found = 0;
      for (int bundle = 0; bundle < 40; bundle++) {
        if (random.nextDouble() >= 0.5) {
          ContentCells theirs = sketch(bundle % 2, 0, cells, chunks);
          found += peeler.add(theirs.part(bundle / 2, 20)).size();
        }
      }
      whole += found == 100 ? 1 : 0;
    }
    assertThat(whole).isGreaterThanOrEqualTo(90);
  }

  @Test
  void onlyWhatTheyHaveIsGivenAndWhatBothHaveCostsNothing() {
    SplittableRandom random = new SplittableRandom(3);
    List<Octets> common = draw(random, 2_000);
    List<Octets> theirs = new ArrayList<>(draw(random, 20));
    List<Octets> lacking = List.copyOf(theirs);
    theirs.addAll(common);
    List<Octets> ours = new ArrayList<>(draw(random, 10));
    ours.addAll(common);
    int cells = SketchSize.cells(30);
    ContentPeeler peeler = peeler(cells, ours);
    ContentCells all = sketch(0, 0, cells, theirs);
    List<Octets> found = new ArrayList<>();
    for (int part : new int[] {2, 0, 2, 1}) {
      found.addAll(peeler.add(all.part(part, 3)));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(lacking);
    assertThat(peeler.isWhole()).isTrue();
    assertThat(peeler.refused()).isEmpty();
    assertThat(all.part(1, 3)).isEqualTo(all.part(1, 3)).isNotEqualTo(all.part(0, 3));
  }

  /** Noise, and cells that tell of one chunk over and over: an end is found, and nothing else. */
  @Test
  void noiseCostsBoundedWork() {
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 200; trial++) {
      int cells = 1 + random.nextInt(200);
      byte[] sums = new byte[cells * ContentCells.CHUNK];
      long[] checks = new long[cells];
      int[] counts = new int[cells];
      Octets chunk = chunk(random);
      long name = KEY.names().of(chunk);
      boolean same = trial % 2 == 0;
      random.nextBytes(sums);
      for (int i = 0; i < cells; i++) {
        counts[i] = same ? 1 : random.nextInt(3) - 1;
        checks[i] = same ? name : random.nextLong();
        if (same) {
          chunk.copyTo(sums, i * ContentCells.CHUNK);
        }
      }
      ContentCells noise =
          ContentCells.of(CellRange.between(0, 0, cells), Octets.wrap(sums), checks, counts);
      ContentPeeler peeler = peeler(cells, List.of());
      assertThat(peeler.add(noise).size()).isLessThanOrEqualTo(same ? 1 : 0);
      assertThat(peeler.add(noise)).isEmpty();
      assertThat(peeler.isWhole() && cells > 20).isFalse();
    }
  }

  @Test
  void whatIsNoCellOrNotWithinReachIsRefused() {
    ContentPeeler peeler = peeler(10, List.of());
    assertThat(peeler.reaches(new CellRange(0, 3, 3, 3))).isTrue();
    assertThat(peeler.reaches(new CellRange(1, 4, 3, 3))).isFalse();
    assertThat(peeler.isWhole()).isFalse();
    assertThatThrownBy(() -> new ContentPeeler(KEY, List.of(sketch(0, 1, 3, List.of()))))
        .hasMessageContaining("first cell");
    assertThatThrownBy(() -> new ContentSketcher(KEY, 0, 0, 9).add(Octets.EMPTY))
        .hasMessageContaining("256");
    assertThatThrownBy(
            () ->
                ContentCells.of(CellRange.between(0, 0, 2), Octets.EMPTY, new long[2], new int[2]))
        .hasMessageContaining("2 cells");
  }
}
