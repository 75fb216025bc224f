package dev.holdfast.contacts.route;

/**
 * How much longer than planned a signal may travel (SABR §2.4.2): a fixed part and a part that
 * grows with the light time, since far nodes move while the signal is on its way.
 *
 * @param fixedMillis added to each light time, 0..86,400,000 ms
 * @param partsPerMillion of the light time added to it, 0..1,000,000
 */
public record OwltMargin(long fixedMillis, long partsPerMillion) {
  /** The plan's light times are taken as they are. */
  public static final OwltMargin NONE = new OwltMargin(0, 0);

  /** Checks the ranges. */
  public OwltMargin {
    if (fixedMillis < 0 || fixedMillis > 86_400_000L) {
      throw new IllegalArgumentException("fixed margin out of range: " + fixedMillis + " ms");
    }
    if (partsPerMillion < 0 || partsPerMillion > 1_000_000L) {
      throw new IllegalArgumentException("margin out of range: " + partsPerMillion + " ppm");
    }
  }

  /** How much is added to a light time, in milliseconds, rounded up. */
  public long millisFor(long owltMillis) {
    return Math.ceilDiv(lagNanos(owltMillis * 1_000_000L), 1_000_000L) - owltMillis;
  }

  /** Light time and margin together, in nanoseconds. */
  long lagNanos(long owltNanos) {
    return owltNanos + fixedMillis * 1_000_000L + owltNanos / 1_000_000L * partsPerMillion;
  }
}
