package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.sync.KeyRing.Added;
import dev.holdfast.crdt.sync.KeyRing.Contradiction;
import dev.holdfast.crdt.sync.KeyRing.Duplicate;
import dev.holdfast.crdt.sync.KeyRing.KeyMissing;
import dev.holdfast.crdt.sync.KeyRing.Known;
import dev.holdfast.crdt.sync.KeyRing.Missing;
import dev.holdfast.crdt.sync.KeyRing.Refused;
import dev.holdfast.crdt.sync.KeyRing.UnknownStream;
import dev.holdfast.crdt.sync.KeyRing.WrongKey;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which key signs what, and that who steals an old one gains nothing that is new. */
final class KeyRingTest {
  private final Region region = new Region(1);
  private final KeyRing first = Region.ring(region, new Region(2));

  private static KeyRing add(KeyRing ring, KeyStatement statement) {
    return ((Added) ring.add(statement)).ring();
  }

  private KeyRing rotated(long from) {
    return add(first, first.rotate(region.id, from, region.key, region.key(1)));
  }

  private static Header header(Block block) {
    return block.header();
  }

  @Test
  void aRegionThatIsConfiguredSignsWithItsFirstKey() {
    Block block = region.seal(3);
    assertThat(first.signer(header(block)))
        .isEqualTo(
            new Known(
                region.key.verifyKey(),
                new KeyRing.Writer(region.id, region.key.verifyKey(), 0, Region.CLASS)));
    assertThat(first.verifies(block.signed())).isTrue();
    assertThat(first.writer(region.stream)).isPresent();
    assertThat(first.with(region.key.verifyKey())).isSameAs(first);
    assertThat(first.regions()).hasSize(2).contains(region.id);
    Region stranger = new Region(3);
    assertThat(first.signer(header(stranger.seal(1)))).isEqualTo(new UnknownStream());
    assertThat(first.current(stranger.id)).isEmpty();
    assertThat(first.statements(stranger.id)).isEmpty();
  }

  @Test
  void fromANumberOnAnotherKeySigns() {
    Block old = region.seal(500);
    KeyRing ring = rotated(501);
    Block next = region.seal(3, region.key(1), 1);

    assertThat(ring.verifies(old.signed())).isTrue();
    assertThat(ring.verifies(next.signed())).isTrue();
    assertThat(first.signer(header(next))).isEqualTo(new KeyMissing(1));
    assertThat(ring.current(region.id).orElseThrow())
        .isEqualTo(new KeyRing.Current(1, region.key(1).verifyKey(), 0, region.stream));
    KeyRing third = add(ring, ring.rotate(region.id, 504, region.key(1), region.key(2)));
    assertThat(third.verifies(old.signed())).isTrue();
    assertThat(third.verifies(next.signed())).isTrue();
    assertThat(third.verifies(region.seal(1, region.key(2), 2).signed())).isTrue();
  }

  @Test
  void aBlockOverTheBoundaryIsRefusedWhicheverKeySigns() {
    region.seal(490);
    KeyRing ring = rotated(501);
    for (int key = 0; key <= 1; key++) {
      Block block = region.empty(region.chain, 501, region.key(key), key);
      assertThat(ring.signer(header(block))).isInstanceOf(WrongKey.class);
      assertThat(ring.verifies(block.signed())).isFalse();
    }
    Block upTo = region.empty(region.chain, 500, region.key, 0);
    assertThat(ring.verifies(upTo.signed())).isTrue();
    assertThat(ring.signer(header(region.empty(region.after(upTo), 501, region.key(1), 1))))
        .isInstanceOf(Known.class);
  }

  @Test
  void aThiefOfAnOldKeyWritesNothingNew() {
    region.seal(500);
    KeyRing ring = rotated(501);
    Block forged = region.block(region.chain, 2, region.key, 0, "thief");
    assertThat(ring.signer(header(forged))).isInstanceOf(WrongKey.class);
    Block pretended = region.block(region.chain, 2, region.key, 1, "thief");
    assertThat(ring.signer(header(pretended))).isInstanceOf(Known.class);
    assertThat(ring.verifies(pretended.signed())).isFalse();
    Block future = region.block(region.chain, 2, region.key, 2, "thief");
    assertThat(ring.signer(header(future))).isEqualTo(new KeyMissing(2));
  }

