package dev.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hybrid clock keeps order whatever the wall clock does. */
final class HlcTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void goesOnlyForwardWhileTheWallClockJumps(long seed) {
    var random = new Random(seed);
    Hlc clock = Hlc.ZERO;
    for (int i = 0; i < 100; i++) {
      long wall = random.nextLong(10_000);
      Hlc next = clock.next(wall);

      assertThat(next).as("seed %d", seed).isGreaterThan(clock);
      assertThat(next.millis()).isGreaterThanOrEqualTo(wall);
      clock = next;
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatFollowsComesAfterWhatWasSeen(long seed) {
    var random = new Random(seed);
    Hlc mine = new Hlc(random.nextLong(1_000), random.nextInt(10));
    Hlc theirs = new Hlc(random.nextLong(1_000), random.nextInt(10));

    Hlc next = mine.witness(theirs, 900, 100).next(random.nextLong(1_000));

    assertThat(next).isGreaterThan(mine).isGreaterThan(theirs);
  }

  @Test
  void oneWrongClockTakesNobodyAlong() {
    Hlc mine = new Hlc(1_000, 0);
    Hlc wrong = new Hlc(Hlc.MILLIS_MAX, Hlc.COUNTER_MAX);

    assertThat(mine.witness(wrong, 1_000, 60_000)).isEqualTo(mine);
    assertThat(mine.witness(new Hlc(61_000, 3), 1_000, 60_000)).isEqualTo(new Hlc(61_000, 3));
    assertThat(mine.witness(new Hlc(61_001, 0), 1_000, 60_000)).isEqualTo(mine);
  }

  @Test
  void aFullCounterMovesTheTimeOn() {
    assertThat(new Hlc(5, Hlc.COUNTER_MAX).next(5)).isEqualTo(new Hlc(6, 0));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void packsInItsOrder(long seed) {
    var random = new Random(seed);
    Hlc a = new Hlc(random.nextLong(Hlc.MILLIS_MAX + 1), random.nextInt(Hlc.COUNTER_MAX + 1));
    Hlc b = new Hlc(random.nextLong(Hlc.MILLIS_MAX + 1), random.nextInt(Hlc.COUNTER_MAX + 1));

    assertThat(Hlc.unpack(a.packed())).isEqualTo(a);
    assertThat(Integer.signum(a.compareTo(b)))
        .isEqualTo(Integer.signum(Long.compareUnsigned(a.packed(), b.packed())))
        .isEqualTo(
            a.millis() != b.millis()
                ? Long.signum(a.millis() - b.millis())
                : Integer.signum(a.counter() - b.counter()));
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThatThrownBy(() -> new Hlc(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hlc(Hlc.MILLIS_MAX + 1, 0)).hasMessageContaining("no hybrid time");
    assertThatThrownBy(() -> new Hlc(0, Hlc.COUNTER_MAX + 1))
        .hasMessageContaining("no hybrid time");
  }
}
