package dev.holdfast.bpv7;

import org.jspecify.annotations.Nullable;

/**
 * When and as which of several a source made a bundle (RFC 9171 §4.2.7).
 *
 * @param time creation time; {@link DtnTime#UNKNOWN} from a source without an accurate clock
 * @param sequence sequence number, unsigned; tells apart bundles of one source and time
 */
public record CreationTimestamp(DtnTime time, long sequence)
    implements Comparable<CreationTimestamp> {
  @Override
  public int compareTo(CreationTimestamp other) {
    int byTime = time.compareTo(other.time);
    return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
  }

  /** Spelled out, since every bundle is looked up several times. */
  @Override
  public int hashCode() {
    return 31 * Long.hashCode(time.millis()) + Long.hashCode(sequence);
  }

  /** Spelled out for the same reason. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreationTimestamp that
        && sequence == that.sequence
        && time.millis() == that.time.millis();
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(time.millis()) + "-" + Long.toUnsignedString(sequence);
  }
}
