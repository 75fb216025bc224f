package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Blocks as octets and back, whole and redacted; what is refused and why. Failures name seeds. */
final class BlockTest {
  private static final int CASES = 300;
  private static final List<Kind> KINDS =
      List.of(Kind.REGISTER, Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.BLOB, Kind.LIST);

  /** Blocks of every kind, some of two streams that hear of each other. */
  private static List<Block> blocks(long seed) {
    var random = new SplittableRandom(seed);
    Origin origin = new Origin(1, "open");
    Origin other = new Origin(2, "open");
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      for (Origin each : List.of(other, origin)) {
        int writes = 1 + random.nextInt(40);
        for (int i = 0; i < writes; i++) {
          Kind kind = KINDS.get(random.nextInt(KINDS.size()));
          String path = "ä/" + random.nextInt(3);
          each.random(random, new Leaf("t" + random.nextInt(3), path, kind));
        }
        Block sealed = each.seal();
        (each == origin ? other : origin).hear(each.genuine(sealed));
        blocks.add(sealed);
      }
    }
    return blocks;
  }

  private static Origin origin(Block block) {
    Origin first = new Origin(1, "open");
    return block.header().stream().equals(first.stream) ? first : new Origin(2, "open");
  }

  @Test
  void readsWhatWasWritten() {
    for (long seed = 0; seed < CASES; seed++) {
      for (Block block : blocks(seed)) {
        Octets octets = block.encode();
        Block read = Block.decode(octets, BlockLimits.DEFAULT).orElseThrow();
        assertThat(read).as("seed %d", seed).isEqualTo(block);
        assertThat(read.encode()).as("seed %d", seed).isEqualTo(octets);
        origin(block).genuine(read);
      }
    }
  }

  @Test
  void showsEachByItselfInOneForm() {
    for (long seed = 0; seed < CASES; seed++) {
      for (Block block : blocks(seed)) {
        Block some = block.redact(it -> it.sequence() % 3 > 0);
        for (Block each : some.each()) {
          long number = each.operations().getFirst().sequence();
          assertThat(each)
              .as("seed %d", seed)
              .isEqualTo(block.redact(it -> it.sequence() == number));
          Block read =
              Block.decode(block.signed(), each.encodeShown(), BlockLimits.DEFAULT).orElseThrow();
          assertThat(read).as("seed %d", seed).isEqualTo(each);
          origin(block).genuine(read);
        }
        assertThat(some.each()).hasSameSizeAs(some.operations());
      }
    }
  }

  @Test
  void verifiesRedacted() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      for (Block block : blocks(seed)) {
        int one = random.nextInt(4);
        Block some = block.redact(it -> it.sequence() % 4 >= one);
        Block fewer = some.redact(it -> it.sequence() % 3 == 0);
        Block atOnce = block.redact(it -> it.sequence() % 4 >= one && it.sequence() % 3 == 0);
        assertThat(fewer).as("seed %d: in two steps", seed).isEqualTo(atOnce);
        for (Block redacted : List.of(some, fewer, block.redact(_ -> false))) {
          Octets octets = redacted.encode();
          Block read = Block.decode(octets, BlockLimits.DEFAULT).orElseThrow();
          assertThat(read).as("seed %d", seed).isEqualTo(redacted);
          assertThat(read.encode()).as("seed %d", seed).isEqualTo(octets);
          assertThat(read.header().id()).isEqualTo(block.header().id());
          assertThat(read.hidden() + read.operations().size()).isEqualTo(block.operations().size());
          origin(block).genuine(read);
        }
      }
    }
  }

  /** Every octet of a block is needed: changed, it is another block, or none, or refused. */
  @Test
  void noOctetCanBeChanged() {
    for (long seed = 0; seed < 3; seed++) {
      for (Block block :
          List.of(blocks(seed).get(5), blocks(seed).get(5).redact(o -> o.sequence() % 2 == 0))) {
        byte[] octets = block.encode().toByteArray();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < octets.length; i++) {
          byte was = octets[i];
          octets[i] ^= (byte) (1 << random.nextInt(8));
          Parsed<Block> read = Block.decode(Octets.copyOf(octets), BlockLimits.DEFAULT);
          boolean genuine =
              read instanceof Parsed.Good<Block>(Block changed)
                  && changed.verify(origin(block).key.verifyKey(), Origin.START, Origin.DRIFT)
                      instanceof Verdict.Genuine;
          assertThat(genuine).as("seed %d, octet %d", seed, i).isFalse();
          octets[i] = was;
        }
        for (int size = 0; size < octets.length; size++) {
          Octets cut = Octets.wrap(octets, 0, size);
          assertThat(Block.decode(cut, BlockLimits.DEFAULT)).isInstanceOf(Parsed.Bad.class);
        }
      }
    }
  }

  /** Of what is read there is one form: whatever is read from other octets is another block. */
  @Test
  void thereIsOneFormOfABlock() {
    int read = 0;
    for (long seed = 0; seed < CASES; seed++) {
      var random = new SplittableRandom(seed);
      Block block = blocks(seed).get(5);
      Block some = block.redact(it -> it.sequence() % 3 == 0);
      for (Octets octets : List.of(block.encode(), some.encode())) {
        for (int i = 0; i < 100; i++) {
          byte[] changed = octets.toByteArray();
          int at = random.nextInt(changed.length);
          changed[at] = (byte) (changed[at] + random.nextInt(-2, 3));
          int other = random.nextInt(changed.length);
          changed[other] = (byte) (changed[other] + random.nextInt(-1, 2));
          if (Block.decode(Octets.wrap(changed), BlockLimits.DEFAULT)
              instanceof Parsed.Good<Block>(Block good)) {
            read++;
            assertThat(good.encode()).as("seed %d", seed).isEqualTo(Octets.wrap(changed));
          }
        }
      }
    }
    assertThat(read).as("some are blocks").isGreaterThan(1_000);
  }

  @Test
  void refusesAnotherSignerAndOtherOperations() {
    Origin origin = new Origin(1, "open");
    origin.write("t", "p", "1");
    Block block = origin.seal();
    Origin twin = new Origin(1, "open");
    twin.write("t", "p", "2");
    Block other = twin.seal();

    assertThat(block.verify(new Origin(2, "open").key.verifyKey(), Origin.START, Origin.DRIFT))
        .isInstanceOf(Verdict.BadSignature.class);
    Block swapped =
        new Block(
            block.signed(),
            new Opening.Whole(Opening.seed(Origin.secret(9), origin.stream, 1)),
            other.operations());
    assertThat(swapped.verify(origin.key.verifyKey(), Origin.START, Origin.DRIFT))
        .isInstanceOf(Verdict.WrongRoot.class);
  }

  @Test
  void flagsAClockAheadAndTakesIt() {
    Origin origin = new Origin(1, "open");
    origin.write("t", "p", "1");
    Block block = origin.seal();
    long now = block.header().clock().millis();

    for (long behind : new long[] {0, Origin.DRIFT, Origin.DRIFT + 1, 73L * 365 * 86_400_000}) {
      Verdict verdict = block.verify(origin.key.verifyKey(), now - behind, Origin.DRIFT);
      assertThat(((Verdict.Genuine) verdict).block().clockAhead())
          .as("%d ms", behind)
          .isEqualTo(behind > Origin.DRIFT);
    }
  }

  @Test
  void keepsItsLimits() {
    Origin origin = new Origin(1, "open");
    origin.write("thing", "path", "value");
    origin.write("thing", "other", "value");
    Octets octets = origin.seal().encode();

    refused(octets, new BlockLimits(1_024, 1, 256, 1_024, 9, CrdtLimits.DEFAULT), "2 operations");
    refused(octets, new BlockLimits(1_024, 9, 4, 1_024, 9, CrdtLimits.DEFAULT), "more than 4");
    refused(octets, new BlockLimits(1_024, 9, 256, 3, 9, CrdtLimits.DEFAULT), "more than 4");
    CrdtLimits small = new CrdtLimits(1, 1, 4, 1, 1, 1);
    refused(octets, new BlockLimits(1_024, 9, 256, 1_024, 9, small), "a value of 5 bytes, 4");
    Octets large = Octets.wrap(new byte[2_000]);
    refused(large, new BlockLimits(1_024, 1, 1, 1, 1, small), "a block of 2000 bytes, 1024");
  }

  private static void refused(Octets octets, BlockLimits limits, String reason) {
    assertThat(Block.decode(octets, limits))
        .isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.reason()).contains(reason));
  }

  /** Of what was not shown, two guesses cannot be told apart. */
  @Test
  void aRedactedBlockTellsNothingOfTheRest() {
    Origin origin = new Origin(1, "open");
    origin.write("t", "secret", "yes");
    origin.write("t", "shown", "1");
    Block block = origin.seal();
    Block redacted = block.redact(it -> it.leaf().path().equals("shown"));
    Octets octets = redacted.encode();

    Origin guess = new Origin(1, "open");
    guess.write("t", "secret", "yes");
    Octets plain = Canonical.of(guess.seal().operations()).getFirst();
    assertThat(plain).isEqualTo(Canonical.of(block.operations()).getFirst());
    Opening.Redacted opening = read(octets);
    assertThat(opening.hidden()).hasSize(1);
    Set<Octets> tried = new HashSet<>();
    tried.add(Merkle.leaf(Octets.EMPTY, plain));
    tried.add(Merkle.leaf(opening.salts(), plain));
    for (int at = 0; at + Opening.SALT <= octets.size(); at++) {
      tried.add(Merkle.leaf(octets.slice(at, at + Opening.SALT), plain));
    }
    for (int at = 0; at + Blake3.SIZE <= octets.size(); at++) {
      Octets seed = octets.slice(at, at + Blake3.SIZE);
      tried.add(Merkle.leaf(Opening.salts(seed, 1), plain));
    }
    assertThat(tried).doesNotContain(opening.hidden().getFirst());
    Octets seed = Opening.seed(secret(origin), origin.stream, 1);
    assertThat(Merkle.leaf(Opening.salts(seed, 1), plain))
        .as("with the salt it can be told")
        .isEqualTo(opening.hidden().getFirst());
    assertThat(octets.hex()).doesNotContain(Origin.text("secret").hex());
  }

  private static Octets secret(Origin origin) {
    return Blake3.keyed(Origin.secret(1)).add(origin.stream.name()).end();
  }

  private static Opening.Redacted read(Octets octets) {
    var from = new CborReader(octets);
    from.array(4);
    SignedHeader signed = SignedHeader.read(from);
    return (Opening.Redacted) Opening.read(from, signed.header().tree().size());
  }

  /** What is hidden is not heard of, so that it is taken when it is shown one day. */
  @Test
  void whatIsHiddenIsNotHeardOf() {
    Origin origin = new Origin(1, "open");
    origin.write("t", "secret", "yes");
    origin.write("t", "shown", "1");
    Block block = origin.seal();
    Block redacted = block.redact(it -> it.leaf().path().equals("shown"));

    Origin reader = new Origin(2, "open");
    reader.hear(origin.genuine(redacted));
    assertThat(reader.at(new Leaf("t", "secret", Kind.REGISTER)).isEmpty()).isTrue();
    reader.hear(origin.genuine(block));
    assertThat(reader.stores).isEqualTo(origin.stores);
  }

  /** Two origins alike but for writes outside a class. */
  @Test
  void nothingOfOneClassShowsInAnother() {
    Origin quietOpen = new Origin(1, "open");
    Origin quietOther = new Origin(1, "other");
    Origin busyOpen = new Origin(1, "open");
    Origin busyOther = new Origin(1, "other");
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20; i++) {
        quietOpen.write("t" + i, "p", "v" + i);
        busyOther.write("t" + i, "q", "w" + i);
        busyOpen.write("t" + i, "p", "v" + i);
      }
      quietOther.write("t", "q", "w");
      assertThat(busyOpen.seal().encode()).isEqualTo(quietOpen.seal().encode());
      assertThat(busyOther.seal().encode()).isNotEqualTo(quietOther.seal().encode());
    }
    assertThat(quietOpen.stream).isNotEqualTo(quietOther.stream);
  }

  @Test
  void streamsAreNamedAfterAllThatTellsThemApart() {
    VerifyKey one = new Origin(1, "open").key.verifyKey();
    VerifyKey two = new Origin(2, "open").key.verifyKey();
    assertThat(
            Set.of(
                StreamId.of(one, 1, "a"),
                StreamId.of(one, 1, "b"),
                StreamId.of(one, 2, "a"),
                StreamId.of(two, 1, "a")))
        .hasSize(4);
  }

  @Test
  void keysThatAreNoneAreRefused() {
    assertThat(VerifyKey.of(Octets.wrap(new byte[32]))).as("of small order").isEmpty();
    assertThat(VerifyKey.of(Octets.wrap(new byte[31]))).isEmpty();
    assertThatThrownBy(() -> new SigningKey(Octets.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new SigningKey(Origin.secret(4)).toString()).doesNotContain(Origin.secret(4).hex());
  }
}
