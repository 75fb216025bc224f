package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.eid.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration, every default filled in.
 *
 * @param node who this gateway is (key {@code node}): {@code ipn:1} or {@code dtn://earth/}. No
 *     default. Bundles already made carry it, and neighbours' plans and routes name it: moving it
 *     makes another node of it
 * @param alsoKnownAs further identities of this gateway; default none. Bundles for any of them are
 *     delivered here. Some neighbours understand one scheme only; each identity costs nothing but
 *     the plans that must name the right one
 * @param store what is held and how much
 * @param clock how far the wall clock is believed
 * @param plan the contact plan; default none, then only links with {@code schedule: always} open
 * @param contacts how contacts are used
 * @param opportunistic how bundles spread over contacts that nobody planned
 * @param listen where neighbours may connect; default nowhere
 * @param links the ways to neighbours; default none
 * @param routes static routes, the first that matches counts; default none. They go before the
 *     plan: a bundle that matches waits for that link although the plan may know a faster way
 * @param endpoints endpoints of this node
 * @param defaults what a submitted bundle gets when its sender does not say
 * @param reports which status reports this node makes
 * @param trafficBlockType block type number of the traffic class block, 192..255 or 11..2^31-1;
 *     default 224. Neighbours that use another number see an unknown block and ignore the class;
 *     193 is ION's, 192 and 194 go with opportunistic routing, and cannot be taken
 * @param twins twins, and with whom they are kept in step; default none
 * @param api the HTTP interface
 * @param log what is written about the run
 * @param record what of the links is recorded
 */
public record GatewayConfig(
    NodeId node,
    List<NodeId> alsoKnownAs,
    StoreConfig store,
    ClockConfig clock,
    Optional<PlanConfig> plan,
    ContactsConfig contacts,
    OpportunisticConfig opportunistic,
    ListenConfig listen,
    List<LinkConfig> links,
    List<RouteConfig> routes,
    EndpointsConfig endpoints,
    DefaultsConfig defaults,
    ReportsConfig reports,
    long trafficBlockType,
    Optional<TwinsConfig> twins,
    ApiConfig api,
    LogConfig log,
    RecordConfig record) {

  /** Keeps unmodifiable copies. */
  public GatewayConfig {
    alsoKnownAs = List.copyOf(alsoKnownAs);
    links = List.copyOf(links);
    routes = List.copyOf(routes);
  }
}
