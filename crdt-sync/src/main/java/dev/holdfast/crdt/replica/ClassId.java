package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Names an export class on the wire and in the store.
 *
 * @param name {@value #SIZE} bytes
 */
public record ClassId(Octets name) implements Comparable<ClassId> {
  /** Length of the name in bytes. */
  public static final int SIZE = 8;

  /** Checks the length. */
  public ClassId {
    if (name.size() != SIZE) {
      throw new IllegalArgumentException("a class has " + SIZE + " bytes, not " + name.size());
    }
  }

  /** By name. */
  @Override
  public int compareTo(ClassId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name.hex();
  }
}
