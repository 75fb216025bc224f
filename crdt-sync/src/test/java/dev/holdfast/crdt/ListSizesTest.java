package dev.holdfast.crdt;

import static dev.holdfast.crdt.Trace.actor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * What positions cost, as steps and as bytes in a plain encoding: writers by their number in a
 * table, numbers as CBOR writes them, a path that an earlier element of the same text has by its
 * number. The figures of docs/0001.
 */
final class ListSizesTest {
  private static final int KEYS = 10_000;

  /** What a text costs. */
  private record Cost(int elements, double steps, int stepsMost, double alone, double inOne) {}

  @Test
  void typedOneAfterTheOther(TestReporter reporter) {
    Causal<CrdtList> text = Causal.of(CrdtList.EMPTY);
    for (int i = 0; i < KEYS; i++) {
      text = insert(text, 0, i);
    }

    Cost cost = told(reporter, "typed forwards", text);
    assertThat(cost.stepsMost()).isZero();
    assertThat(cost.inOne()).isLessThan(5);
  }

  @Test
  void typedBackwards(TestReporter reporter) {
    Causal<CrdtList> text = Causal.of(CrdtList.EMPTY);
    for (int i = 0; i < KEYS; i++) {
      text = insert(text, 0, 0);
    }

    assertThat(told(reporter, "typed backwards", text).stepsMost()).isZero();
  }

  /** As people write: words at one place, some taken back, then on at another place. */
  @Test
  void writtenAndCorrected(TestReporter reporter) {
    Causal<CrdtList> text = written(1, 30);

    Cost cost = told(reporter, "written by one, a jump every 30 keys", text);
    assertThat(cost.steps()).isLessThan(15);
    assertThat(cost.inOne()).isLessThan(12);
  }

  @Test
  void writtenByThree(TestReporter reporter) {
    told(reporter, "written by three, a jump every 30 keys", written(3, 30));
  }

  /** Each at a place drawn from all of the text. */
  @Test
  void scattered(TestReporter reporter) {
    told(reporter, "one writer, each key anywhere", written(1, 1));
  }

  /** Two writers by turns, each behind, or before, the other's last one. */
  @Test
  void byTurns(TestReporter reporter) {
    Causal<CrdtList> behind = Causal.of(CrdtList.EMPTY);
    Causal<CrdtList> before = Causal.of(CrdtList.EMPTY);
    Causal<CrdtList> within = insert(insert(Causal.of(CrdtList.EMPTY), 2, 0), 2, 1);
    for (int i = 0; i < KEYS; i++) {
      behind = insert(behind, i % 2, i);
      before = insert(before, i % 2, 0);
      within = insert(within, i % 2, 1 + i);
    }

    assertThat(told(reporter, "two by turns, each behind the other", behind).stepsMost())
        .isEqualTo(Position.DEEP);
    assertThat(told(reporter, "two by turns, each before the other", before).stepsMost())
        .isEqualTo(Position.DEEP);
    assertThat(told(reporter, "two by turns, inside of a text", within).stepsMost())
        .isEqualTo(Position.DEEP);
  }

  /** One writer, always between the last two: a step every two keys. */
  @Test
  void alwaysBetweenTheLastTwo(TestReporter reporter) {
    Causal<CrdtList> text = Causal.of(CrdtList.EMPTY);
    int at = 0;
    for (int i = 0; i < 1_000; i++) {
      text = insert(text, 0, at);
      at += i % 2;
    }

    told(reporter, "always between the last two, 1,000 keys (worst)", text);
  }

  private static Causal<CrdtList> written(int writers, int jump) {
    var random = new SplittableRandom(7);
    Causal<CrdtList> text = Causal.of(CrdtList.EMPTY);
    int at = 0;
    int who = 0;
    for (int i = 0; i < KEYS; i++) {
      int size = text.store().size();
      if (random.nextInt(jump) == 0) {
        at = random.nextInt(size + 1);
        who = random.nextInt(writers);
      }
      if (at > 0 && jump > 1 && random.nextInt(10) == 0) {
        at--;
        text = text.join(text.store().delete(text.next(actor(who)), at));
      } else {
        text = insert(text, who, at);
        at++;
      }
    }
    return text;
  }

  private static Causal<CrdtList> insert(Causal<CrdtList> text, int who, int at) {
    Dot dot = text.next(actor(who));
    return text.join(text.store().insert(dot, at, Octets.EMPTY));
  }

  private static Cost told(TestReporter reporter, String what, Causal<CrdtList> text) {
    List<Position> positions = text.store().positions();
    Map<Object, Integer> known = new HashMap<>();
    long steps = 0;
    int most = 0;
    long alone = 0;
    long inOne = 0;
    for (Position position : positions) {
      int path = position.path().stream().mapToInt(ListSizesTest::size).sum();
      int last = size(position.waypoint()) + size(position.index());
      steps += position.path().size();
      most = Math.max(most, position.path().size());
      alone += 1 + path + last;
      // a waypoint's path is said once, as the waypoint beside which it opened and the rest
      Integer number = known.get(position.waypoint());
      if (number == null) {
        number = known.size();
        known.put(position.waypoint(), number);
        inOne += size(position.waypoint()) + rest(position, known);
      }
      inOne += size(number) + size(position.index());
    }
    int n = positions.size();
    var cost = new Cost(n, (double) steps / n, most, (double) alone / n, (double) inOne / n);
    reporter.publishEntry(
        what,
        "%d elements, steps %.1f, most %d; bytes a position: alone %.1f, in one block %.1f"
            .formatted(n, cost.steps(), most, cost.alone(), cost.inOne()));
    return cost;
  }

  /** The steps behind the last waypoint on the way that was named already. */
  private static int rest(Position position, Map<Object, Integer> known) {
    List<Position.Step> path = new ArrayList<>(position.path());
    int bytes = 1;
    while (!path.isEmpty()) {
      Position.Step step = path.removeLast();
      Integer number = known.get(step.waypoint());
      if (number != null) {
        return bytes + size(number) + size(step.index()) + 1;
      }
      known.put(step.waypoint(), known.size());
      bytes += size(step);
    }
    return bytes;
  }

  private static int size(Position.Step step) {
    return size(step.waypoint()) + size(step.index());
  }

  /** A writer's number in a table of up to 12, with the side in it, and a sequence number. */
  private static int size(Dot dot) {
    return 1 + size(dot.sequence());
  }

  /** As CBOR writes it, one's complement if negative. */
  private static int size(long number) {
    long n = number < 0 ? ~number : number;
    return n < 24 ? 1 : n < 256 ? 2 : n < 65_536 ? 3 : n < 1L << 32 ? 5 : 9;
  }
}
