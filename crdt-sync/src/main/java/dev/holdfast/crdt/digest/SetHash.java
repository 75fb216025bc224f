package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * A hash of a set that follows when elements come and go, in any order: the sum of the elements'
 * hashes, each a vector of 1,024 numbers of 16 bits (LtHash16; Lewi et al., Securing Update
 * Propagation with Homomorphic Hashing, 2019). Two sets with the same sum cannot be made, unlike
 * with sums of short hashes.
 *
 * <p>An element is a hash already, and the vector is the key stream of AES-256 in counter mode
 * under it, which the processor makes; what that rests on is said in docs/0003.
 *
 * <p>The caller sees to it that it is a set: an element is removed only if it is there, and added
 * only if it is not. Mutable; for one thread.
 */
public final class SetHash {
  private static final int LANES = 1024;

  /** Bytes of a vector. */
  private static final int STATE_BYTES = 2 * LANES;

  /** Bytes of an element: those of an AES-256 key. */
  private static final int ELEMENT_BYTES = 32;

  private static final byte[] ZEROS = new byte[STATE_BYTES];
  private static final IvParameterSpec FROM_ZERO = new IvParameterSpec(new byte[16]);
  private static final VarHandle LANE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final short[] lanes = new short[LANES];
  private final byte[] expanded = new byte[STATE_BYTES];
  private final Cipher aes;

  /** Of the empty set. */
  public SetHash() {
    try {
      aes = Cipher.getInstance("AES/CTR/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no AES", missing);
    }
  }

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

  /**
   * An element came.
   *
   * @param element a hash of what it is, {@value #ELEMENT_BYTES} bytes, that nobody can choose
   * @throws IllegalArgumentException if it is of another size
   */
  public void add(Octets element) {
    expand(element);
    for (int i = 0; i < LANES; i++) {
      lanes[i] += (short) LANE.get(expanded, 2 * i);
    }
  }

  /**
   * An element is gone.
   *
   * @param element as it came
   * @throws IllegalArgumentException if it is of another size
   */
  public void remove(Octets element) {
    expand(element);
    for (int i = 0; i < LANES; i++) {
      lanes[i] -= (short) LANE.get(expanded, 2 * i);
    }
  }

  private void expand(Octets element) {
    if (element.size() != ELEMENT_BYTES) {
      throw new IllegalArgumentException(
          "an element is a hash of " + ELEMENT_BYTES + " bytes, not " + element.size());
    }
    try {
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(element.toByteArray(), "AES"), FROM_ZERO);
      aes.doFinal(ZEROS, 0, STATE_BYTES, expanded, 0);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256 in counter mode", impossible);
    }
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
    var blake3 = new Blake3Digest(8 * StateRoot.BYTES);
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
