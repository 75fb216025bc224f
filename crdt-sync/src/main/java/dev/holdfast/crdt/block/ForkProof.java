package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Two headers of a stream of which its writer cannot have signed both, had it kept one history:
 * they cover the same number, or the one begins where the other ends and follows on something else.
 * Anybody can check it; nothing else that is said of a writer need be believed.
 *
 * @param one the one with the lower id
 * @param other the other
 */
public record ForkProof(SignedHeader one, SignedHeader other) {
  /** Checks that the two contradict each other, and their order; not their signatures. */
  public ForkProof {
    if (!contradict(one.header(), other.header())
        || one.header().id().compareTo(other.header().id()) >= 0) {
      throw new IllegalArgumentException("no fork: " + one.header() + " and " + other.header());
    }
  }

  /** The proof that two headers make, in either order; empty if both can be true. */
  public static Optional<ForkProof> of(SignedHeader a, SignedHeader b) {
    if (!contradict(a.header(), b.header())) {
      return Optional.empty();
    }
    boolean inOrder = a.header().id().compareTo(b.header().id()) < 0;
    return Optional.of(inOrder ? new ForkProof(a, b) : new ForkProof(b, a));
  }

  private static boolean contradict(Header a, Header b) {
    if (!a.stream().equals(b.stream()) || a.equals(b)) {
      return false;
    }
    boolean apart =
        a.covers().last() < b.covers().first() || b.covers().last() < a.covers().first();
    return !apart || doesNotFollow(a, b) || doesNotFollow(b, a);
  }

  private static boolean doesNotFollow(Header before, Header after) {
    return after.covers().first() == before.covers().last() + 1
        && !after.previous().equals(before.id());
  }

  /** The stream that was forked. */
  public StreamId stream() {
    return one.header().stream();
  }

  /**
   * Whether the writer did sign both.
   *
   * @param keys the writer's keys by index
   */
  public boolean holds(IntFunction<Optional<VerifyKey>> keys) {
    return holds(one, keys) && holds(other, keys);
  }

  private static boolean holds(SignedHeader signed, IntFunction<Optional<VerifyKey>> keys) {
    return keys.apply(signed.header().key()).filter(signed::verifies).isPresent();
  }

  /** Its octets. */
  public Octets encode() {
    return new CborWriter(4 * Header.EXPECTED_BYTES)
        .array(2)
        .item(one.encode())
        .item(other.encode())
        .end()
        .finish();
  }

  /** The proof that these octets from outside are; the signatures are not checked. */
  public static Parsed<ForkProof> decode(Octets octets) {
    try {
      CborReader from = new CborReader(octets).in("crdt-sync/docs/0002, proof");
      from.array(2);
      from.array(2);
      SignedHeader one = SignedHeader.read(from);
      from.array(2);
      SignedHeader other = SignedHeader.read(from);
      from.expectEnd();
      Optional<ForkProof> proof = of(one, other).filter(it -> it.one().equals(one));
      return proof.isPresent()
          ? new Parsed.Good<>(proof.get())
          : new Parsed.Bad<>(0, "crdt-sync/docs/0002, proof", "these do not prove a fork");
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }
}
