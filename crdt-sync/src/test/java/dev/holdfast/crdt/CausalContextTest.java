package dev.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A causal context against the plain set of dots it stands for, and by the laws of join. */
final class CausalContextTest {
  private static final Octets A = actor(1);
  private static final Octets B = actor(2);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void oneActorWithoutGapsIsOneInterval() {
    CausalContext context = CausalContext.EMPTY;
    for (long sequence : new long[] {3, 1, 2, 5, 4}) {
      context = context.add(new Dot(A, sequence));
    }

    assertThat(context.intervals(A)).containsExactly(new Interval(1, 5));
    assertThat(context.contiguous(A)).isEqualTo(5);
    assertThat(context.next(A)).isEqualTo(new Dot(A, 6));
    assertThat(context.actors()).containsExactly(A);
  }

  @Test
  void gapsAreKnownUntilTheyFill() {
    CausalContext context = CausalContext.EMPTY.add(A, new Interval(4, 6)).add(new Dot(A, 9));

    assertThat(context.contiguous(A)).isZero();
    assertThat(context.highest(A)).isEqualTo(9);
    assertThat(context.gaps(A)).containsExactly(new Interval(1, 3), new Interval(7, 8));
    assertThat(context.add(A, new Interval(1, 8)).gaps(A)).isEmpty();
    assertThat(context).hasToString(A.hex() + ":4-6,9");
  }

  @Test
  void anActorNotHeardOfHasNothing() {
    assertThat(CausalContext.EMPTY.contains(new Dot(B, 1))).isFalse();
    assertThat(CausalContext.EMPTY.gaps(B)).isEmpty();
    assertThat(CausalContext.EMPTY.next(B)).isEqualTo(new Dot(B, 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isTheSetOfItsDots(long seed) {
    var random = new Random(seed);
    List<Dot> dots = dots(random, 60);

    CausalContext context = of(dots);

    for (int actor = 0; actor < 4; actor++) {
      for (long sequence = 1; sequence <= 40; sequence++) {
        Dot dot = new Dot(actor(actor), sequence);
        assertThat(context.contains(dot))
            .as("seed %d, %s", seed, dot)
            .isEqualTo(dots.contains(dot));
      }
      List<Interval> intervals = context.intervals(actor(actor));
      for (int i = 1; i < intervals.size(); i++) {
        assertThat(intervals.get(i).first()).isGreaterThan(intervals.get(i - 1).last() + 1);
      }
    }
    assertThat(context.actors()).isEqualTo(List.copyOf(new TreeSet<>(context.actors())));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderAndRepetitionDoNotMatter(long seed) {
    var random = new Random(seed);
    List<Dot> dots = dots(random, 60);
    List<Dot> shuffled = new ArrayList<>(dots);
    shuffled.addAll(dots.subList(0, 20));
    Collections.shuffle(shuffled, random);

    assertThat(of(shuffled))
        .isEqualTo(of(dots))
        .hasSameHashCodeAs(of(dots))
        .hasToString(of(dots).toString());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void joinIsASemilattice(long seed) {
    var random = new Random(seed);
    CausalContext a = of(dots(random, 30));
    CausalContext b = of(dots(random, 30));
    CausalContext c = of(dots(random, 30));

    assertThat(a.join(b)).as("commutative").isEqualTo(b.join(a));
    assertThat(a.join(b).join(c)).as("associative").isEqualTo(a.join(b.join(c)));
    assertThat(a.join(a)).as("idempotent").isEqualTo(a);
    assertThat(a.join(CausalContext.EMPTY)).isEqualTo(a);
    assertThat(CausalContext.EMPTY.join(a)).isEqualTo(a);
    assertThat(a.join(b).containsAll(a)).as("monotone").isTrue();
    assertThat(a.containsAll(b)).as("order agrees with join").isEqualTo(a.join(b).equals(a));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void joinIsTheUnionOfTheSets(long seed) {
    var random = new Random(seed);
    List<Dot> left = dots(random, 30);
    List<Dot> right = dots(random, 30);
    List<Dot> both = new ArrayList<>(left);
    both.addAll(right);

    assertThat(of(left).join(of(right))).isEqualTo(of(both));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void minusTakesDotsOut(long seed) {
    var random = new Random(seed);
    List<Dot> left = dots(random, 60);
    List<Dot> right = dots(random, 60);
    List<Dot> rest = left.stream().filter(dot -> !right.contains(dot)).toList();

    assertThat(of(left).minus(of(right))).isEqualTo(of(rest)).isEqualTo(CausalContext.of(rest));
    assertThat(of(left).minus(of(left)).isEmpty()).isTrue();
    Dot last = new Dot(A, Long.MAX_VALUE);
    assertThat(of(left).add(last).minus(CausalContext.EMPTY.add(last))).isEqualTo(of(left));
  }

  @Test
  void refusesWhatIsNoDot() {
    assertThatThrownBy(() -> new Dot(Octets.ofHex("01"), 1)).hasMessageContaining("16 bytes");
    assertThatThrownBy(() -> new Dot(A, 0)).hasMessageContaining("1 or more");
    assertThatThrownBy(() -> new Interval(3, 2)).hasMessageContaining("3..2");
    assertThatThrownBy(() -> CausalContext.EMPTY.add(Octets.EMPTY, new Interval(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CausalContext of(List<Dot> dots) {
    CausalContext context = CausalContext.EMPTY;
    for (Dot dot : dots) {
      context = context.add(dot);
    }
    return context;
  }

  private static List<Dot> dots(Random random, int count) {
    return random
        .ints(count, 0, 4)
        .mapToObj(actor -> new Dot(actor(actor), 1 + random.nextInt(40)))
        .toList();
  }

  private static Octets actor(int number) {
    byte[] bytes = new byte[Dot.ACTOR_SIZE];
    bytes[0] = (byte) (number * 97);
    bytes[15] = (byte) number;
    return Octets.wrap(bytes);
  }
}
