package dev.holdfast.crdt.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Frontier.Reach;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Frontiers with the beginnings of names, and what they mean to whom. */
final class FrontierTest {
  private static StreamId stream(String beginning, int end) {
    return new StreamId(Octets.ofHex(beginning + "00".repeat(7) + "%02x".formatted(end)));
  }

  private static final String A = "0a".repeat(8);
  private static final String B = "0b".repeat(8);

  private static Reach reach(long last) {
    return new Reach(last, Octets.ofHex("0102030405060708"), List.of(new Interval(1, last)), 60);
  }

  private static Frontier frontier(StreamId... streams) {
    var all = new TreeMap<StreamId, Reach>();
    for (StreamId stream : streams) {
      all.put(stream, reach(10 + all.size()));
    }
    return new Frontier(Messages.ROOT, all);
  }

  @Test
  void namesAreFoundAgain() {
    Frontier said = frontier(stream(A, 1), stream(B, 1));
    WireFrontier wire = WireFrontier.of(said);
    WireFrontier.Resolved all = wire.resolve(List.of(stream(B, 1), stream(A, 1)));
    assertThat(all.frontier()).isEqualTo(said);
    assertThat(all.unknown()).isEmpty();
    assertThat(all.ambiguous()).isEmpty();

    WireFrontier.Resolved some = wire.resolve(List.of(stream(B, 1)));
    assertThat(some.frontier().streams()).containsOnlyKeys(stream(B, 1));
    assertThat(some.unknown()).containsOnlyKeys(Octets.ofHex(A));
  }

  @Test
  void whatFitsTwoIsTakenForNeither() {
    WireFrontier wire = WireFrontier.of(frontier(stream(A, 1), stream(B, 1)));
    WireFrontier.Resolved read = wire.resolve(List.of(stream(A, 1), stream(A, 2), stream(B, 1)));
    assertThat(read.frontier().streams()).containsOnlyKeys(stream(B, 1));
    assertThat(read.unknown()).isEmpty();
    assertThat(read.ambiguous()).containsExactly(Octets.ofHex(A));
  }

  @Test
  void ofStreamsThatBeginAlikeNothingIsSaid() {
    WireFrontier wire = WireFrontier.of(frontier(stream(A, 1), stream(A, 2), stream(B, 1)));
    assertThat(wire.streams()).containsOnlyKeys(Octets.ofHex(B));
  }

  @Test
  void agesAreRoundedUp() {
    assertThat(Age.code(-1)).isZero();
    assertThat(Age.seconds(0)).isEqualTo(-1);
    for (int code = 1; code <= Age.CODE_MAX; code++) {
      assertThat(Age.code(Age.seconds(code))).isEqualTo(code);
      assertThat(Age.seconds(code)).isGreaterThan(Age.seconds(code - 1));
      if (code < Age.CODE_MAX) {
        assertThat(Age.code(Age.seconds(code) + 1)).isEqualTo(code + 1);
        assertThat(Age.code(Age.seconds(code + 1) - 1)).isBetween(code, code + 1);
      }
    }
    var random = new SplittableRandom(5);
    for (int i = 0; i < 100_000; i++) {
      long age = random.nextLong(1L << random.nextInt(1, 41));
      long said = Age.seconds(Age.code(age));
      assertThat(said).isBetween(age, age + (age >>> 11));
    }
    assertThat(Age.seconds(Age.CODE_MAX)).isGreaterThan(100_000L * 365 * 86_400);
    assertThat(Age.code(Long.MAX_VALUE)).isEqualTo(Age.CODE_MAX);
  }

  @Test
  void intervalsMustBeInOrder() {
    var streams = new TreeMap<StreamId, Reach>();
    List<Interval> touching = List.of(new Interval(2, 3), new Interval(4, 5));
    streams.put(stream(A, 1), new Reach(9, Octets.ofHex("0102030405060708"), touching, 0));
    Frontier frontier = new Frontier(Messages.ROOT, streams);
    Claim claim = new FrontierMessage(new FrontierMessage.Whole(WireFrontier.of(frontier)), 1);
    assertThatThrownBy(() -> new Region(1).sign(claim))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too close");
  }
}
