package dev.holdfast.gateway.replay.live;

/** Is told how far a replay in real time has come, a few times a second. */
@FunctionalInterface
public interface LiveProgress {
  /**
   * The replay has come this far.
   *
   * @param nanos time of the capture that has passed
   * @param ofNanos of how much
   * @param taken bundles that the gateway has taken
   * @param got bundles that the neighbours have got
   */
  void at(long nanos, long ofNanos, long taken, long got);
}
