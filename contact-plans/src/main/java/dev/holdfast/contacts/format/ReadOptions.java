package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import java.util.Optional;

/**
 * How to read a plan.
 *
 * @param epoch what relative times count from
 * @param tolerance what to do about contradictions
 * @param missingRange what an ION contact without a range means
 * @param limits what the plan may at most be
 * @param sender whose view a plan is that does not say so, as those of µD3TN
 */
public record ReadOptions(
    Epoch epoch,
    Tolerance tolerance,
    MissingRange missingRange,
    PlanLimits limits,
    Optional<NodeNumber> sender) {
  /** Strict, with no epoch, ION's meaning of ranges and the default limits. */
  public static final ReadOptions STRICT =
      new ReadOptions(Epoch.NONE, Tolerance.STRICT, MissingRange.UNUSABLE, PlanLimits.DEFAULT);

  /** Nobody in particular looks at the plan. */
  public ReadOptions(
      Epoch epoch, Tolerance tolerance, MissingRange missingRange, PlanLimits limits) {
    this(epoch, tolerance, missingRange, limits, Optional.empty());
  }

  /** The same with a node whose view the plan is. */
  public ReadOptions withSender(NodeNumber newSender) {
    return new ReadOptions(epoch, tolerance, missingRange, limits, Optional.of(newSender));
  }

  /** The same with another epoch. */
  public ReadOptions withEpoch(Epoch newEpoch) {
    return new ReadOptions(newEpoch, tolerance, missingRange, limits, sender);
  }

  /** The same with another tolerance. */
  public ReadOptions withTolerance(Tolerance newTolerance) {
    return new ReadOptions(epoch, newTolerance, missingRange, limits, sender);
  }

  /** The same with another meaning of missing ranges. */
  public ReadOptions withMissingRange(MissingRange newMissingRange) {
    return new ReadOptions(epoch, tolerance, newMissingRange, limits, sender);
  }
}
