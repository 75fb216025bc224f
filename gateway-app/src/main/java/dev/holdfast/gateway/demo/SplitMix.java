package dev.holdfast.gateway.demo;

import dev.holdfast.gateway.clock.Entropy;

/** SplitMix64: the same numbers for the same seed. One thread. */
final class SplitMix implements Entropy {
  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  @Override
  public long nextLong() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 up to, not including, {@code bound}, which is positive. */
  long below(long bound) {
    return Math.floorMod(nextLong(), bound);
  }
}
