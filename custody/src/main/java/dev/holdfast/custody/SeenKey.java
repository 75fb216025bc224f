package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;

/**
 * Names one {@link SeenWindow}: {@value #WIDTH} consecutive sequence numbers of one source and
 * creation time.
 *
 * @param source source endpoint
 * @param time creation time
 * @param window sequence number divided by {@value #WIDTH}, unsigned
 */
public record SeenKey(Eid source, DtnTime time, long window) implements Comparable<SeenKey> {
  /** Sequence numbers in a window. */
  public static final int WIDTH = 256;

  private static final int SHIFT = 8;

  /** The window that a bundle falls into. */
  static SeenKey of(BundleId id) {
    return new SeenKey(id.source(), id.created().time(), id.created().sequence() >>> SHIFT);
  }

  /** Where in its window a bundle falls, 0..255. */
  static int offsetOf(BundleId id) {
    return (int) (id.created().sequence() & (WIDTH - 1));
  }

  @Override
  public int compareTo(SeenKey other) {
    int byTime = time.compareTo(other.time);
    if (byTime != 0) {
      return byTime;
    }
    int byWindow = Long.compareUnsigned(window, other.window);
    return byWindow != 0 ? byWindow : EidOrder.BY_EID.compare(source, other.source);
  }
}
