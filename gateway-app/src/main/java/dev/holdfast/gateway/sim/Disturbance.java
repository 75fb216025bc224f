package dev.holdfast.gateway.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  private static final double NANOS_PER_SECOND = 1e9;

  /** What is wrong, for people. */
  public String words() {
    List<String> words = new ArrayList<>();
    if (blocks) {
      words.add("nothing gets through");
    }
    share(words, loss, "lost");
    share(words, duplication, "come twice");
    share(words, bitErrors, "come with a wrong bit");
    seconds(words, jitterNanos, "out of order by up to");
    seconds(words, extraNanos, "later by");
    if (rateFactor != 1) {
      words.add(String.format(Locale.ROOT, "rate x %.2f", rateFactor));
    }
    return words.isEmpty() ? "nothing is wrong" : String.join(", ", words);
  }

  private static void share(List<String> words, double share, String what) {
    if (share > 0) {
      words.add(String.format(Locale.ROOT, "%.1f %% %s", 100 * share, what));
    }
  }

  private static void seconds(List<String> words, long nanos, String what) {
    if (nanos > 0) {
      words.add(String.format(Locale.ROOT, "%s %.3f s", what, nanos / NANOS_PER_SECOND));
    }
  }

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
