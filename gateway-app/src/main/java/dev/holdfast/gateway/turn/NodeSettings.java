package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.gateway.link.LinkId;
import java.util.List;
import java.util.Optional;

/**
 * What the node is told at its start; nothing of it changes while it runs.
 *
 * @param nodes its identities, the first being the one it speaks of itself by
 * @param links its configured links
 * @param routes static routes, the first that matches counts
 * @param echoServices service numbers (as text, or demux of a dtn name) that send back what they
 *     get; 2047 is always one
 * @param endpoints endpoints registered from the start
 * @param reports which status reports may be made, and how many
 * @param limits limits on what is held and done
 * @param contacts how contacts are handled
 * @param opportunistic how bundles spread over contacts that nobody planned
 * @param trafficType type code of the traffic class block in bundles made here
 */
public record NodeSettings(
    List<NodeId> nodes,
    List<LinkSettings> links,
    List<StaticRoute> routes,
    List<String> echoServices,
    List<Eid> endpoints,
    ReportSettings reports,
    HoldLimits limits,
    ContactSettings contacts,
    OpportunisticSettings opportunistic,
    long trafficType) {

  /** Keeps copies; at least one identity is needed. */
  public NodeSettings {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a node has at least one identity");
    }
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    routes = List.copyOf(routes);
    echoServices = List.copyOf(echoServices);
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Where bundles go whatever the plan says.
   *
   * @param destination pattern of destinations
   * @param via the link
   */
  public record StaticRoute(EidPattern destination, LinkId via) {}

  /**
   * Status reports.
   *
   * @param allowed report flags (of {@code BundleFlags}) that are honoured; 0 for none
   * @param perSecond most reports made in a second, the rest are counted and not made
   */
  public record ReportSettings(long allowed, int perSecond) {}

  /**
   * Limits on what is held and done.
   *
   * @param bytes most bundle bytes held
   * @param bundles most bundles held
   * @param lifetimeMillis longest time a bundle is held whatever its lifetime says, in milliseconds
   * @param loadedPerQueue most bundles of one queue known in memory
   * @param rememberMillis longest time a bundle that is gone is remembered
   */
  public record HoldLimits(
      long bytes, long bundles, long lifetimeMillis, int loadedPerQueue, long rememberMillis) {
    /** 64 GiB, 10 million bundles, no cut of lifetimes. */
    public static final HoldLimits DEFAULT =
        new HoldLimits(64L << 30, 10_000_000, Long.MAX_VALUE, 1024, Long.MAX_VALUE);
  }

  /**
   * How contacts are handled.
   *
   * @param onUntrustedClock whether contacts open although the wall clock cannot be trusted
   * @param drainGraceMillis how long after a contact (and its light time both ways)
   *     acknowledgements may still come in
   * @param missedAfterMillis how long into a contact, beyond twice the light time there and back, a
   *     neighbour may be silent before the contact counts as missed
   * @param overheadPercent what the convergence layer adds to a bundle, in percent, at least 100
   *     bytes (CCSDS 734.3-B-1 §2.4.3)
   * @param leastFragment smallest payload part worth sending as a fragment, in bytes
   * @param planHorizonMillis how long before the plan's last contact ends it is told that the plan
   *     runs out; 0 for never
   * @param owltMargin added to the plan's light times when routes are sought
   * @param forecast whether and how congestion is foreseen
   */
  public record ContactSettings(
      boolean onUntrustedClock,
      long drainGraceMillis,
      long missedAfterMillis,
      int overheadPercent,
      int leastFragment,
      long planHorizonMillis,
      OwltMargin owltMargin,
      ForecastSettings forecast) {
    /**
     * Trusted clocks only, 2 s of grace, missed after a minute, 3 percent, 1 KiB, no alarm, no
     * margin, no forecast.
     */
    public static final ContactSettings DEFAULT =
        new ContactSettings(
            false, 2_000, 60_000, 3, 1024, 0, OwltMargin.NONE, ForecastSettings.OFF);

    /** The same with a margin. */
    public ContactSettings with(OwltMargin margin) {
      return new ContactSettings(
          onUntrustedClock,
          drainGraceMillis,
          missedAfterMillis,
          overheadPercent,
          leastFragment,
          planHorizonMillis,
          margin,
          forecast);
    }

    /** The same with a forecast. */
    public ContactSettings with(ForecastSettings foreseeing) {
      return new ContactSettings(
          onUntrustedClock,
          drainGraceMillis,
          missedAfterMillis,
          overheadPercent,
          leastFragment,
          planHorizonMillis,
          owltMargin,
          foreseeing);
    }
  }

  /**
   * How congestion is foreseen.
   *
   * @param horizonMillis how far ahead
   * @param everyMillis how often; 0 for never
   * @param windowMillis how much of the past tells what traffic will come
   */
  public record ForecastSettings(long horizonMillis, long everyMillis, long windowMillis) {
    /** Never. */
    public static final ForecastSettings OFF = new ForecastSettings(0, 0, 0);

    /** Whether congestion is not foreseen. */
    public boolean isOff() {
      return everyMillis == 0;
    }
  }

  /** The identity it speaks of itself by. */
  public NodeId node() {
    return nodes.getFirst();
  }

  /** Whether {@code endpoint} is one of this node's. */
  public boolean isLocal(Eid endpoint) {
    if (endpoint instanceof IpnEid ipn && ipn.allocator() == 0 && ipn.node() == 0xffff_ffffL) {
      return true; // RFC 9758 §3.4.2: LocalNode
    }
    Optional<NodeId> node = endpoint.nodeId();
    return node.isPresent() && nodes.contains(node.get());
  }

  /** This node's administrative endpoint in the scheme of {@code other}, or its first. */
  public Eid administrative(Eid other) {
    for (NodeId node : nodes) {
      if (node.eid().getClass() == other.getClass()) {
        return node.eid();
      }
    }
    return node().eid();
  }
}
