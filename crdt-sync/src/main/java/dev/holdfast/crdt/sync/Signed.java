package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.replica.ClassId;

/**
 * What a region says, with its signature: made by signing or by {@link Unverified#verify} alone, so
 * that whoever holds one may go by it.
 */
public final class Signed implements SyncMessage {
  private final Envelope envelope;
  private final Claim claim;
  private final Octets id;
  private final Octets signature;

  Signed(Envelope envelope, Claim claim, Octets id, Octets signature) {
    this.envelope = envelope;
    this.claim = claim;
    this.id = id;
    this.signature = signature;
  }

  /**
   * Signs.
   *
   * @param envelope who says it; the region and key that {@code key} is
   * @param claim what is said
   * @param key the region's latest key
   */
  public static Signed sign(Envelope envelope, Claim claim, SigningKey key) {
    Octets said = SyncCodec.said(envelope, claim);
    Octets signature = key.sign(HashUse.MESSAGE, said);
    return new Signed(envelope, claim, HashUse.MESSAGE.hash(said), signature);
  }

  /** Who says it, and when. */
  public Envelope envelope() {
    return envelope;
  }

  /** What is said. */
  public Claim claim() {
    return claim;
  }

  /** The message's name: the hash of all but the signature, {@value HashUse#SIZE} bytes. */
  public Octets id() {
    return id;
  }

  Octets signature() {
    return signature;
  }

  @Override
  public ClassId exportClass() {
    return envelope.exportClass();
  }

  @Override
  public MessageKind kind() {
    return claim.kind();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signed that && id.equals(that.id) && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** For people. */
  @Override
  public String toString() {
    return kind() + " of " + envelope.region() + " at " + envelope.clock();
  }
}
