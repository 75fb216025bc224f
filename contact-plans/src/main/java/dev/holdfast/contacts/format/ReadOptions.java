package dev.holdfast.contacts.format;

import dev.holdfast.contacts.PlanLimits;

/**
 * How to read a plan.
 *
 * @param epoch what relative times count from
 * @param tolerance what to do about contradictions
 * @param missingRange what an ION contact without a range means
 * @param limits what the plan may at most be
 */
public record ReadOptions(
    Epoch epoch, Tolerance tolerance, MissingRange missingRange, PlanLimits limits) {
  /** Strict, with no epoch, ION's meaning of ranges and the default limits. */
  public static final ReadOptions STRICT =
      new ReadOptions(Epoch.NONE, Tolerance.STRICT, MissingRange.UNUSABLE, PlanLimits.DEFAULT);

  /** The same with another epoch. */
  public ReadOptions withEpoch(Epoch newEpoch) {
    return new ReadOptions(newEpoch, tolerance, missingRange, limits);
  }

  /** The same with another tolerance. */
  public ReadOptions withTolerance(Tolerance newTolerance) {
    return new ReadOptions(epoch, newTolerance, missingRange, limits);
  }

  /** The same with another meaning of missing ranges. */
  public ReadOptions withMissingRange(MissingRange newMissingRange) {
    return new ReadOptions(epoch, tolerance, newMissingRange, limits);
  }
}
