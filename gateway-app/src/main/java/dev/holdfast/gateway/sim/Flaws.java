package dev.holdfast.gateway.sim;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;

/**
 * How a node is run, and what a test makes wrong in that to see that the rules find it: everything
 * between the node and its world passes here. Nothing is wrong unless a test says so.
 */
@FunctionalInterface
public interface Flaws {
  /** None; a batch is in the store at once. */
  Flaws NONE = synced(0);

  /** None; a batch takes that long. */
  static Flaws synced(long nanos) {
    return () -> nanos;
  }

  /** How long a batch takes until it is in the store, in nanoseconds. */
  long syncNanos();

  /** Whether effects are carried out before the batch is in the store. */
  default boolean speaksFirst() {
    return false;
  }

  /** The store as the node sees it and as its changes are written. */
  default BundleStore over(BundleStore store) {
    return store;
  }

  /** The time as the node is told it. */
  default Moment seen(Moment now) {
    return now;
  }

  /** The clock by which ages are measured. */
  default GatewayClock clock(GatewayClock clock) {
    return clock;
  }

  /** What the node wants done. */
  default Effect said(Effect effect) {
    return effect;
  }

  /** What the node is told. */
  default NodeEvent heard(NodeEvent event) {
    return event;
  }
}
