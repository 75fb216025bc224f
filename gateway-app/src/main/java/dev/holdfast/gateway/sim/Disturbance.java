package dev.holdfast.gateway.sim;

/**
 * What goes wrong on one direction of a link for a while, on top of what it is like.
 *
 * @param blocks whether nothing gets through
 * @param loss how likely a bundle or segment is lost: 0..1
 * @param duplication how likely a bundle comes twice: 0..1
 * @param bitErrors how likely a bundle or segment comes with a wrong bit: 0..1
 * @param jitterNanos most that a bundle comes later than those behind it, in nanoseconds
 * @param extraNanos what is added to the light time, in nanoseconds
 * @param rateFactor what the rate is multiplied by, above 0
 */
public record Disturbance(
    boolean blocks,
    double loss,
    double duplication,
    double bitErrors,
    long jitterNanos,
    long extraNanos,
    double rateFactor) {
  private static final Disturbance NONE = new Disturbance(false, 0, 0, 0, 0, 0, 1);

  /** Nothing gets through. */
  public static Disturbance blocked() {
    return new Disturbance(true, 0, 0, 0, 0, 0, 1);
  }

  /** Some of it is lost. */
  public static Disturbance loss(double probability) {
    return new Disturbance(false, probability, 0, 0, 0, 0, 1);
  }

  /** Some of it comes twice. */
  public static Disturbance duplication(double probability) {
    return new Disturbance(false, 0, probability, 0, 0, 0, 1);
  }

  /** Some of it comes with a wrong bit. */
  public static Disturbance bitErrors(double probability) {
    return new Disturbance(false, 0, 0, probability, 0, 0, 1);
  }

  /** Some of it overtakes the rest. */
  public static Disturbance reordering(long nanos) {
    return new Disturbance(false, 0, 0, 0, nanos, 0, 1);
  }

  /** It takes longer. */
  public static Disturbance delay(long nanos) {
    return new Disturbance(false, 0, 0, 0, 0, nanos, 1);
  }

  /** It is slower or faster. */
  public static Disturbance rate(double factor) {
    return new Disturbance(false, 0, 0, 0, 0, 0, factor);
  }

  /** Nothing. */
  public static Disturbance none() {
    return NONE;
  }
}
