package dev.holdfast.crdt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyRing.Added;
import dev.holdfast.crdt.keys.KeyRing.Contradiction;
import dev.holdfast.crdt.keys.KeyRing.Duplicate;
import dev.holdfast.crdt.keys.KeyRing.KeyMissing;
import dev.holdfast.crdt.keys.KeyRing.Known;
import dev.holdfast.crdt.keys.KeyRing.Missing;
import dev.holdfast.crdt.keys.KeyRing.Refused;
import dev.holdfast.crdt.keys.KeyRing.UnknownStream;
import dev.holdfast.crdt.keys.KeyRing.WrongKey;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.sync.Region;
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
    return add(first, first.rotate(region.id, 0, from, region.key, region.key(1)));
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
        .isEqualTo(new KeyRing.Current(1, region.key(1).verifyKey()));
    KeyRing third = add(ring, ring.rotate(region.id, 0, 504, region.key(1), region.key(2)));
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
  void aThiefOfAnOldKeySaysNothingOfKeys() {
    KeyRing ring = rotated(501);
    SigningKey thief = new Region(66).key;
    KeyChange contradicts = first.rotate(region.id, 0, 400, region.key, thief);
    KeyChange genuine = (KeyChange) ring.statements(region.id).getFirst();
    assertThat(ring.add(contradicts)).isEqualTo(new Contradiction(genuine, contradicts));
    KeyRing fooled = add(first, contradicts);
    assertThat(fooled.add(genuine)).isInstanceOf(Contradiction.class);

    KeyChange.Terms terms =
        new KeyChange.Terms(
            Region.CLASS_ID, region.key.verifyKey(), 2, 0, 0, 2, 900, thief.verifyKey());
    assertThat(ring.add(KeyChange.sign(terms, region.key, Optional.of(thief))))
        .isInstanceOf(Refused.class);
    assertThat(
            ring.add(
                new KeyChange(contradicts.terms(), Region.hash64(1), contradicts.signatureNew())))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aThiefOfAnOldKeyBeginsNothingWhateverComesFirst() {
    KeyChange rotation = first.rotate(region.id, 0, 501, region.key, region.key(1));
    Beginning stolen = first.begin(region.id, 77, region.key);
    KeyRing before = add(first, stolen);
    region.begin(77);
    Block forged = region.seal(2);
    assertThat(before.verifies(forged.signed())).isTrue();

    KeyRing after = add(before, rotation);
    assertThat(after).isEqualTo(add(first, rotation));
    assertThat(after.add(stolen)).isInstanceOf(Refused.class);
    assertThat(after.signer(header(forged))).isEqualTo(new UnknownStream());
    assertThat(after.writer(region.stream)).isEmpty();
    Beginning pretended =
        Beginning.sign(Region.CLASS_ID, region.key.verifyKey(), 77, 1, region.key);
    assertThat(after.add(pretended)).isInstanceOf(Refused.class);
    assertThat(first.add(pretended)).isEqualTo(new Missing(1));
    refused(() -> after.begin(region.id, 78, region.key));
  }

  /** Nor may he say of a stream that the region did begin that another old key began it. */
  @Test
  void whoBeganAStreamIsSaidByTheKeysThatCameLater() {
    KeyRing begun = add(first, first.begin(region.id, 5, region.key));
    region.begin(5);
    Block old = region.seal(3);
    KeyRing second = add(begun, begun.rotate(region.id, 5, 4, region.key, region.key(1)));
    KeyRing third = add(second, second.rotate(region.id, 5, 9, region.key(1), region.key(2)));
    assertThat(third.verifies(old.signed())).isTrue();
    assertThat(third.writer(region.stream).orElseThrow().incarnation()).isEqualTo(5);
    Beginning stolen = Beginning.sign(Region.CLASS_ID, region.key.verifyKey(), 5, 1, region.key(1));
    assertThat(third.add(stolen)).isEqualTo(new Duplicate());
    List<KeyStatement> numbered = third.statements(region.id);
    assertThat(numbered).hasSize(2);
    KeyRing without = add(add(first, numbered.get(0)), numbered.get(1));
    assertThat(without).isEqualTo(third);
    assertThat(without.streams()).isEqualTo(third.streams());
    assertThat(without.verifies(old.signed())).isTrue();
  }

  @Test
  void beginningsAreASet() {
    Beginning one = first.begin(region.id, 9, region.key);
    Beginning other = first.begin(region.id, 4, region.key);
    KeyRing both = add(add(first, one), other);
    assertThat(both).isEqualTo(add(add(first, other), one));
    assertThat(both.add(one)).isEqualTo(new Duplicate());
    assertThat(both.statements(region.id)).containsExactly(other, one);
    assertThat(both.streams()).hasSize(4);
  }

  @Test
  void howManyARegionMayBegin() {
    KeyRing ring = first;
    Beginning last = first.begin(region.id, 1L << 62, region.key);
    for (int i = 1; i <= KeyRing.MOST_BEGUN; i++) {
      ring = add(ring, first.begin(region.id, i, region.key));
    }
    assertThat(ring.add(last)).isInstanceOf(Refused.class);
  }

  @Test
  void bothKeysSign() {
    KeyChange statement = first.rotate(region.id, 0, 5, region.key, region.key(1));
    KeyChange.Terms terms = statement.terms();
    List<KeyChange> wrong =
        List.of(
            new KeyChange(terms, statement.signatureNew(), statement.signatureNew()),
            new KeyChange(terms, statement.signatureBefore(), statement.signatureBefore()),
            new KeyChange(terms, statement.signatureBefore(), Octets.EMPTY),
            KeyChange.sign(terms, new Region(3).key, Optional.of(region.key(1))));
    for (KeyChange each : wrong) {
      assertThat(first.add(each)).isInstanceOf(Refused.class);
    }
    var other =
        new KeyChange.Terms(ClassId.of("other"), terms.firstKey(), 1, 0, 0, 1, 5, terms.key());
    KeyChange elsewhere =
        new KeyChange(other, statement.signatureBefore(), statement.signatureNew());
    assertThat(first.add(elsewhere)).isInstanceOf(Refused.class);
    assertThat(KeyRing.of("other").with(region.key.verifyKey()).add(elsewhere))
        .isInstanceOf(Refused.class);
  }

  @Test
  void thereIsOneFormAndOneClass() {
    Beginning anew = first.begin(region.id, 1, region.key);
    var moved = new Beginning(Region.CLASS_ID, region.key.verifyKey(), 2, 0, anew.signature());
    assertThat(first.add(moved)).isInstanceOf(Refused.class);
    KeyRing ring = rotated(501);
    KeyChange ended = ring.end(region.id, 3, 0, 501, region.key(1));
    var twice = new KeyChange(ended.terms(), ended.signatureBefore(), ended.signatureBefore());
    assertThat(ring.add(twice)).isInstanceOf(Refused.class);
    KeyRing other = KeyRing.of("other").with(region.key.verifyKey());
    KeyStatement elsewhere = other.rotate(region.id, 0, 5, region.key, region.key(1));
    assertThat(other.add(elsewhere)).isInstanceOf(Added.class);
    assertThat(first.add(elsewhere)).isInstanceOf(Refused.class);
  }

  @Test
  void statementsComeInAnyOrderAndAgain() {
    KeyRing second = rotated(501);
    KeyRing third = add(second, second.rotate(region.id, 0, 700, region.key(1), region.key(2)));
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
    KeyRing ring = add(first, first.begin(region.id, 7, region.key));
    StreamId stream = StreamId.of(region.key.verifyKey(), 7, Region.CLASS);
    assertThat(ring.writer(stream).orElseThrow().incarnation()).isEqualTo(7);
    assertThat(ring.writer(region.stream)).isPresent();
    assertThat(ring.streams()).hasSize(3);
    region.begin(7);
    Block old = region.seal(2);
    assertThat(ring.verifies(old.signed())).isTrue();

    KeyRing both = add(ring, ring.rotate(region.id, 7, 3, region.key, region.key(1)));
    assertThat(both.verifies(old.signed())).isTrue();
    Chain then = region.chain;
    assertThat(both.signer(header(region.block(then, 2, region.key, 0, "v"))))
        .isInstanceOf(WrongKey.class);
    assertThat(both.verifies(region.seal(2, region.key(1), 1).signed())).isTrue();
    KeyRing later = add(both, both.begin(region.id, 8, region.key(1)));
    region.begin(8);
    assertThat(later.signer(header(region.seal(2)))).isInstanceOf(WrongKey.class);
    region.begin(8);
    assertThat(later.verifies(region.seal(2, region.key(1), 1).signed())).isTrue();
  }

  @Test
  void anOldStreamIsEndedAgainstThievesOfItsKey() {
    region.seal(10);
    Chain old = region.chain;
    KeyRing begun = add(first, first.begin(region.id, 1, region.key));
    KeyRing ring = add(begun, begun.rotate(region.id, 1, 1, region.key, region.key(1)));
    Block forged = region.block(old, 2, region.key, 0, "thief");
    assertThat(ring.verifies(forged.signed())).isTrue();
    KeyRing ended = add(ring, ring.end(region.id, 0, 0, 11, region.key(1)));
    assertThat(ended.signer(header(forged))).isInstanceOf(WrongKey.class);
    Block late = region.block(old, 2, region.key(1), 1, "thief of the next key");
    assertThat(ended.signer(header(late))).isInstanceOf(WrongKey.class);
    assertThat(ended.verifies(old.head().orElseThrow())).isTrue();
    KeyRing named = add(ring, ring.end(region.id, 0, 0, Header.LAST_MAX, region.key(1)));
    assertThat(named.verifies(forged.signed())).isTrue();
    assertThat(named.signer(header(late))).isInstanceOf(WrongKey.class);
    KeyRing closed = add(named, named.end(region.id, 0, 0, 11, region.key(1)));
    assertThat(closed.signer(header(forged))).isInstanceOf(WrongKey.class);
    assertThat(closed.signer(header(late))).isInstanceOf(WrongKey.class);
    assertThat(ended.current(region.id)).isEqualTo(ring.current(region.id));
    refused(() -> ended.end(region.id, 0, 0, 12, region.key(1)));
    refused(() -> ended.end(region.id, 1, 0, 12, region.key(1)));
    KeyRing later = add(ended, ended.rotate(region.id, 1, 40, region.key(1), region.key(2)));
    assertThat(later.statements(region.id)).hasSize(3);
  }

  @Test
  void aStreamThatIsNotSpokenOfUnderTheNextKeyIsForgottenUntilItIs() {
    KeyRing ring = add(first, first.begin(region.id, 5, region.key));
    region.begin(5);
    Block old = region.seal(3);
    KeyRing rotated = add(ring, ring.rotate(region.id, 0, 501, region.key, region.key(1)));
    assertThat(rotated.signer(header(old))).isEqualTo(new UnknownStream());
    KeyRing ended = add(rotated, rotated.end(region.id, 5, 0, 4, region.key(1)));
    assertThat(ended.verifies(old.signed())).isTrue();
    assertThat(ended.signer(header(region.seal(2)))).isInstanceOf(WrongKey.class);
  }

  @Test
  void whatCannotFollowIsRefused() {
    KeyRing ring = rotated(501);
    SigningKey now = region.key(1);
    refused(() -> ring.rotate(region.id, 0, 500, now, region.key(2)));
    refused(() -> ring.rotate(region.id, 0, 600, region.key, region.key(2)));
    refused(() -> ring.rotate(region.id, 0, 600, now, region.key));
    refused(() -> ring.rotate(region.id, 0, 600, now, now));
    refused(() -> ring.rotate(region.id, 3, 600, now, region.key(2)));
    refused(() -> ring.begin(region.id, 0, now));
    refused(() -> ring.begin(new Region(5).id, 1, now));
    KeyRing later = add(ring, ring.begin(region.id, 7, now));
    refused(() -> later.begin(region.id, 7, now));
    refused(() -> later.end(region.id, 7, 1, 12, now));
    KeyRing third = add(later, later.rotate(region.id, 7, 9, now, region.key(2)));
    refused(() -> third.end(region.id, 7, 0, 12, region.key(2)));
    KeyRing unwritten = add(first, first.rotate(region.id, 0, 1, region.key, now));
    assertThat(unwritten.verifies(region.seal(1, now, 1).signed())).isTrue();
  }

  private static void refused(ThrowingCallable say) {
    assertThatThrownBy(say).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isKept() {
    KeyRing ring = rotated(501);
    KeyRing begun = add(ring, ring.begin(region.id, 9, region.key(1)));
    KeyRing more = add(begun, begun.begin(region.id, 3, region.key(1)));
    KeyRing named = add(more, more.rotate(region.id, 9, 3, region.key(1), region.key(2)));
    for (KeyRing each : List.of(KeyRing.of("ü"), first, ring, begun, more, named)) {
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
