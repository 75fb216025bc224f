package dev.holdfast.crdt;

/**
 * Consecutive sequence numbers of one actor.
 *
 * @param first the lowest, 1 or more
 * @param last the highest, {@code first} or more
 */
public record Interval(long first, long last) {
  /** Checks the ranges. */
  public Interval {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException("no interval of sequence numbers: " + first + ".." + last);
    }
  }

  /** Whether it holds that number. */
  public boolean contains(long sequence) {
    return first <= sequence && sequence <= last;
  }

  @Override
  public String toString() {
    return first == last ? Long.toString(first) : first + "-" + last;
  }
}
