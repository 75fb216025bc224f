package dev.holdfast.bpv7;

import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.WireException;
import java.util.Arrays;

/**
 * The numbers of the blocks that security blocks are about: as much of RFC 9172 as reading a bundle
 * takes. One thread.
 */
public final class SecurityTargets {
  private long[] numbers = {};
  private int count;
  private boolean sorted = true;

  /** None yet. */
  public SecurityTargets() {}

  /** Takes in the targets of {@code block} if it is a security block of that type. */
  public void add(long type, CanonicalBlock block) {
    if (block.type() != type || !(block instanceof Unknown security)) {
      return;
    }
    // RFC 9172 §3.6: an abstract security block begins with the array of its targets.
    CborReader data = new CborReader(security.data());
    int before = count;
    try {
      int targets = data.array();
      if (targets > numbers.length - count) {
        numbers = Arrays.copyOf(numbers, Math.max(count + targets, 2 * numbers.length));
      }
      for (int i = 0; i < targets; i++) {
        numbers[count++] = data.unsigned();
      }
      sorted = false;
    } catch (WireException _) {
      count = before; // No security block that anyone can use; its flags decide about it.
    }
  }

  /** Whether a security block taken in is about the block of that number. */
  public boolean contains(long number) {
    if (!sorted) {
      Arrays.sort(numbers, 0, count);
      sorted = true;
    }
    return Arrays.binarySearch(numbers, 0, count, number) >= 0;
  }
}
