package dev.holdfast.crdt.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SyncChaosTest {
  private static final int SEEDS = Integer.getInteger("holdfast.sync.seeds", 12);
  private static final int FIRST = Integer.getInteger("holdfast.sync.first", 1);

  @Test
  void allAreEqualAtLast() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      SyncChaos chaos = new SyncChaos(seed, seed % 12 == 0 ? 40 : 6);
      boolean same;
      try {
        same = chaos.run(4);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
      int failed = seed;
      assertTrue(same, () -> "seed " + failed + ": " + chaos.world().messages);
    }
  }
}
