package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import java.nio.charset.StandardCharsets;

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

  /** Of the class with that name. */
  public static ClassId of(String exportClass) {
    Octets utf8 = Octets.wrap(exportClass.getBytes(StandardCharsets.UTF_8));
    return new ClassId(HashUse.CLASS.hash(utf8).slice(0, SIZE).compact());
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
