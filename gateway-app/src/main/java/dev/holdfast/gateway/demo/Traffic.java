package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.TrafficClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the demo sends: for each turn of the plan the same mix of sizes and classes, at times and in
 * an order that the seed decides. Pure.
 */
final class Traffic {
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  /** A kind of bundle in the mix of one direction and turn. */
  private record Kind(int count, TrafficClass trafficClass, long smallest, long largest) {}

  private static final List<Kind> MIX =
      List.of(
          new Kind(6, TrafficClass.URGENT, 100, 1 * KIB),
          new Kind(8, TrafficClass.EXPEDITED, 100, 16 * KIB),
          new Kind(12, TrafficClass.NORMAL, 100, 256 * KIB),
          new Kind(2, TrafficClass.NORMAL, 1 * MIB, 4 * MIB),
          new Kind(1, TrafficClass.BULK, 8 * MIB, 16 * MIB));

  private static final long GIANT = 64 * MIB;

  private final SplitMix random;
  private final double turnSeconds;
  private final List<Consignment> consignments = new ArrayList<>();

  private Traffic(long seed, double turnSeconds) {
    this.random = new SplitMix(seed);
    this.turnSeconds = turnSeconds;
  }

  /**
   * The traffic of a run, by time of sending. The largest bundles (64 MiB, one each way) go early
   * in every third turn, beginning with the first.
   *
   * @param seed decides sizes, times and contents
   * @param turnSeconds length of one turn of the plan, in seconds
   * @param turns how many turns are to have traffic, 1 or more
   */
  static List<Consignment> of(long seed, double turnSeconds, int turns) {
    Traffic traffic = new Traffic(seed, turnSeconds);
    for (int turn = 0; turn < turns; turn++) {
      traffic.addTurn(turn, Site.EARTH, Site.MARS);
      traffic.addTurn(turn, Site.MARS, Site.EARTH);
    }
    return traffic.numbered();
  }

  private void addTurn(int turn, Site from, Site to) {
    for (Kind kind : MIX) {
      for (int i = 0; i < kind.count; i++) {
        long size = kind.smallest + random.below(kind.largest - kind.smallest + 1);
        double due = (turn + random.below(1_000_000) / 1e6) * turnSeconds;
        add(from, to, kind.trafficClass, i == 0 ? kind.smallest : size, due);
      }
    }
    if (turn % 3 == 0) {
      double due = (turn + 0.05 + random.below(100_000) / 1e6) * turnSeconds;
      add(from, to, TrafficClass.BULK, GIANT, due);
    }
  }

  private void add(Site from, Site to, TrafficClass trafficClass, long size, double due) {
    consignments.add(new Consignment(0, from, to, trafficClass, size, random.nextLong(), due));
  }

  private List<Consignment> numbered() {
    consignments.sort(Comparator.comparingDouble(Consignment::dueSeconds));
    List<Consignment> numbered = new ArrayList<>();
    for (Consignment c : consignments) {
      numbered.add(
          new Consignment(
              numbered.size() + 1,
              c.from(),
              c.to(),
              c.trafficClass(),
              c.size(),
              c.seed(),
              c.dueSeconds()));
    }
    return List.copyOf(numbered);
  }
}
