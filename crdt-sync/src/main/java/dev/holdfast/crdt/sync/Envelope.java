package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ClassId;

/**
 * Who says something, and when.
 *
 * @param exportClass of which class
 * @param region who
 * @param keyIndex which of the region's keys signs, 0 to {@value Header#KEY_MAX}: the latest one
 * @param clock the region's clock: of two messages of a region and kind the later one counts
 */
public record Envelope(ClassId exportClass, RegionId region, int keyIndex, Hlc clock) {
  /** Checks the range. */
  public Envelope {
    if (keyIndex < 0 || keyIndex > Header.KEY_MAX) {
      throw new IllegalArgumentException("no key has the number " + keyIndex);
    }
  }
}
