package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A key that blocks are signed with: an Ed25519 private key (RFC 8032 §5.1.5). Any thread. */
public final class SigningKey {
  /** Length of a key in bytes. */
  public static final int SIZE = Ed25519.SECRET_KEY_SIZE;

  private final byte[] secret;
  private final VerifyKey verifyKey;

  /**
   * The key with that secret.
   *
   * @param secret {@value #SIZE} bytes that nobody can guess
   */
  public SigningKey(Octets secret) {
    if (secret.size() != SIZE) {
      throw new IllegalArgumentException("a key has " + SIZE + " bytes, not " + secret.size());
    }
    this.secret = secret.toByteArray();
    byte[] open = new byte[VerifyKey.SIZE];
    Ed25519.generatePublicKey(this.secret, 0, open, 0);
    this.verifyKey = new VerifyKey(Octets.wrap(open));
  }

  /** What its signatures are verified with. */
  public VerifyKey verifyKey() {
    return verifyKey;
  }

  /** The signature over the hash of {@code octets} for that use. */
  public Octets sign(HashUse use, Octets octets) {
    return sign(use.hash(octets));
  }

  /** The signature over {@code message}: always the same one (RFC 8032 §5.1.6). */
  Octets sign(Octets message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(
        secret,
        0,
        verifyKey.octets().toByteArray(),
        0,
        message.toByteArray(),
        0,
        message.size(),
        signature,
        0);
    return Octets.wrap(signature);
  }

  /** Another secret that follows from this one and tells nothing of it, {@value #SIZE} bytes. */
  public Octets derived() {
    return Blake3.keyed(Octets.wrap(secret)).use("holdfast secret 1").end();
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "the secret of " + verifyKey.octets().hex();
  }
}
