package dev.holdfast.custody;

/**
 * The number under which a store keeps a bundle; given in order of arrival, never used twice.
 *
 * @param sequence 1 or more
 */
public record HeldKey(long sequence) implements Comparable<HeldKey> {
  @Override
  public int compareTo(HeldKey other) {
    return Long.compare(sequence, other.sequence);
  }
}
