package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.ContentSketcher;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.replica.Frontier;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What messages cost in bytes, all in. The figures stand in docs/0005. */
final class MessageSizesTest {
  private static final long BUDGET = 5_000_000;
  private final Region region = new Region(1);

  private static int size(String name, SyncMessage message) {
    int size = SyncCodec.encode(message).size();
    System.out.println(name + ": " + size);
    return size;
  }

  /** Of each stream a million numbers, some hours old. */
  private static Frontier frontier(int streams) {
    var random = new SplittableRandom(streams);
    var all = new TreeMap<StreamId, Frontier.Reach>();
    for (int i = 0; i < streams; i++) {
      long last = 1_000_000 + random.nextInt(1_000_000);
      StreamId stream = new StreamId(Region.hash(i).slice(0, StreamId.SIZE));
      var head = Region.hash(i + 1_000).slice(0, Frontier.HEAD_SIZE);
      List<Interval> heard = List.of(new Interval(1, last));
      all.put(stream, new Frontier.Reach(last, head, heard, random.nextInt(200_000)));
    }
    return new Frontier(Messages.ROOT, all);
  }

  private Signed frontierMessage(int streams) {
    WireFrontier frontier = WireFrontier.of(frontier(streams));
    return region.sign(new FrontierMessage(new FrontierMessage.Whole(frontier), BUDGET));
  }

  @Test
  void frontiers() {
    assertThat(size("FRONTIER, 1 stream", frontierMessage(1))).isLessThanOrEqualTo(171);
    assertThat(size("FRONTIER, 2 streams", frontierMessage(2))).isLessThanOrEqualTo(193);
    assertThat(size("FRONTIER, 16 streams", frontierMessage(16))).isLessThanOrEqualTo(500);
    assertThat(size("FRONTIER, 40 streams", frontierMessage(40))).isLessThanOrEqualTo(1_000);
    Claim same = new FrontierMessage(FrontierMessage.SameAs.of(frontierMessage(16)), BUDGET);
    assertThat(size("FRONTIER, as in another message", region.sign(same))).isLessThanOrEqualTo(130);
  }

  @Test
  void sketches() {
    int entries = 1_000_000;
    var salt = new SketchKey(Region.hash(1).slice(0, SketchKey.SALT_BYTES));
    int[] counts = {46, 216, 1_527, 14_040};
    for (int cells : counts) {
      var some = new Sketcher(0, 0, cells);
      var random = new SplittableRandom(1);
      for (int i = 0; i < entries; i++) {
        some.add(random.nextLong());
      }
      int size =
          size(
              "SKETCH, " + cells + " cells, 3 streams",
              region.sign(new Sketch(frontier(3), salt, new SetSum(entries, 7), some.cells())));
      assertThat(size).isLessThan(300 + cells * 27 / 2);
      if (cells == 1_527) {
        assertThat(size).isLessThanOrEqualTo(20_300);
      }
    }
  }

  @Test
  void sidecasts() {
    var salt = new SketchKey(Region.hash(1).slice(0, SketchKey.SALT_BYTES));
    int entries = 100_000;
    int cells = 220;
    var names = new Sketcher(0, 0, 2 * cells);
    var contents = new ContentSketcher(salt, 0, 0, cells);
    var random = new SplittableRandom(1);
    byte[] chunk = new byte[ContentCells.CHUNK];
    for (int i = 0; i < entries; i++) {
      names.add(random.nextLong());
      random.nextBytes(chunk);
      contents.add(Octets.wrap(chunk));
    }
    var sidecast =
        new Sidecast(
            frontier(3), salt, new SetSum(entries, 1), names.cells(), entries, contents.cells());
    int size = size("SIDECAST, 220 cells, 3 streams", region.sign(sidecast));
    assertThat(size).isLessThan(320 + 2 * cells * 14 + cells * 266);
  }

  @Test
  void others() {
    Block one = region.seal(64);
    Block two = region.seal(64);
    int blocks = one.encode().size() + two.encode().size();
    int delta = size("DELTA of 2", new SelfCertified.Delta(Region.CLASS_ID, List.of(one, two)));
    assertThat(delta - blocks).isEqualTo(13);

    KeyRing ring = Region.ring(region);
    KeyStatement rotation = ring.rotate(region.id, 0, 1_000_000, region.key, region.key(1));
    assertThat(size("KEY, 1", new SelfCertified.Key(Region.CLASS_ID, List.of(rotation))))
        .isLessThanOrEqualTo(225);
    KeyStatement anew = ring.begin(region.id, Long.MAX_VALUE, region.key);
    assertThat(size("KEY, a stream", new SelfCertified.Key(Region.CLASS_ID, List.of(anew))))
        .isLessThanOrEqualTo(130);

    Request keys = new Request(List.of(), Optional.empty(), true, false, BUDGET);
    assertThat(size("REQUEST of keys", region.sign(keys))).isLessThanOrEqualTo(120);
    var wanted = new Request.Wanted(region.stream, new Interval(1_000_000, 1_000_500));
    Request some = new Request(List.of(wanted), Optional.empty(), false, false, BUDGET);
    assertThat(size("REQUEST of blocks", region.sign(some))).isLessThanOrEqualTo(150);
    List<Long> names = new SplittableRandom(1).longs(100).boxed().toList();
    var named =
        new Request.Named(new SketchKey(Region.hash(1).slice(0, SketchKey.SALT_BYTES)), names);
    Request entries = new Request(List.of(), Optional.of(named), false, false, BUDGET);
    assertThat(size("REQUEST of 100 entries", region.sign(entries))).isLessThanOrEqualTo(960);

    Region liar = new Region(2);
    Block a = liar.block(liar.chain, 3, liar.key, 0, "a");
    Block b = liar.block(liar.chain, 3, liar.key, 0, "b");
    ForkProof proof = ForkProof.of(a.signed(), b.signed()).orElseThrow();
    assertThat(
            size("PROOF", new SelfCertified.Proof(Region.CLASS_ID, liar.key.verifyKey(), 0, proof)))
        .isLessThanOrEqualTo(450);
  }
}
