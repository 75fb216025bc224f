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
      SyncChaos chaos = run(seed, false, 6);
      assertFalse(chaos.forks(), "seed " + seed);
      assertEquals(List.of(), List.copyOf(chaos.lost()), "seed " + seed);
    }
  }

  @Test
  void alsoWhereMachinesAreSetBackAndDoNotKnowIt() {
    int forks = 0;
    for (int seed = FIRST; seed < FIRST + SEEDS / 2; seed++) {
      forks += run(seed, true, 8).forks() ? 1 : 0;
    }
    assertTrue(SEEDS < 12 || forks > 0);
  }

  private static SyncChaos run(int seed, boolean lies, int passes) {
    SyncChaos chaos = new SyncChaos(seed, seed % 12 == 0 ? 40 : 6, lies);
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
