package dev.holdfast.crdt.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SketchKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What one replica has and another lacks is found from cells of what proves it. */
final class RepairTest {
  private static final SketchKey KEY =
      new SketchKey(Octets.ofHex("000102030405060708090a0b0c0d0e0f"));
  private static final int CELLS = 600;

  private final List<Region> regions = Region.several(3);
  private final Region earth = regions.get(0);
  private final Region mars = regions.get(1);

  private static Leaf leaf(int number) {
    return new Leaf("org.acme:thing-" + number % 7, "attributes/a" + number, Kind.REGISTER);
  }

  private static Edit write(int number, String value) {
    return new Edit.Write(leaf(number), Octets.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(Region region, int from, int to, String value) {
    for (int i = from; i < to; i += 20) {
      for (int k = i; k < Math.min(to, i + 20); k++) {
        region.edit(write(k, value));
      }
      for (Block block : region.seal()) {
        regions.forEach(other -> receive(other, region, block));
      }
    }
  }

  private static void receive(Region to, Region from, Block block) {
    if (to != from) {
      to.receive(block);
    }
  }

  private static Cast cast(Region region) {
    return cast(region, 0, CELLS);
  }

  private static Cast cast(Region region, int from, int to) {
    CellRange range = CellRange.between(0, from, to);
    return region.replica.telling().cast(region.frontier(), KEY, range, range);
  }

  private static List<VerifiedBlock> found(Region at, Region of, ContentCells cells) {
    Repair repair = at.replica.telling().repair(KEY, of.frontier(), cells.range().end());
    List<VerifiedBlock> found = new ArrayList<>();
    repair.add(cells).forEach(each -> found.add(at.verified(each.block())));
    assertThat(repair.refused()).isEmpty();
    return found;
  }

  private static void truncate(Region region) {
    region.seal();
    region.replica.streams().forEach(it -> region.replica.truncate(it, Long.MAX_VALUE));
    region.commit();
  }

  @Test
  void theSameEntriesHaveTheSameChunksHoweverTheirBlocksAreKept() {
    write(earth, 0, 200, "before");
    write(mars, 100, 150, "later");
    Cast whole = cast(earth);
    assertThat(whole.whole().count()).isEqualTo(200);
    assertThat(whole.chunks()).isBetween(300L, 420L);
    truncate(mars);
    assertThat(cast(mars)).isEqualTo(whole);
    truncate(earth);
    assertThat(cast(earth)).isEqualTo(whole);
    assertThat(found(mars, earth, whole.contents())).isEmpty();
  }

  @Test
  void justWhatIsLackingIsFoundAndTaken() {
    write(earth, 0, 300, "before");
    Region old = mars.copy();
    write(earth, 50, 90, "after");
    earth.edit(new Edit.Clear(leaf(7)));
    truncate(earth);
    old.edit(write(1, "its own"), write(1_000, "its own"));
    old.seal();
    Frontier frontier = earth.frontier();
    Cast cast = cast(earth);
    Comparison comparison = old.replica.telling().comparison(KEY, cast.whole(), frontier, CELLS, 1);
    Compared.Whole whole = (Compared.Whole) comparison.add(cast.names());
    assertThat(whole.onlyTheirs()).as("one of them is replaced here").hasSize(41);
    assertThat(whole.onlyOurs()).as("one of them was cleared there").hasSize(41);
    List<Leaf> news = old.replica.settle(Octets.ofHex("01"), frontier, KEY, whole);
    assertThat(news).isEmpty();
    List<VerifiedBlock> found = found(old, earth, cast.contents());
    assertThat(found).hasSize(41);
    assertThat(old.replica.join(found)).hasSize(7);
    assertThat(old.replica.join(found)).hasSize(7);
    assertThat(old.replica.leaf(leaf(7)).isEmpty()).isTrue();
    assertThat(old.replica.leaf(leaf(1_000)).isEmpty()).isFalse();
    assertThat(old.replica.leaf(leaf(1))).isNotEqualTo(earth.replica.leaf(leaf(1)));
    assertThat(old.replica.leaf(leaf(60))).isEqualTo(earth.replica.leaf(leaf(60)));
    Compared again =
        old.replica.telling().comparison(KEY, cast.whole(), frontier, CELLS, 1).add(cast.names());
    assertThat(((Compared.Whole) again).differences()).isEqualTo(1);
  }

  /** Names apart, what differs on both sides is found, with more cells. */
  @Test
  void cellsOfSeveralMessagesAddUp() {
    write(earth, 0, 100, "before");
    Region old = mars.copy();
    write(earth, 0, 60, "after");
    Repair repair = old.replica.telling().repair(KEY, earth.frontier(), 3 * CELLS);
    List<Repair.Found> found = new ArrayList<>();
    for (int from = 0; from < 3 * CELLS; from += CELLS) {
      ContentCells cells = cast(earth, from, from + CELLS).contents();
      for (int part : new int[] {3, 1, 0, 2}) {
        found.addAll(repair.add(cells.part(part, 4)));
      }
    }
    assertThat(found).hasSize(60);
    for (Repair.Found each : found) {
      assertThat(each.block().operations()).hasSize(1);
    }
  }

  @Test
  void noiseIsNoEntry() {
    write(earth, 0, 30, "before");
    var random = new SplittableRandom(1);
    ContentCells genuine = cast(earth, 0, 400).contents();
    for (int trial = 0; trial < 50; trial++) {
      Repair repair = regions.get(2).replica.telling().repair(KEY, earth.frontier(), 400);
      byte[] sums = new byte[400 * ContentCells.CHUNK];
      long[] checks = new long[400];
      int[] counts = new int[400];
      for (int i = 0; i < 400; i++) {
        byte[] chunk = new byte[ContentCells.CHUNK];
        random.nextBytes(chunk);
        chunk[8] = 0;
        chunk[9] = 0;
        chunk[10] = 0;
        chunk[11] = 0;
        chunk[13] = (byte) random.nextInt(3);
        Octets octets = Octets.wrap(chunk);
        octets.copyTo(sums, i * ContentCells.CHUNK);
        checks[i] = KEY.names().of(octets);
        counts[i] = 1;
      }
      ContentCells noise =
          ContentCells.of(CellRange.between(0, 0, 400), Octets.wrap(sums), checks, counts);
      assertThat(repair.add(noise)).isEmpty();
      assertThat(repair.add(genuine)).isEmpty();
    }
  }
}