  @Test
  void aThiefOfAnOldKeyProvesNoForkBeyondItsNumbers() {
    Block old = region.seal(500);
    Chain then = region.chain;
    KeyRing ring = rotated(501);
    Block genuine = region.seal(2, region.key(1), 1);
    Block forged = region.block(then, 2, region.key, 0, "thief");
    ForkProof proof = ForkProof.of(genuine.signed(), forged.signed()).orElseThrow();
    assertThat(ring.proven(message(proof))).isEmpty();

    Block within = region.block(Chain.of(region.stream), 3, region.key, 0, "thief");
    ForkProof past = ForkProof.of(old.signed(), within.signed()).orElseThrow();
    assertThat(ring.proven(message(past))).contains(past);
    assertThat(ring.proven(message(past, new Region(2)))).isEmpty();
    var elsewhere = new SelfCertified.Proof(ClassId.of("other"), region.key.verifyKey(), 0, past);
    assertThat(ring.proven(elsewhere)).isEmpty();
    assertThat(KeyRing.of("other").with(region.key.verifyKey()).proven(message(past))).isEmpty();
  }

  private SelfCertified.Proof message(ForkProof proof) {
    return message(proof, region);
  }

  private static SelfCertified.Proof message(ForkProof proof, Region of) {
    return new SelfCertified.Proof(Region.CLASS_ID, of.key.verifyKey(), 0, proof);
  }

