package dev.holdfast.gateway.sim;

import java.util.random.RandomGenerator;

/**
 * What happens to bundles between two nodes, one way.
 *
 * @param lightMillis one-way light time in milliseconds
 * @param bytesPerSecond rate; 0 for no limit
 * @param loss how likely a bundle, or its confirmation, is lost: 0..1
 * @param duplication how likely a bundle comes twice: 0..1
 */
public record SimChannel(long lightMillis, long bytesPerSecond, double loss, double duplication) {
  /** No delay, no limit, no loss. */
  public static final SimChannel PERFECT = new SimChannel(0, 0, 0, 0);

  long travelNanos(long bytes) {
    long leaving = bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
    return leaving + lightMillis * 1_000_000L;
  }

  long leavingNanos(long bytes) {
    return bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
  }

  boolean loses(RandomGenerator random) {
    return loss > 0 && random.nextDouble() < loss;
  }

  boolean doubles(RandomGenerator random) {
    return duplication > 0 && random.nextDouble() < duplication;
  }
}
