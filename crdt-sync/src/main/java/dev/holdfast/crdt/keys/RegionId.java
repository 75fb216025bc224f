package dev.holdfast.crdt.keys;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.VerifyKey;

/**
 * The name of a region: it follows from the region's first key, whatever keys come later.
 *
 * @param name {@value #SIZE} bytes
 */
public record RegionId(Octets name) implements Comparable<RegionId> {
  /** Length of the name in bytes. */
  public static final int SIZE = 16;

  /** Checks the length. */
  public RegionId {
    if (name.size() != SIZE) {
      throw new IllegalArgumentException("a region has " + SIZE + " bytes, not " + name.size());
    }
  }

  /** Of the region that began with that key. */
  public static RegionId of(VerifyKey firstKey) {
    return new RegionId(HashUse.REGION.hash(firstKey.octets()).slice(0, SIZE).compact());
  }

  /** By name. */
  @Override
  public int compareTo(RegionId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name.hex();
  }
}
