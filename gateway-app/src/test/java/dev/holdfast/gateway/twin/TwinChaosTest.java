package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static dev.holdfast.gateway.twin.TwinNet.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Days of random contacts, writes, lost and doubled bundles and crashes: in the end all regions
 * hold the same; every second seed forgets what is longer ago. {@code -Dholdfast.twins.seeds=N} for
 * more seeds.
 */
class TwinChaosTest {
  private static final long SEEDS = Long.getLong("holdfast.twins.seeds", 4);
  private static final long FIRST = Long.getLong("holdfast.twins.first", 1);
  private static final long DAYS = 12;

  private final Map<Integer, MemoryBundleStore> copies = new TreeMap<>();

  static LongStream seeds() {
    return LongStream.range(FIRST, FIRST + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allAreEqualInTheEnd(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 3 + random.nextInt(4);
    TwinNet net = net(seed, count, random);
    for (int step = 0; step < 150; step++) {
      net.until(step * DAYS * DAY / 150);
      step(net, 1 + random.nextInt(count), random);
    }
    heal(net, count);
    net.until(DAYS * DAY + 3 * DAY);
    String root = net.status(1, OPEN).root();
    assertTrue(net.status(1, OPEN).entries() > 0, "seed " + seed);
    for (int n = 2; n <= count; n++) {
      assertEquals(root, net.status(n, OPEN).root(), "seed " + seed + ", region " + n);
    }
    for (int n = 1; n <= count; n++) {
      List<String> others =
          net.twins(n).notes().stream()
              .filter(it -> !it.contains("RESTORED") && !it.contains("KEY_MISSING"))
              .toList();
      assertEquals(List.of(), others, "seed " + seed + ", region " + n);
    }
  }

  /** A line of regions, so that none is unreachable, and some contacts across. */
  private static TwinNet net(long seed, int count, SplittableRandom random) {
    TwinNet net = new TwinNet(seed, count);
    if (seed % 2 == 0) {
      var _ = net.history(new ClassSync.History(4, 20, 3));
    }
    for (int n = 1; n < count; n++) {
      for (int i = 0; i < 8; i++) {
        long from = i * DAYS * DAY / 8 + random.nextLong(DAYS * DAY / 8 - 2 * HOUR);
        var _ = net.contact(n, n + 1, from, from + 300 + random.nextLong(HOUR), light(n));
      }
      for (long hour = 0; hour < 3 * 24; hour += 3) {
        long from = DAYS * DAY + hour * HOUR + n * 900;
        var _ = net.contact(n, n + 1, from, from + 800, light(n));
      }
    }
    var _ = net.start();
    for (int n = 1; n < count; n++) {
      Disturbance disturbance =
          random.nextBoolean()
              ? Disturbance.loss(0.05 * random.nextInt(4))
              : Disturbance.duplication(0.2);
      net.wire(n, n + 1).forth().disturb("test", disturbance);
      net.wire(n, n + 1).back().disturb("test", disturbance);
    }
    return net;
  }

  private static long light(int n) {
    return new long[] {20, 1_300, 480_000, 0, 60_000, 5}[n % 6];
  }

  private static void heal(TwinNet net, int count) {
    for (int n = 1; n < count; n++) {
      net.wire(n, n + 1).forth().disturb("test", Disturbance.none());
      net.wire(n, n + 1).back().disturb("test", Disturbance.none());
    }
  }

  private void step(TwinNet net, int n, SplittableRandom random) {
    String thing = "org.example:t" + random.nextInt(8);
    String path = "attributes/a" + random.nextInt(4);
    switch (random.nextInt(13)) {
      case 0 -> net.twins(n).ask(TwinNet.deleting(thing, ""), _ -> {});
      case 1 -> net.twins(n).ask(TwinNet.deleting(thing, path), _ -> {});
      case 2, 3 -> net.twins(n).ask(TwinNet.putting(thing, "", "{\"attributes\":{}}"), _ -> {});
      case 4 -> {
        var points = Crash.Point.values();
        var point = points[random.nextInt(points.length)];
        long down = random.nextLong(600_000_000_000L);
        net.node(n).crash(new Crash(point, random.nextDouble(), down, random.nextBoolean()));
      }
      case 5 -> copies.put(n, net.node(n).snapshot());
      case 6 -> {
        MemoryBundleStore copy = random.nextInt(3) == 0 ? copies.remove(n) : null;
        if (copy != null) {
          net.node(n).restore(copy, new Crash(Crash.Point.NOW, 0, 60_000_000_000L, true));
        }
      }
      case 7 ->
          net.twins(n)
              .ask(TwinNet.putting(thing, path, "{\"$set\":[" + random.nextInt(9) + "]}"), _ -> {});
      default -> net.twins(n).ask(TwinNet.putting(thing, path, "" + random.nextInt(100)), _ -> {});
    }
  }
}
