package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whether a bundle comes to a node twice. Nodes that decide each for itself, by the same plan and
 * the best route of all, send no bundle in a circle while there is volume for all of them. Where
 * there is not, a node knows what it booked itself and not what others did: a bundle may find a
 * contact full that was free as seen from elsewhere, and turn round. It never turns for ever, since
 * time goes on with each hop and the plan and its lifetime end.
 */
class LoopFreedomTest {
  private static final int NODES = 8;
  private static final int BUNDLES = 60;

  /** A run: bundles made, bundles delivered, arrivals at a node that had the bundle before. */
  private record Outcome(int made, int delivered, int revisits, int most) {
    Outcome plus(Outcome other) {
      return new Outcome(
          made + other.made,
          delivered + other.delivered,
          revisits + other.revisits,
          Math.max(most, other.most));
    }
  }

  private static Outcome run(int seed, long lightMillis, long rate, int bytes) {
    SplittableRandom random = new SplittableRandom(0x100FL << 32 | seed);
    Net net = Net.planned(seed);
    for (int a = 1; a <= NODES; a++) {
      for (int b = a + 1; b <= NODES; b++) {
        if (random.nextInt(3) == 0) {
          long start = random.nextInt(60);
          while (start < 3_600) {
            long end = start + 20 + random.nextInt(200);
            net.contact(a, b, start, end, rate, lightMillis);
            start = end + 1 + random.nextInt(900);
          }
        }
      }
    }
    net.asPlanned(lightMillis, rate).start();
    int made = 0;
    for (int i = 0; i < BUNDLES; i++) {
      int from = 1 + random.nextInt(NODES);
      int to = 1 + (from + random.nextInt(NODES - 1)) % NODES;
      if (net.has(from) && net.has(to)) {
        net.node(from)
            .ask(
                Net.whole(
                    Net.submit(
                        Net.endpoint(from, 1), Net.endpoint(to, 1), bytes, TrafficClass.NORMAL),
                    TrafficClass.NORMAL,
                    false));
        made++;
      }
      net.world().run(random.nextInt(40_000));
    }
    net.world().run(4_000_000);
    return counted(net, made);
  }

  private static Outcome counted(Net net, int made) {
    Map<BundleId, Map<Integer, Integer>> arrivals = new HashMap<>();
    TreeSet<String> delivered = new TreeSet<>();
    for (int node = 1; node <= NODES; node++) {
      for (JournalEntry entry : net.has(node) ? net.journal(node) : List.<JournalEntry>of()) {
        if (entry.kind() == Kind.RECEIVED || entry.kind() == Kind.SUBMITTED) {
          arrivals
              .computeIfAbsent(entry.bundle().orElseThrow().original(), id -> new HashMap<>())
              .merge(node, 1, Integer::sum);
        }
      }
      if (net.has(node)) {
        net.drain(node, Net.endpoint(node, 1))
            .forEach(d -> delivered.add(d.bundle().id().toString()));
      }
    }
    int revisits = 0;
    int most = 0;
    for (Map<Integer, Integer> nodes : arrivals.values()) {
      for (int times : nodes.values()) {
        revisits += times - 1;
        most = Math.max(most, times - 1);
      }
    }
    return new Outcome(made, delivered.size(), revisits, most);
  }

  private static Outcome runs(int seeds, long lightMillis, long rate, int bytes) {
    Optional<Outcome> all = Optional.empty();
    for (int seed = 0; seed < seeds; seed++) {
      Outcome one = run(seed, lightMillis, rate, bytes);
      all = Optional.of(all.map(one::plus).orElse(one));
    }
    return all.orElseThrow();
  }

  @Test
  void noBundleComesToANodeTwiceWhileThereIsVolume() {
    Outcome outcome = runs(40, 300, 1_000_000, 100);
    assertThat(outcome.revisits).isZero();
    assertThat(outcome.delivered).isGreaterThan(outcome.made / 2);
  }

  @Test
  void norWithoutLightTime() {
    Outcome outcome = runs(40, 0, 1_000_000, 100);
    assertThat(outcome.revisits).isZero();
    assertThat(outcome.delivered).isGreaterThan(outcome.made / 2);
  }

  @Test
  void whereContactsAreFullAFewTurnRoundAndNoneForEver() {
    Outcome outcome = runs(40, 300, 1_000, 30_000);
    assertThat(outcome.revisits).isLessThan(outcome.made / 20);
    assertThat(outcome.most).isLessThan(3);
    assertThat(outcome.delivered).isGreaterThan(outcome.made / 4);
  }
}
