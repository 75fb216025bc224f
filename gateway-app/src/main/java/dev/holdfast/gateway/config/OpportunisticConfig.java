package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.EidPattern;
import java.time.Duration;
import java.util.List;

/**
 * How bundles spread over contacts that nobody planned: sessions with neighbours that no link names
 * ({@code listen.tcpcl.unknownPeers: accept}), and links with {@code schedule: always}.
 *
 * @param policies for which destinations, the first that matches counts; default none, then a
 *     neighbour that comes unplanned gets only what is for itself
 * @param bytesPerExchange most bundle bytes given to one neighbour between two exchanges; default
 *     256MiB, from 1KiB. Lower: a long visit does not take all the rate of a link
 * @param kept most bundle bytes kept of which a neighbour already has a copy; default 4GiB. Beyond
 *     it, and when the store is full, the ones given first are released. Lower: fewer neighbours
 *     get a copy
 * @param summaryBundles most bundles in a summary vector and known of each neighbour; default 4096,
 *     from 16 to 7000. Lower: neighbours send bundles that are here already
 * @param nodes most nodes with a delivery predictability; default 1024, from 1 to 65535
 * @param exchangeEvery how often summaries are exchanged while a neighbour is there; default 5m,
 *     from 1s
 * @param summaryWait how long a neighbour's summary is waited for before copies go anyway; default
 *     2s. Lower: more copies of what it has; higher: short visits are lost
 * @param prophet how delivery predictabilities come about
 */
public record OpportunisticConfig(
    List<Policy> policies,
    long bytesPerExchange,
    long kept,
    int summaryBundles,
    int nodes,
    Duration exchangeEvery,
    Duration summaryWait,
    Prophet prophet) {
  /** Keeps an unmodifiable copy. */
  public OpportunisticConfig {
    policies = List.copyOf(policies);
  }

  /** To whom copies go. */
  public enum Method {
    /** To every neighbour that does not have the bundle. */
    EPIDEMIC,
    /** To neighbours that are more likely to deliver it (RFC 6693). */
    PROPHET,
    /** Half of the copies that are left to any neighbour, until one is left. */
    SPRAY
  }

  /** When copies go. */
  public enum When {
    /** While neither a static route nor the plan has a way. */
    NO_WAY,
    /** Beside any other way. */
    ALWAYS
  }

  /**
   * The way of some bundles.
   *
   * @param to their destinations: {@code ipn:3.*}, {@code dtn://mars/**}, {@code *:**} for all
   * @param method to whom copies go
   * @param copies by {@code spray} how many copies a bundle begins with, default 8; by the others
   *     how many are given from here at most, default 64 ({@code epidemic}) and 16 ({@code
   *     prophet}); 1 to 1000000
   * @param when default {@code no-way}
   */
  public record Policy(EidPattern to, Method method, int copies, When when) {}

  /**
   * Delivery predictabilities (RFC 6693 §2.1.2); the defaults are those of §3.3.
   *
   * @param encounterMax what an encounter adds at most; default 0.7
   * @param encounterFirst predictability after a first encounter; default 0.5
   * @param firstThreshold below it an encounter counts as a first one again; default 0.1
   * @param beta weight of whom a neighbour meets; default 0.9
   * @param gamma what is left of a predictability after one time unit; default 0.999
   * @param delta how much less than 1 a predictability always is; default 0.01
   * @param timeUnit default 1m, from 1ms
   * @param typicalInterval encounters that come sooner than this after the last add less; default
   *     30m, from 1ms
   */
  public record Prophet(
      double encounterMax,
      double encounterFirst,
      double firstThreshold,
      double beta,
      double gamma,
      double delta,
      Duration timeUnit,
      Duration typicalInterval) {}
}
