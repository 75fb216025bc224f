package dev.holdfast.crdt;

import static dev.holdfast.crdt.Trace.actor;
import static dev.holdfast.crdt.Trace.octets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What went wrong in systems in use, each by what was seen; and what would go wrong in ours. */
final class KnownFailuresTest {
  private static final Octets A = actor(1);
  private static final Octets B = actor(2);
  private static final Octets C = actor(3);

  /** sourcenetwork/defradb 1021 and 1041: two stores of one node, each with a part of the count. */
  @Test
  void aCounterOverTwoStoresLosesAnUpdate() {
    Causal<PnCounter> first = count(Causal.of(PnCounter.EMPTY), A, 5);
    // a store brought up from a copy is a writer of its own
    Causal<PnCounter> copy = count(first, B, 1);
    Causal<PnCounter> original = count(first, A, 1);

    assertThat(original.join(copy).store().value()).isEqualTo(BigInteger.valueOf(7));
    assertThat(copy.join(original).join(first)).isEqualTo(original.join(copy));
    // were it the same writer, both would give the same dot, and one update would be lost: no
    // join can tell, so that a copy must never go on as its original
    assertThat(count(first, A, 1).known()).isEqualTo(original.known());
  }

  /** nurl 169: writers numbered in the order in which each replica first saw them. */
  @Test
  void writersNamedByTheOrderOfTheirArrivalCollide() {
    Causal<PnCounter> here = count(Causal.of(PnCounter.EMPTY), A, 1);
    Causal<PnCounter> there = count(Causal.of(PnCounter.EMPTY), B, 1);

    Causal<PnCounter> hereFirst = here.join(there);
    Causal<PnCounter> thereFirst = there.join(here);

    assertThat(hereFirst.store().value()).isEqualTo(BigInteger.TWO);
    assertThat(thereFirst).isEqualTo(hereFirst).hasToString(hereFirst.toString());
    assertThatThrownBy(() -> new Dot(Octets.ofHex("01"), 1)).hasMessageContaining("16 bytes");
  }

  /** jupyter-collaboration 621: a server that starts anew writes the document once more. */
  @Test
  void aServerThatReturnsDuplicatesTheCells() {
    Causal<CrdtList> document = CrdtListTest.type(Causal.of(CrdtList.EMPTY), A, 0, "cells");
    Causal<CrdtList> client = CrdtListTest.type(document, B, 5, "!");
    // the server comes back from what it kept, as a new writer, and goes on writing
    Causal<CrdtList> server = CrdtListTest.type(document, C, 0, "> ");

    Causal<CrdtList> reconnected = client.join(server).join(document).join(client);

    assertThat(CrdtListTest.text(reconnected)).isEqualTo("> cells!");
    assertThat(server.join(client)).isEqualTo(reconnected);
  }

  /** y-octo 53: an insertion beside a deleted element lands elsewhere, by order of arrival. */
  @Test
  void anInsertionBesideADeletedNeighbourDiverges() {
    Causal<CrdtList> before = CrdtListTest.type(Causal.of(CrdtList.EMPTY), A, 0, "abc");
    Causal<CrdtList> deletion = before.store().delete(before.next(A), 1);
    Causal<CrdtList> behind = before.store().insert(before.next(B), 2, octets('x'));
    Causal<CrdtList> ahead = before.store().insert(before.next(C), 1, octets('y'));

    for (List<Causal<CrdtList>> order :
        List.of(
            List.of(deletion, behind, ahead),
            List.of(deletion, ahead, behind),
            List.of(behind, deletion, ahead),
            List.of(behind, ahead, deletion),
            List.of(ahead, deletion, behind),
            List.of(ahead, behind, deletion))) {
      Causal<CrdtList> state = before;
      for (Causal<CrdtList> delta : order) {
        state = state.join(delta);
      }
      assertThat(CrdtListTest.text(state)).isEqualTo("ayxc");
    }
    // and with nothing of what stood around it
    assertThat(CrdtListTest.text(behind.join(ahead))).isEqualTo("yx");
  }

  /** CRDT-Redis 1: what was removed and added again is there, and nowhere. */
  @Test
  void whatIsAddedAgainHasNoPosition() {
    Causal<CrdtList> before = CrdtListTest.type(Causal.of(CrdtList.EMPTY), A, 0, "abc");
    Causal<CrdtList> removed = before.join(before.store().delete(before.next(A), 1));
    Causal<CrdtList> again = removed.store().insert(removed.next(A), 1, octets('b'));
    Causal<CrdtList> removedElsewhere = before.store().delete(before.next(B), 1);

    assertThat(again.store().positions()).hasSize(1);
    assertThat(CrdtListTest.text(again)).isEqualTo("b");
    assertThat(CrdtListTest.text(removed.join(again).join(removedElsewhere))).isEqualTo("abc");
    assertThat(before.join(again).join(removedElsewhere).join(removed))
        .isEqualTo(removed.join(again).join(removedElsewhere));
    // it stands where it was put the second time, not where the first one stood
    assertThat(again.store().positions()).doesNotContainAnyElementsOf(before.store().positions());
  }

  /**
   * Ours, had a frontier been read from one context: B's write is replaced by C's, which arrives
   * first. So B's write is known to be gone, but not what it replaced in its turn.
   */
  @Test
  void aFrontierThatCountsWhatWasReplacedLosesAnUpdate() {
    Causal<MvRegister> first = write(Causal.of(MvRegister.EMPTY), A, 1);
    Causal<MvRegister> second = write(Causal.of(MvRegister.EMPTY).join(first), B, 2);
    Causal<MvRegister> third = write(first.join(second), C, 3);

    Causal<MvRegister> far = first.join(third);

    assertThat(far.store().values()).containsExactlyInAnyOrder(octets(1), octets(3));
    assertThat(far.known().contains(new Dot(B, 1))).isTrue();
    assertThat(far.known().heard().contains(new Dot(B, 1))).as("still to be sent").isFalse();
    assertThat(far.join(second).store().values()).containsExactly(octets(3));
    assertThat(far.join(second).known().replaced()).isEqualTo(CausalContext.EMPTY);
  }

  /** A clock in 2099 owns nothing. */
  @Test
  void aClockFarAheadKeepsARegisterForEver() {
    Causal<MvRegister> state = Causal.of(MvRegister.EMPTY);
    Hlc far = new Hlc(Hlc.MILLIS_MAX, Hlc.COUNTER_MAX);
    state = state.join(state.store().write(state.next(A), far, octets(1)));
    Causal<MvRegister> after = write(state, B, 2);

    assertThat(after.store().shown().orElseThrow().value()).isEqualTo(octets(2));
    assertThat(after.join(state).store().values()).containsExactly(octets(2));
  }

  private static Causal<PnCounter> count(Causal<PnCounter> state, Octets who, long by) {
    return state.join(state.store().add(state.next(who), by));
  }

  /** The delta alone. */
  private static Causal<MvRegister> write(Causal<MvRegister> state, Octets who, int value) {
    return state.store().write(state.next(who), Hlc.ZERO, octets(value));
  }
}
