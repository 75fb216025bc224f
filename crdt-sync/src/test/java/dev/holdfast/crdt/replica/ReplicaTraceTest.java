package dev.holdfast.crdt.replica;

import org.junit.jupiter.api.Test;

class ReplicaTraceTest {
  private static final int TRACES = Integer.getInteger("holdfast.replica.traces", 200);

  @Test
  void allHoldTheSameAtLast() {
    for (int seed = 1; seed <= TRACES; seed++) {
      try {
        new ReplicaTrace(seed).run();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed, failure);
      }
    }
  }
}
