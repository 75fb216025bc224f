package dev.holdfast.crdt.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.SyncSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two regions that know nothing of each other and have forgotten blocks. */
class HistoryTest {
  private static final long HOUR = 3_600_000;
  private static final long OWLT = HOUR / 3;
  private static final int LEAVES = 2_000;

  private static void write(SyncWorld world, int region, int from, int to, String value) {
    for (int i = from; i < to; i++) {
      Leaf leaf = new Leaf("org.acme:thing-" + i / 20, "attributes/a" + i % 20, Kind.REGISTER);
      Octets content = Octets.wrap((value + i).getBytes(StandardCharsets.UTF_8));
      world.region(region).edit(world.now, new Edit.Write(leaf, content));
    }
  }

  private static SyncWorld inStep(int coldDifferences) {
    SyncSettings usual = SyncSettings.DEFAULT;
    SyncWorld world =
        new SyncWorld(
            2,
            1,
            new SyncSettings(
                usual.messageBytes(),
                usual.budgetBytes(),
                coldDifferences,
                usual.partEntries(),
                usual.quietMillis(),
                usual.driftMillis(),
                usual.again(),
                usual.work()));
    write(world, 0, 0, LEAVES, "before");
    meet(world);
    assertTrue(world.isSame());
    return world;
  }

  private static void meet(SyncWorld world) {
    world.contact(0, 1, world.now + 1, 10 * HOUR, OWLT);
    world.runUntil(world.now + 20 * HOUR);
  }

  private static void forget(SyncWorld world, boolean blocks) {
    for (SimRegion region : world.regions) {
      if (blocks) {
        region.sync.seal();
        for (StreamId stream : region.replica.streams()) {
          region.replica.truncate(stream, Long.MAX_VALUE);
        }
        region.commit(List.of());
      }
      region.forgetPeers();
    }
  }

  /** Both write, each elsewhere, and meet as strangers who have no blocks of it any more. */
  private static SyncWorld strangers(int coldDifferences, int leaves) {
    SyncWorld world = inStep(coldDifferences);
    write(world, 0, 0, leaves / 2, "after");
    write(world, 1, leaves / 2, leaves, "after");
    forget(world, true);
    world.bytes.clear();
    world.messages.clear();
    meet(world);
    assertTrue(world.isSame());
    return world;
  }

  @Test
  void whatBlocksTellIsNotToldByTheComparisonToo() {
    SyncWorld world = inStep(1_000);
    forget(world, true);
    write(world, 0, 0, 50, "after");
    write(world, 1, 50, 100, "after");
    world.messages.clear();
    meet(world);
    assertTrue(world.isSame());
    assertEquals(2, world.messages.get(MessageKind.SKETCH));
    assertEquals(0, world.messages.getOrDefault(MessageKind.SNAPSHOT, 0));
    assertEquals(0, world.messages.getOrDefault(MessageKind.REQUEST, 0));
  }

  @Test
  void aSketchThatIsTooSmallIsOfNoUseWhereBlocksTellAll() {
    SyncWorld world = inStep(100);
    forget(world, true);
    write(world, 0, 0, 300, "after");
    write(world, 1, 300, 600, "after");
    world.messages.clear();
    meet(world);
    assertTrue(world.isSame());
    assertEquals(2, world.messages.get(MessageKind.SKETCH));
  }

  @Test
  void aSketchThatWasTooSmallGoesOnWhereItEnded() {
    long inOne = strangers(400, 200).bytes.get(MessageKind.SKETCH);
    SyncWorld inTwo = strangers(120, 200);
    assertEquals(4, inTwo.messages.get(MessageKind.SKETCH));
    long ofTwo = inTwo.bytes.get(MessageKind.SKETCH);
    // 804 cells and not 248 and 804, where 665 do at once.
    assertTrue(ofTwo < 1.4 * inOne, ofTwo + " bytes, " + inOne);
  }

  @Test
  void onlyOneSideHasForgotten() {
    SyncWorld world = inStep(120);
    write(world, 0, 0, 100, "after");
    write(world, 1, 100, 200, "after");
    for (int n = 0; n < 2; n++) {
      SimRegion region = world.region(n);
      region.sync.seal();
      if (n == 0) {
        for (StreamId stream : region.replica.streams()) {
          region.replica.truncate(stream, Long.MAX_VALUE);
        }
      }
      region.commit(List.of());
      region.forgetPeers();
    }
    meet(world);
    assertTrue(world.isSame());
  }
}
