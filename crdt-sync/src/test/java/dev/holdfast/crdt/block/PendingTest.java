package dev.holdfast.crdt.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of what is pending; that it says the same, the laws of coalescing show. */
final class PendingTest {
  private static final Leaf LEAF = new Leaf("t", "p", Kind.REGISTER);

  private final Origin origin = new Origin(1, "open");

  private Operation write(long sequence, MvRegister before) {
    Hlc at = new Hlc(sequence, 0);
    return Operation.of(LEAF, at, before.write(origin.stream.dot(sequence), at, Origin.text("v")));
  }

  @Test
  void keepsTheLastOfADayOfSamples() {
    for (int i = 0; i < 28_800; i++) {
      origin.write("t", "p", "v" + i);
    }
    assertThat(origin.pending.numbers()).isEqualTo(28_800);
    assertThat(origin.pending.size()).isEqualTo(1);
    Draft draft = origin.pending.drain(9, 999).getFirst();
    assertThat(draft.covers()).isEqualTo(new Interval(1, 28_800));
    assertThat(draft.operations().getFirst().replaced()).isEqualTo(CausalContext.EMPTY);
  }

  @Test
  void handsOnWhatWasReplaced() {
    Origin other = new Origin(2, "open");
    other.write("t", "p", "theirs");
    origin.hear(other.genuine(other.seal()));
    origin.write("t", "p", "1");
    origin.write("t", "p", "2");
    Operation left = origin.seal().operations().getFirst();
    assertThat(left.sequence()).isEqualTo(2);
    assertThat(left.replaced()).isEqualTo(CausalContext.EMPTY.add(other.stream.dot(1)));
  }

  @Test
  void whatCameToNothingLeavesNothing() {
    MvRegister empty = MvRegister.EMPTY;
    Operation first = write(1, empty);
    var pending = new Pending(origin.stream, 1, Hlc.ZERO);
    pending.add(first);
    Hlc at = new Hlc(2, 0);
    MvRegister store = (MvRegister) first.written();
    pending.add(Operation.of(LEAF, at, store.clear(origin.stream.dot(2))));
    assertThat(pending.size()).isZero();
    Draft draft = pending.drain(9, 999).getFirst();
    assertThat(draft).isEqualTo(new Draft(new Interval(1, 2), List.of(), at));

    Block block = origin.sealer.seal(Chain.of(origin.stream), draft).block();
    Block read = Block.decode(block.encode(), BlockLimits.DEFAULT).orElseThrow();
    assertThat(origin.genuine(read).heard())
        .isEqualTo(CausalContext.EMPTY.add(origin.stream.name(), new Interval(1, 2)));
  }

  @Test
  void splitsByNumberAndBySize() {
    for (int i = 0; i < 10; i++) {
      origin.write("t", "p" + i, "v");
      origin.write("t", "p" + i, "w");
    }
    List<Draft> drafts = origin.pending.drain(4, 99_999);
    assertThat(drafts.stream().map(Draft::covers))
        .containsExactly(new Interval(1, 8), new Interval(9, 16), new Interval(17, 20));
    assertThat(drafts.get(1).clock()).isEqualTo(drafts.get(1).operations().getLast().at());
    assertThat(origin.pending.drain(4, 99)).isEmpty();

    for (int i = 0; i < 3; i++) {
      origin.write("t", "p" + i, "x".repeat(100));
    }
    assertThat(origin.pending.drain(99, 150).stream().map(Draft::covers))
        .containsExactly(new Interval(21, 22), new Interval(23, 23));
  }

  @Test
  void takesOnlyWhatIsNext() {
    var pending = new Pending(origin.stream, 1, Hlc.ZERO);
    refused(pending, write(2, MvRegister.EMPTY));
    pending.add(write(1, MvRegister.EMPTY));
    refused(pending, write(1, MvRegister.EMPTY));
    Hlc back = new Hlc(1, 0);
    MvRegister empty = MvRegister.EMPTY;
    refused(
        pending,
        Operation.of(LEAF, back, empty.write(origin.stream.dot(2), back, Origin.text("v"))));
    MvRegister first = (MvRegister) write(1, empty).written();
    Hlc at = new Hlc(2, 0);
    Leaf elsewhere = new Leaf("t", "q", Kind.REGISTER);
    refused(pending, Operation.of(elsewhere, at, first.clear(origin.stream.dot(2))));
    assertThat(pending.numbers()).isEqualTo(1);
  }

  private static void refused(Pending pending, Operation operation) {
    assertThatThrownBy(() -> pending.add(operation)).isInstanceOf(IllegalArgumentException.class);
  }
}
