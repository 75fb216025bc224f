package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import java.util.List;
import java.util.Optional;

/**
 * How bundles spread over contacts that nobody planned.
 *
 * @param policies for which destinations, the first that matches counts; none for no spreading
 * @param limits what it may cost
 * @param prophet how delivery predictabilities come about
 */
public record OpportunisticSettings(List<Policy> policies, SpreadLimits limits, Prophet prophet) {
  /** No spreading. */
  public static final OpportunisticSettings NONE =
      new OpportunisticSettings(List.of(), SpreadLimits.DEFAULT, Prophet.RFC6693);

  /** Keeps a copy. */
  public OpportunisticSettings {
    policies = List.copyOf(policies);
  }

  /** To whom copies go. */
  public enum Method {
    /** To every neighbour that does not have the bundle yet. */
    EPIDEMIC,
    /** To neighbours that are more likely to deliver it (RFC 6693, forwarding strategy GTMX). */
    PROPHET,
    /** To any neighbour half of the copies that are left, until one is left (spray and wait). */
    SPRAY
  }

  /**
   * The way of some bundles.
   *
   * @param to their destinations
   * @param method to whom copies go
   * @param copies by {@code SPRAY} how many copies a bundle begins with; by the others how many are
   *     given from here at most
   * @param besidePlan whether copies spread although a static route or the plan has a way
   */
  public record Policy(EidPattern to, Method method, int copies, boolean besidePlan) {}

  /**
   * What spreading may cost.
   *
   * @param bytesPerExchange most bundle bytes given to one neighbour between two exchanges
   * @param keptBytes most bundle bytes kept here of which a neighbour already has a copy
   * @param summaryBundles most bundles in a summary vector, and known of each neighbour
   * @param nodes most nodes that a delivery predictability is known for
   * @param exchangeEveryMillis how often summaries are exchanged while a neighbour is there
   * @param summaryWaitMillis how long a neighbour's summary is waited for before copies go anyway
   */
  public record SpreadLimits(
      long bytesPerExchange,
      long keptBytes,
      int summaryBundles,
      int nodes,
      long exchangeEveryMillis,
      long summaryWaitMillis) {
    /** 256 MiB, 4 GiB, 4,096 bundles, 1,024 nodes, 5 minutes, 2 seconds. */
    public static final SpreadLimits DEFAULT =
        new SpreadLimits(256L << 20, 4L << 30, 4_096, 1_024, 300_000, 2_000);
  }

  /**
   * Parameters of RFC 6693 §2.1.2 and §3.3.
   *
   * @param encounterMax what an encounter adds at most, 0..1
   * @param encounterFirst predictability after a first encounter, 0..1
   * @param firstThreshold below it the next encounter counts as a first one, 0..1
   * @param beta weight of what a neighbour can reach, 0..1
   * @param gamma what is left of a predictability after one time unit, 0..1
   * @param delta how much less than 1 a predictability always is, 0..1
   * @param timeUnitMillis the time unit of ageing
   * @param typicalIntervalMillis encounters that come sooner than this add less
   */
  public record Prophet(
      double encounterMax,
      double encounterFirst,
      double firstThreshold,
      double beta,
      double gamma,
      double delta,
      long timeUnitMillis,
      long typicalIntervalMillis) {
    /** The defaults of RFC 6693 §3.3, ageing by the minute, typically half an hour apart. */
    public static final Prophet RFC6693 =
        new Prophet(0.7, 0.5, 0.1, 0.9, 0.999, 0.01, 60_000, 1_800_000);
  }

  /** The way of bundles to that endpoint, if they spread. */
  public Optional<Policy> policy(Eid destination) {
    for (Policy policy : policies) {
      if (policy.to().matches(destination)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /** Whether nothing spreads. */
  public boolean isOff() {
    return policies.isEmpty();
  }
}
