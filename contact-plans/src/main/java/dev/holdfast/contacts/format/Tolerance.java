package dev.holdfast.contacts.format;

/** What to do about contacts that contradict themselves or one another. */
public enum Tolerance {
  /** Each one is a problem and the plan is refused. */
  STRICT,
  /**
   * Each one is repaired and reported as a warning: a contact that does not end after its start is
   * left out; of two overlapping ones with the same rate and light time one contact is made, and of
   * others the later one is cut to what the earlier one leaves.
   */
  REPAIR,
  /**
   * As {@link #REPAIR}, but of two overlapping ones both stay as they are, each with a volume of
   * its own, unless one begins later than the other and ends sooner. For questions about routes
   * only: see {@code ContactPlan.ofOverlapping}.
   */
  KEEP_OVERLAPS
}
