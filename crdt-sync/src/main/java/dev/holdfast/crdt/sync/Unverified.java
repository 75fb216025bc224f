package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.replica.ClassId;

/** What somebody says that a region says. What it is can be seen once it is verified. */
public final class Unverified implements Received {
  private final Envelope envelope;
  private final Claim claim;
  private final Octets said;
  private final Octets signature;

  Unverified(Envelope envelope, Claim claim, Octets said, Octets signature) {
    this.envelope = envelope;
    this.claim = claim;
    this.said = said;
    this.signature = signature;
  }

  /** What came of verifying a message. */
  public sealed interface Verdict {}

  /**
   * The region says so.
   *
   * @param message what
   */
  public record Genuine(Signed message) implements Verdict {}

  /** Of a region that the key ring does not know. */
  public record UnknownRegion() implements Verdict {}

  /**
   * Signed with a key that the region must have told others of: ask for its keys.
   *
   * @param index the number that the message says
   */
  public record KeyMissing(int index) implements Verdict {}

  /**
   * Not what the region says: whoever sent it is to blame, or holds a key that is not used any
   * more.
   *
   * @param why for people
   */
  public record Refused(String why) implements Verdict {}

  /** Who is said to say it, and when. */
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public ClassId exportClass() {
    return envelope.exportClass();
  }

  @Override
  public MessageKind kind() {
    return claim.kind();
  }

  /**
   * Whether the region says so. Only its latest key counts, as far as we know: with an older one,
   * which may be stolen, it would speak of the present.
   */
  public Verdict verify(KeyRing ring) {
    if (!ring.exportClass().equals(exportClass())) {
      return new Refused("a message of class " + exportClass() + ", not " + ring.exportClass());
    }
    KeyRing.Current current = ring.current(envelope.region()).orElse(null);
    if (current == null) {
      return new UnknownRegion();
    }
    int index = envelope.keyIndex();
    if (index > current.index()) {
      return new KeyMissing(index);
    }
    if (index < current.index()) {
      return new Refused("signed with key " + index + ", which " + current.index() + " replaced");
    }
    return verify(current.key());
  }

  /** As it was read, for who does not go by it. */
  Signed unchecked() {
    return new Signed(envelope, claim, HashUse.MESSAGE.hash(said), signature);
  }

  private Verdict verify(VerifyKey key) {
    return key.verifies(HashUse.MESSAGE, said, signature)
        ? new Genuine(unchecked())
        : new Refused("the signature is not that of key " + envelope.keyIndex());
  }

  /** For people. */
  @Override
  public String toString() {
    return kind() + ", it is said of " + envelope.region() + " at " + envelope.clock();
  }
}
