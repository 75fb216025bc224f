package dev.holdfast.gateway.replay;

/** Is told how far a run has come, now and then. */
@FunctionalInterface
public interface Progress {
  /** Nobody is told. */
  Progress NONE = (virtualNanos, events) -> {};

  /**
   * The run has come this far.
   *
   * @param virtualNanos virtual time since its start
   * @param events calls of nodes, links and sessions so far
   */
  void at(long virtualNanos, long events);
}
