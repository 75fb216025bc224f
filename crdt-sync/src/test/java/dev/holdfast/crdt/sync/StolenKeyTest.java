package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.replica.ClassId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What messages of a thief of an old key are worth. */
final class StolenKeyTest {
  private final Region region = new Region(1);

  private KeyRing rotated(long from) {
    KeyRing first = Region.ring(region, new Region(2));
    KeyRing.Addition added = first.add(first.rotate(region.id, 0, from, region.key, region.key(1)));
    return ((KeyRing.Added) added).ring();
  }

  @Test
  void aThiefOfAnOldKeyProvesNoForkBeyondItsNumbers() {
    Block old = region.seal(500);
    Chain then = region.chain;
    KeyRing ring = rotated(501);
    Block genuine = region.seal(2, region.key(1), 1);
    Block forged = region.block(then, 2, region.key, 0, "thief");
    ForkProof proof = ForkProof.of(genuine.signed(), forged.signed()).orElseThrow();
    assertThat(message(proof).proven(ring)).isEmpty();

    Block within = region.block(Chain.of(region.stream), 3, region.key, 0, "thief");
    ForkProof past = ForkProof.of(old.signed(), within.signed()).orElseThrow();
    assertThat(message(past).proven(ring)).contains(past);
    assertThat(message(past, new Region(2)).proven(ring)).isEmpty();
    var elsewhere = new SelfCertified.Proof(ClassId.of("other"), region.key.verifyKey(), 0, past);
    assertThat(elsewhere.proven(ring)).isEmpty();
    assertThat(message(past).proven(KeyRing.of("other").with(region.key.verifyKey()))).isEmpty();
  }

  private SelfCertified.Proof message(ForkProof proof) {
    return message(proof, region);
  }

  private static SelfCertified.Proof message(ForkProof proof, Region of) {
    return new SelfCertified.Proof(Region.CLASS_ID, of.key.verifyKey(), 0, proof);
  }

  @Test
  void aThiefOfAnOldKeySendsNoMessages() {
    KeyRing ring = rotated(501);
    Claim claim = new Request(List.of(), Optional.empty(), false, true, 0);
    assertThat(verify(ring, 0, claim, region.key))
        .isEqualTo(new Unverified.Refused("signed with key 0, which 1 replaced"));
    assertThat(verify(ring, 1, claim, region.key)).isInstanceOf(Unverified.Refused.class);
    assertThat(verify(ring, 1, claim, region.key(1))).isInstanceOf(Unverified.Genuine.class);
    assertThat(verify(ring, 2, claim, region.key(1))).isEqualTo(new Unverified.KeyMissing(2));
  }

  private Unverified.Verdict verify(KeyRing ring, int index, Claim claim, SigningKey key) {
    Envelope now = region.envelope();
    Envelope envelope = new Envelope(now.exportClass(), now.region(), index, now.clock());
    Octets octets = SyncCodec.encode(Signed.sign(envelope, claim, key));
    return ((Unverified) SyncCodec.decode(octets, SyncLimits.DEFAULT).orElseThrow()).verify(ring);
  }
}
