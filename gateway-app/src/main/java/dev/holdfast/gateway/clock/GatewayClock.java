package dev.holdfast.gateway.clock;

/** Port: where time comes from. System in a gateway, simulated in tests. Any thread. */
public interface GatewayClock {
  /** Both sides, read together. */
  Moment now();

  /**
   * Identity of the machine's boot: the monotonic side of two readings can be compared only within
   * one.
   */
  long bootId();
}
