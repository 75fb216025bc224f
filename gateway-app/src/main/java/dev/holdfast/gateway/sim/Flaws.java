package dev.holdfast.gateway.sim;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.Moment;

/**
 * What a test makes wrong in how a node is run, to see that the rules find it. A node in a world
 * without a flaw is {@link #NONE}.
 */
public interface Flaws {
  /** None; a batch is in the store at once. */
  Flaws NONE = synced(0);

  /** None; a batch takes that long. */
  static Flaws synced(long nanos) {
    return () -> nanos;
  }

  /** How long a batch takes until it is in the store, in nanoseconds. */
  long syncNanos();

  /** The store as the node sees it. */
  default BundleStore over(BundleStore store) {
    return store;
  }

  /** The clock as the node sees it. */
  default Moment seen(Moment now) {
    return now;
  }
}
