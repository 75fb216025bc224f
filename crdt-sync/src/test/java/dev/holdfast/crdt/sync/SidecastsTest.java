package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Cast;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What somebody says in cells with content is taken if its writers signed it, and is bounded. */
final class SidecastsTest {
  private static final long HOUR = 3_600_000;
  private static final int CELLS = 200;
  private static final CellRange RANGE = CellRange.between(0, 0, CELLS);
  private static final SketchKey KEY = new SketchKey(Region.hash(1).slice(0, SketchKey.SALT_BYTES));

  private final Region sender = new Region(7);
  private final Region reader = new Region(8);
  private final Replica replica = replica(reader);
  private final ClassSync sync = sync(SyncWork.DEFAULT);
  private long now = Region.START;

  private static Replica replica(Region region) {
    return new Replica(
        Region.CLASS_ID, region.stream, new Overlay(new MemoryTwinStore()), ReplicaLimits.DEFAULT);
  }

  private ClassSync sync(SyncWork work) {
    var self =
        new ClassSync.Self(
            reader.id, List.of(reader.key), size -> Region.hash64(3).slice(0, size), true);
    SyncSettings normal = SyncSettings.DEFAULT;
    var settings =
        new SyncSettings(
            normal.messageBytes(),
            normal.budgetBytes(),
            normal.coldDifferences(),
            normal.partEntries(),
            normal.quietMillis(),
            normal.driftMillis(),
            normal.again(),
            normal.oneWay(),
            work);
    return new ClassSync(replica, Region.ring(sender, reader), self, List.of(sender.id), settings);
  }

  /** What a replica would say of writes that are signed with some key. */
  private Sidecast sidecast(SigningKey with, int entries) {
    Replica there = replica(new Region(99));
    there.receive(VerifiedBlock.kept(sender.block(sender.chain, entries, with, 0, "v")), now, HOUR);
    Frontier frontier = there.telling().frontier(now);
    Cast cast = there.telling().cast(frontier, KEY, RANGE, RANGE);
    return new Sidecast(frontier, KEY, cast.whole(), cast.names(), cast.chunks(), cast.contents());
  }

  private List<Notice> receive(ClassSync to, Sidecast sidecast) {
    Octets octets = SyncCodec.encode(sender.sign(sidecast));
    Received message = SyncCodec.decode(octets, SyncLimits.DEFAULT).orElseThrow();
    assertThat(to.received(Checked.of(message, to.ring(), now, HOUR), now)).isEmpty();
    return to.takeNotices();
  }

  private static Sidecast part(Sidecast whole, int part, int parts) {
    return new Sidecast(
        whole.frontier(),
        whole.key(),
        whole.whole(),
        whole.names().part(part, parts),
        whole.chunks(),
        whole.contents().part(part, parts));
  }

  @Test
  void whatItsWriterSignedIsTaken() {
    Sidecast all = sidecast(sender.key, 40);
    for (int i = 0; i < 4; i++) {
      assertThat(receive(sync, part(all, i, 4))).isEmpty();
      assertThat(receive(sync, part(all, i, 4))).as("twice").isEmpty();
    }
    assertThat(replica.size()).isEqualTo(40);
    assertThat(replica.root()).isEqualTo(all.frontier().root());
    assertThat(sync.takeChanged()).hasSize(40);
  }

  /**
   * Cells that tell of nothing, since the first ones are missing, do not tell that all is there.
   */
  @Test
  void cellsInWhichNothingStandsSayNothing() {
    Sidecast all = sidecast(sender.key, 1);
    for (int from = 150; from < CELLS; from += 5) {
      CellRange some = CellRange.between(0, from, from + 5);
      receive(
          sync,
          new Sidecast(
              all.frontier(),
              KEY,
              all.whole(),
              all.names().at(some),
              all.chunks(),
              all.contents().at(some)));
    }
    receive(sync, part(all, 0, 2));
    receive(sync, part(all, 1, 2));
    assertThat(replica.size()).isEqualTo(1);
  }

  @Test
  void whatItsWriterDidNotSignIsNot() {
    Sidecast forged = sidecast(new Region(9).key, 40);
    List<Notice> notices = receive(sync, forged);
    assertThat(notices).hasSize(40).allMatch(it -> it.what() == Notice.What.BAD_SIGNATURE);
    assertThat(replica.size()).isZero();
    assertThat(sync.takeChanged()).isEmpty();
  }

  /** A state that was told earlier, and comes after a later one, changes nothing. */
  @Test
  void theLatestStateCounts() {
    Sidecast first = sidecast(sender.key, 40);
    Hlc early = sender.envelope().clock();
    Sidecast later =
        new Sidecast(
            first.frontier(),
            new SketchKey(Region.hash(2).slice(0, SketchKey.SALT_BYTES)),
            first.whole(),
            first.names(),
            first.chunks(),
            first.contents());
    var sidecasts = new Sidecasts(replica);
    assertThat(sidecasts.add(sender.id, sender.envelope().clock(), part(later, 0, 4)).found())
        .isEmpty();
    for (int i = 0; i < 4; i++) {
      assertThat(sidecasts.add(sender.id, early, part(first, i, 4)))
          .isEqualTo(Sidecasts.Outcome.NOTHING);
    }
  }

  @Test
  void noiseIsBoundedAndToldOf() {
    ClassSync careful = sync(new SyncWork(5, 9, 9, 9));
    var random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 8; i++) {
      List<Notice> notices = receive(careful, noise(random, i));
      refused +=
          (int)
              notices.stream()
                  .filter(it -> it.text().contains("more than 5 parts of sketches"))
                  .count();
    }
    assertThat(refused).isEqualTo(3);
    assertThat(replica.size()).isZero();
    now += HOUR;
    assertThat(receive(careful, sidecast(sender.key, 40))).isEmpty();
    assertThat(replica.size()).as("what it may cost is counted anew").isEqualTo(40);
  }

  private static Sidecast noise(SplittableRandom random, int first) {
    long[] sums = random.longs(CELLS).toArray();
    int[] checks = random.ints(CELLS).toArray();
    int[] counts = random.ints(CELLS, 0, 3).toArray();
    byte[] contents = new byte[CELLS * ContentCells.CHUNK];
    random.nextBytes(contents);
    long[] names = random.longs(CELLS).toArray();
    CellRange range = new CellRange(first % 2, first, 3, CELLS);
    return new Sidecast(
        new Frontier(Messages.ROOT, new TreeMap<>()),
        new SketchKey(Region.hash(5).slice(0, SketchKey.SALT_BYTES)),
        new SetSum(1 << 20, 7),
        Cells.of(range, sums, checks, counts),
        1 << 20,
        ContentCells.of(range, Octets.wrap(contents), names, counts));
  }
}
