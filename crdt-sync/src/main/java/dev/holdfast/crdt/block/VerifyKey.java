package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A key that blocks are verified with: an Ed25519 public key (RFC 8032 §5.1.5) that is a point of
 * the prime-order group, so that no signature fits two messages.
 *
 * @param octets {@value #SIZE} bytes
 */
public record VerifyKey(Octets octets) {
  /** Length of a key in bytes. */
  public static final int SIZE = Ed25519.PUBLIC_KEY_SIZE;

  /** Checks that it is a key. */
  public VerifyKey {
    if (!isKey(octets)) {
      throw new IllegalArgumentException(octets + " is no Ed25519 public key");
    }
  }

  /** The key that these octets from outside are; empty if they are none. */
  public static Optional<VerifyKey> of(Octets octets) {
    return isKey(octets) ? Optional.of(new VerifyKey(octets)) : Optional.empty();
  }

  private static boolean isKey(Octets octets) {
    return octets.size() == SIZE && Ed25519.validatePublicKeyFull(octets.toByteArray(), 0);
  }

  /** Whether {@code signature} was made over the hash of {@code octets} for that use. */
  public boolean verifies(HashUse use, Octets octets, Octets signature) {
    return verifies(use.hash(octets), signature);
  }

  /** Whether {@code signature} was made over {@code message} with the key that belongs to this. */
  boolean verifies(Octets message, Octets signature) {
    return signature.size() == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(
            signature.toByteArray(),
            0,
            octets.toByteArray(),
            0,
            message.toByteArray(),
            0,
            message.size());
  }
}
