package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * What the elements of a set are called within one sketch: 64 bits each, by SipHash-2-4 under the
 * sketch's salt.
 *
 * <p>The salt is chosen after the set is fixed, so that nobody can write elements whose names
 * collide. Two elements of a set of a million have the same name in one of some 37 million
 * sketches; the sets' hashes then tell that something is amiss.
 *
 * @param salt {@value #SALT_BYTES} bytes, fresh for every sketch
 */
public record SketchKey(Octets salt) {
  /** Length of a salt. */
  public static final int SALT_BYTES = 16;

  /** Checks the length. */
  public SketchKey {
    if (salt.size() != SALT_BYTES) {
      throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.size());
    }
  }

  /** Gives names one after the other. */
  public Names names() {
    return new Names(salt);
  }

  /** For one thread. */
  public static final class Names {
    private final SipHash hash = new SipHash();

    private Names(Octets salt) {
      hash.init(new KeyParameter(salt.toByteArray()));
    }

    /** The name of an element. */
    public long of(Octets element) {
      element.read(
          (bytes, at, size) -> {
            hash.update(bytes, at, size);
            return size;
          });
      return hash.doFinal();
    }
  }
}