  @Test
  void aThiefOfAnOldKeySaysNothingOfKeys() {
    KeyRing ring = rotated(501);
    SigningKey thief = new Region(66).key;
    KeyStatement contradicts = first.rotate(region.id, 400, region.key, thief);
    assertThat(ring.add(contradicts))
        .isEqualTo(new Contradiction(ring.statements(region.id).getFirst(), contradicts));
    KeyRing fooled = add(first, contradicts);
    KeyStatement genuine = ring.statements(region.id).getFirst();
    assertThat(fooled.add(genuine)).isInstanceOf(Contradiction.class);

    KeyStatement.Terms terms =
        new KeyStatement.Terms(
            Region.CLASS_ID, region.key.verifyKey(), 2, 0, 2, 900, thief.verifyKey());
    assertThat(ring.add(KeyStatement.sign(terms, region.key, Optional.of(thief))))
        .isInstanceOf(Refused.class);
    KeyStatement anew = first.begin(region.id, 1, region.key, Optional.empty());
    assertThat(ring.add(anew)).isInstanceOf(Contradiction.class);
    assertThat(ring.add(new KeyStatement(anew.terms(), Region.hash64(1), Octets.EMPTY)))
        .isInstanceOf(Refused.class);
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

  @Test
  void bothKeysSign() {
    KeyStatement statement = first.rotate(region.id, 5, region.key, region.key(1));
    KeyStatement.Terms terms = statement.terms();
    List<KeyStatement> wrong =
        List.of(
            new KeyStatement(terms, statement.signatureNew(), statement.signatureNew()),
            new KeyStatement(terms, statement.signatureBefore(), statement.signatureBefore()),
            new KeyStatement(terms, statement.signatureBefore(), Octets.EMPTY),
            KeyStatement.sign(terms, new Region(3).key, Optional.of(region.key(1))));
    for (KeyStatement each : wrong) {
      assertThat(first.add(each)).isInstanceOf(Refused.class);
    }
    var other =
        new KeyStatement.Terms(ClassId.of("other"), terms.firstKey(), 1, 0, 1, 5, terms.key());
    KeyStatement elsewhere =
        new KeyStatement(other, statement.signatureBefore(), statement.signatureNew());
    assertThat(first.add(elsewhere)).isInstanceOf(Refused.class);
    assertThat(KeyRing.of("other").with(region.key.verifyKey()).add(elsewhere))
        .isInstanceOf(Refused.class);
  }

  @Test
  void thereIsOneFormAndOneClass() {
    KeyStatement anew = first.begin(region.id, 1, region.key, Optional.empty());
    assertThat(first.add(new KeyStatement(anew.terms(), anew.signatureBefore(), Octets.EMPTY)))
        .isInstanceOf(Added.class);
    var twice = new KeyStatement(anew.terms(), anew.signatureBefore(), anew.signatureBefore());
    assertThat(first.add(twice)).isInstanceOf(Refused.class);
    KeyRing other = KeyRing.of("other").with(region.key.verifyKey());
    KeyStatement elsewhere = other.rotate(region.id, 5, region.key, region.key(1));
    assertThat(other.add(elsewhere)).isInstanceOf(Added.class);
    assertThat(first.add(elsewhere)).isInstanceOf(Refused.class);
  }

  @Test
  void statementsComeInAnyOrderAndAgain() {
    KeyRing second = rotated(501);
    KeyRing third = add(second, second.rotate(region.id, 700, region.key(1), region.key(2)));
    List<KeyStatement> said = third.statements();
    assertThat(first.add(said.get(1))).isEqualTo(new Missing(1));
    assertThat(add(add(first, said.get(0)), said.get(1))).isEqualTo(third);
    for (KeyStatement each : said) {
      assertThat(third.add(each)).isEqualTo(new Duplicate());
    }
    assertThat(Region.ring(new Region(3)).add(said.getFirst())).isInstanceOf(Refused.class);
  }

  @Test
  void aNewIncarnationIsANewStream() {
    region.seal(10);
    KeyRing ring = add(first, first.begin(region.id, 7, region.key, Optional.empty()));
    StreamId stream = StreamId.of(region.key.verifyKey(), 7, Region.CLASS);
    assertThat(ring.writer(stream).orElseThrow().incarnation()).isEqualTo(7);
    assertThat(ring.writer(region.stream)).isPresent();
    assertThat(ring.current(region.id).orElseThrow().stream()).isEqualTo(stream);
    assertThat(ring.streams()).hasSize(3);
    region.begin(7);
    assertThat(ring.verifies(region.seal(2).signed())).isTrue();

    KeyRing both = add(first, first.begin(region.id, 7, region.key, Optional.of(region.key(1))));
    region.begin(7);
    assertThat(both.signer(header(region.seal(2)))).isInstanceOf(WrongKey.class);
    region.begin(7);
    assertThat(both.verifies(region.seal(2, region.key(1), 1).signed())).isTrue();
  }

  @Test
  void anOldStreamIsEndedAgainstThievesOfItsKey() {
    region.seal(10);
    Chain old = region.chain;
    KeyRing ring = add(first, first.begin(region.id, 1, region.key, Optional.of(region.key(1))));
    Block forged = region.block(old, 2, region.key, 0, "thief");
    assertThat(ring.verifies(forged.signed())).isTrue();
    KeyRing ended = add(ring, ring.end(region.id, 0, 11, region.key(1)));
    assertThat(ended.signer(header(forged))).isInstanceOf(WrongKey.class);
    assertThat(ended.verifies(old.head().orElseThrow())).isTrue();
    assertThat(ended.current(region.id)).isEqualTo(ring.current(region.id));
    refused(() -> ended.end(region.id, 0, 12, region.key(1)));
    refused(() -> ended.end(region.id, 1, 12, region.key(1)));
    refused(() -> ring.end(region.id, 3, 12, region.key(1)));
    KeyRing later = add(ended, ended.rotate(region.id, 40, region.key(1), region.key(2)));
    assertThat(later.current(region.id).orElseThrow().incarnation()).isEqualTo(1);
  }

  @Test
  void whatCannotFollowIsRefused() {
    KeyRing ring = rotated(501);
    SigningKey now = region.key(1);
    refused(() -> ring.rotate(region.id, 500, now, region.key(2)));
    refused(() -> ring.rotate(region.id, 600, region.key, region.key(2)));
    refused(() -> ring.rotate(region.id, 600, now, region.key));
    refused(() -> ring.rotate(region.id, 600, now, now));
    refused(() -> ring.begin(region.id, 0, now, Optional.empty()));
    refused(() -> ring.begin(new Region(5).id, 1, now, Optional.empty()));
    KeyStatement.Terms late =
        new KeyStatement.Terms(
            Region.CLASS_ID, region.key.verifyKey(), 2, 4, 1, 2, now.verifyKey());
    assertThat(ring.add(KeyStatement.sign(late, now, Optional.empty())))
        .isInstanceOf(Refused.class);
    KeyRing later = add(ring, ring.begin(region.id, 7, now, Optional.empty()));
    refused(() -> later.end(region.id, 3, 12, now));
    refused(() -> later.begin(region.id, 7, now, Optional.empty()));
    for (long incarnation : new long[] {0, 3}) { // a new key is for the stream that is written
      KeyStatement.Terms behind =
          new KeyStatement.Terms(
              Region.CLASS_ID,
              region.key.verifyKey(),
              3,
              incarnation,
              2,
              900,
              region.key(2).verifyKey());
      KeyStatement statement = KeyStatement.sign(behind, now, Optional.of(region.key(2)));
      assertThat(later.add(statement)).isInstanceOf(Refused.class);
    }
    KeyRing unwritten = add(first, first.rotate(region.id, 1, region.key, now));
    assertThat(unwritten.verifies(region.seal(1, now, 1).signed())).isTrue();
  }

  private static void refused(ThrowingCallable say) {
    assertThatThrownBy(say).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isKept() {
    KeyRing ring = rotated(501);
    KeyRing more = add(ring, ring.begin(region.id, 9, region.key(1), Optional.of(region.key(2))));
    for (KeyRing each : List.of(KeyRing.of("ü"), first, ring, more)) {
      Octets octets = each.encode();
      KeyRing read = KeyRing.decode(octets).orElseThrow();
      assertThat(read).isEqualTo(each).hasSameHashCodeAs(each);
      assertThat(read.streams()).isEqualTo(each.streams());
      for (int size = 0; size < octets.size(); size++) {
        assertThat(KeyRing.decode(octets.slice(0, size))).isInstanceOf(Parsed.Bad.class);
      }
    }
  }
}
