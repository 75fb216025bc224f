package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Stands for all of a state: two replicas with the same root hold the same.
 *
 * @param digest {@value #BYTES} bytes
 */
public record StateRoot(Octets digest) {
  /** Length of a root. */
  public static final int BYTES = 32;

  /** Checks the length. */
  public StateRoot {
    if (digest.size() != BYTES) {
      throw new IllegalArgumentException("a root has " + BYTES + " bytes, not " + digest.size());
    }
  }

  @Override
  public String toString() {
    return digest.hex();
  }
}
