package dev.holdfast.crdt.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncChaosTest {
  private static final int SEEDS = Integer.getInteger("holdfast.sync.seeds", 12);
  private static final int FIRST = Integer.getInteger("holdfast.sync.first", 1);

  @Test
  void allAreEqualAtLast() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      SyncChaos chaos = run(chaos(seed, false), seed, 6);
      assertFalse(chaos.forks(), "seed " + seed);
      assertEquals(List.of(), List.copyOf(chaos.lost()), "seed " + seed);
    }
  }

  @Test
  void alsoWhereMachinesAreSetBackAndDoNotKnowIt() {
    int forks = 0;
    for (int seed = FIRST; seed < FIRST + SEEDS / 2; seed++) {
      forks += run(chaos(seed, true), seed, 8).forks() ? 1 : 0;
    }
    assertTrue(SEEDS < 12 || forks > 0);
  }

  @Test
  void alsoWhereKeysAreReplaced() {
    for (int seed = FIRST; seed < FIRST + SEEDS / 3; seed++) {
      SyncChaos chaos = run(new SyncChaos(seed, 6, false).rotating(), seed, 6);
      assertFalse(chaos.forks(), "seed " + seed);
      assertEquals(List.of(), List.copyOf(chaos.lost()), "seed " + seed);
      for (SimRegion each : chaos.world().regions) {
        for (SimRegion other : chaos.world().regions) {
          assertEquals(
              other.keys.size() - 1,
              each.sync.ring().current(other.id).orElseThrow().index(),
              "seed " + seed);
        }
      }
    }
  }

  private static SyncChaos chaos(int seed, boolean lies) {
    return new SyncChaos(seed, seed % 12 == 0 ? 40 : 6, lies);
  }

  private static SyncChaos run(SyncChaos chaos, int seed, int passes) {
    boolean same;
    try {
      same = chaos.run(passes);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("seed " + seed, failure);
    }
    assertTrue(same, () -> "seed " + seed + ": " + chaos.world().messages);
    return chaos;
  }
}
