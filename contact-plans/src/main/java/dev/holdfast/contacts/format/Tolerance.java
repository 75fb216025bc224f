package dev.holdfast.contacts.format;

/** What to do about contacts that contradict themselves or one another. */
public enum Tolerance {
  /** Each one is a problem and the plan is refused. */
  STRICT(false, false),
  /**
   * Each one is repaired and reported as a warning: a contact that does not end after its start is
   * left out; of two overlapping ones with the same rate and light time one contact is made, and of
   * others the later one is cut to what the earlier one leaves.
   */
  REPAIR(true, false),
  /**
   * As {@link #STRICT}, but of two overlapping ones both stay as they are, each with a volume of
   * its own, unless one begins later than the other and ends sooner: then that one is left out.
   * Either is a warning. For questions about routes only: see {@code ContactPlan.ofOverlapping}.
   */
  KEEP_OVERLAPS(false, true),
  /** As {@link #REPAIR}, and overlapping ones as under {@link #KEEP_OVERLAPS}. */
  REPAIR_KEEPING_OVERLAPS(true, true);

  private final boolean repairs;
  private final boolean keepsOverlaps;

  Tolerance(boolean repairs, boolean keepsOverlaps) {
    this.repairs = repairs;
    this.keepsOverlaps = keepsOverlaps;
  }

  /** Whether a contact that contradicts itself, or light times that do, are mended. */
  public boolean repairs() {
    return repairs;
  }

  /** Whether overlapping contacts stay as they are. */
  public boolean keepsOverlaps() {
    return keepsOverlaps;
  }
}
