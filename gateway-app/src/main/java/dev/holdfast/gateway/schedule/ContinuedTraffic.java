package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.gateway.schedule.TrafficWindow.Rate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The traffic of late as flows that go on as evenly: bundles of the average size at the average
 * distance, several as one where they are many. What is not told apart goes where the rest of its
 * class goes.
 */
final class ContinuedTraffic {
  /** Steps of a forecast for all flows together, and with large plans, whose searches take long. */
  private static final long MOST_STEPS = 16_384;

  private static final long FEWEST_STEPS = 2_048;

  /** Contacts of a plan up to which it is {@link #MOST_STEPS}. */
  private static final long SMALL_PLAN = 8_192;

  private static final long LEAST_STEPS = 32;

  private final NodeNumber self;
  private final DtnTime now;
  private final DtnTime until;
  private final long allSteps;

  ContinuedTraffic(NodeNumber self, DtnTime now, DtnTime until, long allSteps) {
    this.self = self;
    this.now = now;
    this.until = until;
    this.allSteps = allSteps;
  }

  /** How many steps a forecast for a plan of that size may take. */
  static long stepsFor(int contacts) {
    return Math.clamp(MOST_STEPS * SMALL_PLAN / Math.max(1, contacts), FEWEST_STEPS, MOST_STEPS);
  }

  /** Traffic, and the node that it goes to by the plan; this node if it stays. */
  record Way(Rate rate, NodeNumber to) {}

  /** The flows. */
  List<Flow> flows(List<Way> ways, List<Rate> lumped) {
    Map<TrafficClass, Double> factors = factors(ways, lumped);
    double all = 0;
    for (Way way : ways) {
      all += bundlesAhead(way.rate, factors);
    }
    List<Flow> flows = new ArrayList<>();
    for (Way way : ways) {
      double bundles = bundlesAhead(way.rate, factors);
      long steps = Math.max(LEAST_STEPS, (long) (allSteps * (bundles / all)));
      long batch = Math.max(1, (long) Math.ceil(bundles / steps));
      double every = until.since(now) / bundles * batch;
      long count = (long) (bundles / batch);
      if (count > 0) {
        long first = Math.max(1, (long) (every * (flows.size() + 1) / ways.size()));
        flows.add(flow(way, now.plus(first), Math.max(1, (long) every), count, batch));
      }
    }
    return flows;
  }

  private Flow flow(Way way, DtnTime first, long every, long count, long batch) {
    Rate rate = way.rate;
    return new Flow(
        self,
        way.to,
        first,
        every,
        count,
        Math.max(1, rate.bytes() / rate.bundles()),
        rate.trafficClass(),
        rate.lifetimeMillis(),
        batch,
        rate.mayCut());
  }

  private double bundlesAhead(Rate rate, Map<TrafficClass, Double> factors) {
    double share = (double) until.since(now) / rate.overMillis();
    return rate.bundles() * share * factors.getOrDefault(rate.trafficClass(), 1.0);
  }

  /** By how much more each class comes than what is told apart. */
  private static Map<TrafficClass, Double> factors(List<Way> ways, List<Rate> lumped) {
    Map<TrafficClass, Double> factors = new EnumMap<>(TrafficClass.class);
    double known = ways.stream().mapToDouble(way -> way.rate.bytes()).sum();
    double homeless = 0;
    for (Rate lump : lumped) {
      double alike =
          ways.stream()
              .filter(way -> way.rate.trafficClass() == lump.trafficClass())
              .mapToDouble(way -> way.rate.bytes())
              .sum();
      if (alike > 0) {
        factors.put(lump.trafficClass(), (alike + lump.bytes()) / alike);
      } else {
        homeless += lump.bytes();
      }
    }
    if (homeless > 0 && known > 0) {
      double more = (known + homeless) / known;
      for (TrafficClass c : TrafficClass.values()) {
        factors.put(c, factors.getOrDefault(c, 1.0) * more);
      }
    }
    return factors;
  }
}
