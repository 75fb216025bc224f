package dev.holdfast.gateway.bench;

import java.util.List;

/**
 * A payload length to measure with.
 *
 * @param name for people
 * @param bytes the length
 */
record BundleSize(String name, int bytes) {
  /** What a round may put into the store, in bytes: more would measure the disk's caches. */
  private static final long ROUND_BYTES = 256L << 20;

  private static final int LEAST = 64;

  /** Small, typical, large within a batch, large beside the log. */
  static final List<BundleSize> ALL =
      List.of(
          new BundleSize("100 B", 100),
          new BundleSize("1 KB", 1 << 10),
          new BundleSize("64 KB", 64 << 10),
          new BundleSize("1 MB", 1 << 20));

  /** How many bundles make a round of about {@code seconds} at that rate. */
  int perRound(double rate, int seconds) {
    double count = Math.min(rate * seconds, (double) ROUND_BYTES / bytes);
    return (int) Math.max(LEAST, count);
  }

  /** How many may wait for their acknowledgement at one time. */
  int window() {
    return (int) Math.max(16, Math.min(1000, (32L << 20) / bytes));
  }
}
