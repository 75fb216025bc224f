package dev.holdfast.crdt;

import java.util.List;

/**
 * What is there, each part under the dot that wrote it; what is known beside it stands in {@link
 * Causal}. Immutable, with value equality and one order whatever the order of arrival.
 */
public abstract sealed class DotStore permits OrMap, Entries {
  DotStore() {}

  /** Which type this is. */
  public abstract Kind kind();

  /** Whether nothing is there: then a map does not hold it. */
  public abstract boolean isEmpty();

  /** All dots in here. */
  public abstract CausalContext dots();

  /** What is left of this, and what comes of {@code other}, which is of the same kind. */
  abstract DotStore join(Knowledge mine, DotStore other, Knowledge theirs);

  /**
   * What several stores of one kind hold together, no dot in two of them.
   *
   * @param kind not {@link Kind#MAP}
   */
  public static DotStore union(Kind kind, List<? extends DotStore> stores) {
    DotStore all = OrMap.bottom(kind);
    for (DotStore store : stores) {
      all = ((Entries<?>) all).plus(store);
    }
    return all;
  }

  /** Whether an observed remove may take this away; see {@link BoundedCounter}. */
  abstract boolean removable();
}
