package dev.holdfast.crdt.digest;

/**
 * The cells in which one item stands, in ascending order without end, cell 0 first: cell i with
 * probability 1 / (1 + i / 2), for each i by itself (Yang et al., Practical Rateless Set
 * Reconciliation, SIGCOMM 2024, section 4.2).
 *
 * <p>Doubles are exact here on every machine: IEEE 754 rounds division and square root correctly,
 * and the number drawn has 53 bits.
 */
final class Places {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;
  private long place;

  /** The cells of an item in one stream of cells. */
  Places(long item, int stream) {
    state = mix(item + GOLDEN * (stream + 1L));
  }

  /** The cell at hand. */
  long place() {
    return place;
  }

  /** Goes on to the next cell. */
  void next() {
    state += GOLDEN;
    double drawn = ((mix(state) >>> 11) + 1) * 0x1p-53;
    double gap = Math.ceil((place + 1.5) * (1 / Math.sqrt(drawn) - 1));
    place += Math.max(1, (long) gap);
  }

  /** 32 bits by which a cell shows that it holds one item alone. */
  static int check(long item) {
    return (int) (mix(item ^ 0x5851f42d4c957f2dL) >>> 32);
  }

  /** A bijection that leaves no pattern (the finalizer of SplitMix64). */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
