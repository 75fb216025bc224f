package dev.holdfast.crdt.digest;

import java.util.Collection;

/**
 * Tells whether a difference that was found is all of it, whichever cells it was found in: items
 * that stand in none of these are missed by peeling, and seen here. Two different sets have the
 * same in one of 2^64 sketches.
 *
 * @param count how many items a set has, 0 to 2^31 - 1
 * @param sum the exclusive or of their names
 */
public record SetSum(long count, long sum) {
  /** Checks the range. */
  public SetSum {
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no set has " + count + " items");
    }
  }

  /** Whether another set has these items more, and those less. */
  public boolean isFrom(SetSum other, Collection<Long> more, Collection<Long> less) {
    long all = other.sum;
    for (long name : more) {
      all ^= name;
    }
    for (long name : less) {
      all ^= name;
    }
    return all == sum && other.count + more.size() - less.size() == count;
  }
}
