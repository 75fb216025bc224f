package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** What a block means to the chain of its stream. */
final class ChainTest {
  private static final LongFunction<Optional<SignedHeader>> NONE_KEPT = _ -> Optional.empty();

  private final Origin origin = new Origin(1, "open");

  private List<VerifiedBlock> blocks(int count) {
    return blocks(origin, count, "v");
  }

  private static List<VerifiedBlock> blocks(Origin origin, int count, String value) {
    List<VerifiedBlock> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      origin.write("t", "p" + i, value);
      origin.write("t", "q" + i, value);
      blocks.add(origin.genuine(origin.seal()));
    }
    return blocks;
  }

  private static Chain next(Chain chain, VerifiedBlock block) {
    return ((Chain.Next) chain.follow(block, NONE_KEPT)).chain();
  }

  private static LongFunction<Optional<SignedHeader>> kept(List<VerifiedBlock> blocks) {
    return number ->
        blocks.stream()
            .map(it -> it.block().signed())
            .filter(it -> it.header().covers().contains(number))
            .findFirst();
  }

  @Test
  void followsBlockByBlock() {
    Chain chain = Chain.of(origin.stream);
    for (VerifiedBlock block : blocks(3)) {
      chain = next(chain, block);
    }
    assertThat(chain).isEqualTo(origin.chain);
    assertThat(chain.last()).isEqualTo(6);
  }

  @Test
  void saysWhatIsMissing() {
    List<VerifiedBlock> blocks = blocks(3);
    Chain chain = Chain.of(origin.stream);
    assertThat(chain.follow(blocks.get(2), NONE_KEPT)).isEqualTo(new Chain.Gap(new Interval(1, 4)));
    assertThat(next(chain, blocks.get(0)).follow(blocks.get(2), NONE_KEPT))
        .isEqualTo(new Chain.Gap(new Interval(3, 4)));
  }

  @Test
  void knowsWhatItHas() {
    List<VerifiedBlock> blocks = blocks(3);
    Chain chain = origin.chain;
    assertThat(chain.follow(blocks.get(2), NONE_KEPT)).isEqualTo(new Chain.Duplicate());
    assertThat(chain.follow(blocks.get(0), kept(blocks))).isEqualTo(new Chain.Duplicate());
    assertThat(chain.follow(blocks.get(0), NONE_KEPT)).isEqualTo(new Chain.Forgotten());
    VerifiedBlock redacted = origin.genuine(blocks.get(2).block().redact(_ -> false));
    assertThat(chain.follow(redacted, NONE_KEPT)).isEqualTo(new Chain.Duplicate());
  }

  @Test
  void provesAForkWhereverItShows() {
    List<VerifiedBlock> blocks = blocks(3);
    Origin liar = new Origin(1, "open");
    List<VerifiedBlock> others = blocks(liar, 4, "w");
    Chain chain = next(Chain.of(origin.stream), blocks.get(0));

    forked(chain.follow(others.get(0), NONE_KEPT)); // the same numbers as the head
    forked(chain.follow(others.get(1), NONE_KEPT)); // after it, on something else
    forked(origin.chain.follow(others.get(3), NONE_KEPT));
    forked(origin.chain.follow(others.get(1), kept(blocks))); // long past
    assertThat(origin.chain.follow(others.get(1), NONE_KEPT)).isEqualTo(new Chain.Forgotten());

    forked(origin.chain.follow(wide(4), kept(blocks.subList(1, 2)))); // only its end is kept
    forked(origin.chain.follow(wide(9), kept(blocks))); // 1..9 over 1..6
  }

  private VerifiedBlock wide(int numbers) {
    Origin wide = new Origin(1, "open");
    for (int i = 0; i < numbers; i++) {
      wide.write("t", "p" + i, "v");
    }
    return origin.genuine(wide.seal());
  }

  private void forked(Chain.Step step) {
    Chain.Fork fork = (Chain.Fork) step;
    VerifyKey key = origin.key.verifyKey();
    ForkProof proof = ForkProof.decode(fork.proof().encode()).orElseThrow();
    assertThat(proof).isEqualTo(fork.proof());
    assertThat(proof.holds(_ -> Optional.of(key))).isTrue();
    assertThat(proof.holds(_ -> Optional.of(new Origin(2, "open").key.verifyKey()))).isFalse();
    assertThat(proof.holds(_ -> Optional.empty())).isFalse();
    assertThat(ForkProof.of(proof.other(), proof.one())).contains(proof);
    assertThat(fork.chain().isOpen()).isFalse();
    VerifiedBlock more = blocks(new Origin(1, "open"), 1, "x").getFirst();
    assertThat(fork.chain().follow(more, NONE_KEPT)).isInstanceOf(Chain.Refused.class);
  }

  @Test
  void provesNothingAgainstAnHonestWriter() {
    List<VerifiedBlock> blocks = blocks(4);
    blocks.addAll(blocks(new Origin(1, "other"), 4, "v"));
    blocks.addAll(blocks(new Origin(2, "open"), 4, "v"));
    for (VerifiedBlock a : blocks) {
      for (VerifiedBlock b : blocks) {
        assertThat(ForkProof.of(a.block().signed(), b.block().signed())).isEmpty();
      }
    }
    SignedHeader one = blocks.getFirst().block().signed();
    byte[] signature = one.signature().toByteArray();
    signature[3] ^= 1;
    SignedHeader resigned = new SignedHeader(one.header(), Octets.wrap(signature));
    assertThat(ForkProof.of(one, resigned)).as("the same header, signed again").isEmpty();
  }

  @Test
  void refusesProofsThatAreNone() {
    List<VerifiedBlock> blocks = blocks(2);
    SignedHeader one = blocks.get(0).block().signed();
    SignedHeader other = blocks.get(1).block().signed();
    assertThatThrownBy(() -> new ForkProof(one, other))
        .isInstanceOf(IllegalArgumentException.class);
    Octets pair = Octets.concat(List.of(Octets.ofHex("82"), one.encode(), other.encode()));
    assertThat(ForkProof.decode(pair)).isInstanceOf(Parsed.Bad.class);
    assertThat(ForkProof.decode(one.encode())).isInstanceOf(Parsed.Bad.class);
    assertThat(SignedHeader.decode(one.encode()).orElseThrow()).isEqualTo(one);
    assertThat(SignedHeader.decode(pair)).isInstanceOf(Parsed.Bad.class);
  }

  @Test
  void endsWhereItsWriterEndedIt() {
    List<VerifiedBlock> blocks = blocks(3);
    Chain closed = next(Chain.of(origin.stream), blocks.get(0)).close();
    assertThat(closed.follow(blocks.get(1), NONE_KEPT)).isInstanceOf(Chain.Refused.class);
    assertThat(closed.follow(blocks.get(2), NONE_KEPT)).isInstanceOf(Chain.Refused.class);
    assertThat(closed.follow(blocks.get(0), NONE_KEPT)).isEqualTo(new Chain.Duplicate());
    VerifiedBlock fork = blocks(new Origin(1, "open"), 1, "w").getFirst();
    forked(closed.follow(fork, NONE_KEPT));
    assertThat(closed.follow(blocks(new Origin(2, "open"), 1, "v").getFirst(), NONE_KEPT))
        .isInstanceOf(Chain.Refused.class);
  }

  @Test
  void sealsOnlyWhatIsNext() {
    origin.write("t", "p", "v");
    Draft draft = origin.pending.drain(9, 999).getFirst();
    Sealer.Sealed sealed = origin.sealer.seal(origin.chain, draft);
    assertThatThrownBy(() -> origin.sealer.seal(sealed.chain(), draft))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> origin.sealer.seal(Chain.of(origin.stream).close(), draft))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> origin.sealer.seal(Chain.of(new Origin(2, "open").stream), draft))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
