package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * A hash of a set that follows when elements come and go, in any order: the sum of the elements'
 * hashes, each a vector of 1,024 numbers of 16 bits (LtHash16; Lewi et al., Securing Update
 * Propagation with Homomorphic Hashing, 2019). Two sets with the same sum cannot be made, unlike
 * with sums of short hashes.
 *
 * <p>The caller sees to it that it is a set: an element is removed only if it is there, and added
 * only if it is not. Mutable; for one thread.
 */
public final class SetHash {
  private static final int LANES = 1024;

  /** Bytes of a vector. */
  private static final int STATE_BYTES = 2 * LANES;

  private final short[] lanes = new short[LANES];
  private final byte[] expanded = new byte[STATE_BYTES];
  private final Blake3Digest blake3 = new Blake3Digest();

  /** Of the empty set. */
  public SetHash() {}

  /**
   * As {@link #state()} gave it.
   *
   * @throws IllegalArgumentException if it has not {@value #STATE_BYTES} bytes
   */
  public static SetHash of(Octets state) {
    if (state.size() != STATE_BYTES) {
      throw new IllegalArgumentException(
          "a set's hash is kept in " + STATE_BYTES + " bytes, not " + state.size());
    }
    SetHash hash = new SetHash();
    for (int i = 0; i < LANES; i++) {
      hash.lanes[i] = (short) ((state.unsigned(2 * i) << 8) | state.unsigned(2 * i + 1));
    }
    return hash;
  }

  /** An element came. */
  public void add(Octets element) {
    expand(element);
    for (int i = 0; i < LANES; i++) {
      lanes[i] += lane(i);
    }
  }

  /** An element is gone. */
  public void remove(Octets element) {
    expand(element);
    for (int i = 0; i < LANES; i++) {
      lanes[i] -= lane(i);
    }
  }

  private void expand(Octets element) {
    element.read(
        (bytes, at, size) -> {
          blake3.update(bytes, at, size);
          return size;
        });
    blake3.doFinal(expanded, 0, STATE_BYTES);
  }

  private short lane(int i) {
    return (short) ((expanded[2 * i] << 8) | (expanded[2 * i + 1] & 0xff));
  }

  /** What is to be kept of it, {@value #STATE_BYTES} bytes. */
  public Octets state() {
    byte[] bytes = new byte[STATE_BYTES];
    for (int i = 0; i < LANES; i++) {
      bytes[2 * i] = (byte) (lanes[i] >>> 8);
      bytes[2 * i + 1] = (byte) lanes[i];
    }
    return Octets.wrap(bytes);
  }

  /** What stands for the set: equal for equal sets, and for no others. */
  public StateRoot root() {
    byte[] digest = new byte[StateRoot.BYTES];
    Octets state = state();
    state.read(
        (bytes, at, size) -> {
          blake3.update(bytes, at, size);
          return size;
        });
    blake3.doFinal(digest, 0, StateRoot.BYTES);
    return new StateRoot(Octets.wrap(digest));
  }
}
