package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.sim.Flaws;
import dev.holdfast.gateway.sim.HostileNode;
import dev.holdfast.gateway.sim.LinkOwner;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The world of a scenario: its nodes with their settings, and the links between them. */
final class Network {
  private static final long BYTES_IN_FLIGHT = 64L << 20;
  private static final int TRAFFIC_TYPE = 224;
  private static final int REPORTS_PER_SECOND = 1_000;
  private static final int LOADED = 1_024;
  private static final long MOST_BUNDLES = 10_000_000;

  private final Scenario scenario;
  private final SimWorld world;
  private final Map<String, LinkOwner> owners = new LinkedHashMap<>();
  private final Map<String, HostileNode> hostile = new LinkedHashMap<>();

  private Network(Scenario scenario, SimWorld world) {
    this.scenario = scenario;
    this.world = world;
  }

  /** Builds all of it; {@code flaws} says how each node is run. */
  static Network build(Scenario scenario, SimWorld world, UnaryOperator<Flaws> flaws) {
    Network network = new Network(scenario, world);
    for (NodeSpec node : scenario.nodes()) {
      network.add(node, flaws);
    }
    for (LinkSpec link : scenario.links()) {
      network.join(link);
    }
    return network;
  }

  private void add(NodeSpec node, UnaryOperator<Flaws> flaws) {
    if (node.hostile().isPresent()) {
      HostileNode liar = world.hostile(node.name(), node.id(), node.hostile().get());
      hostile.put(node.name(), liar);
      owners.put(node.name(), liar);
      return;
    }
    SimNode real =
        world.add(node.name(), settings(node), flaws.apply(Flaws.synced(node.syncNanos())));
    real.drift(node.driftPpm());
    owners.put(node.name(), real);
  }

  private NodeSettings settings(NodeSpec node) {
    List<LinkSettings> links = new ArrayList<>();
    List<NodeSettings.StaticRoute> routes = new ArrayList<>();
    for (LinkSpec link : scenario.links()) {
      boolean first = link.first().equals(node.name());
      if (first || link.second().equals(node.name())) {
        String other = first ? link.second() : link.first();
        links.add(settings(link, other));
        (first ? link.routes() : link.routesBack())
            .forEach(to -> routes.add(new NodeSettings.StaticRoute(to, linkTo(other))));
      }
    }
    return new NodeSettings(
        List.of(node.id()),
        links,
        routes,
        List.of(),
        List.of(),
        new NodeSettings.ReportSettings(0, REPORTS_PER_SECOND),
        new NodeSettings.HoldLimits(
            node.holdBytes(), MOST_BUNDLES, Long.MAX_VALUE, LOADED, Long.MAX_VALUE),
        NodeSettings.ContactSettings.DEFAULT,
        OpportunisticSettings.NONE,
        TRAFFIC_TYPE);
  }

  private LinkSettings settings(LinkSpec link, String other) {
    Link.Confirmation confirmation = protocol(link).confirmation();
    return new LinkSettings(
        linkTo(other),
        Optional.of(idOf(other)),
        link.always() ? LinkSettings.Schedule.ALWAYS : LinkSettings.Schedule.PLAN,
        0,
        confirmation,
        false,
        BYTES_IN_FLIGHT);
  }

  private NodeId idOf(String name) {
    return scenario.nodes().stream()
        .filter(n -> n.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node is called " + name))
        .id();
  }

  /** The convergence layer of a link. */
  static SimProtocol protocol(LinkSpec link) {
    return SimProtocol.all().stream()
        .filter(p -> p.name().equals(link.protocol()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no convergence layer: " + link.protocol()));
  }

  private void join(LinkSpec link) {
    LinkOwner first = owner(link.first());
    LinkOwner second = owner(link.second());
    SimWorld.Wire _ =
        world.join(
            protocol(link),
            new SimWorld.End(first, linkTo(link.second()), link.channel()),
            new SimWorld.End(second, linkTo(link.first()), link.channel()));
  }

  private LinkOwner owner(String name) {
    return Optional.ofNullable(owners.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no node is called " + name));
  }

  /** How a node calls its link to another. */
  static LinkId linkTo(String other) {
    return new LinkId("to-" + other);
  }

  /** The number of an {@code ipn} node. */
  static Optional<NodeNumber> numberOf(NodeId node) {
    return node.eid() instanceof IpnEid ipn
        ? Optional.of(new NodeNumber(ipn.qualifiedNode()))
        : Optional.empty();
  }

  /** The number of a node of that name. */
  Optional<NodeNumber> numberOf(String name) {
    return numberOf(idOf(name));
  }

  /** The name of the node with that name or number. */
  Optional<String> named(String nameOrNumber) {
    return scenario.nodes().stream()
        .filter(
            n ->
                n.name().equals(nameOrNumber)
                    || numberOf(n.id()).map(NodeNumber::toString).equals(Optional.of(nameOrNumber)))
        .map(NodeSpec::name)
        .findFirst();
  }

  /** {@code node link} of every neighbour that lies and throws away what it answers for. */
  Set<String> unreliable() {
    Set<String> links = new LinkedHashSet<>();
    for (LinkSpec link : scenario.links()) {
      if (hostile.containsKey(link.second())) {
        links.add(link.first() + " " + linkTo(link.second()));
      }
      if (hostile.containsKey(link.first())) {
        links.add(link.second() + " " + linkTo(link.first()));
      }
    }
    return links;
  }

  /** The real nodes. */
  List<SimNode> nodes() {
    return world.nodes();
  }

  /** The real node of that name. */
  SimNode node(String name) {
    return world
        .node(name)
        .orElseThrow(() -> new IllegalArgumentException(name + " is no gateway"));
  }

  /** Starts every node with what it believes of contacts. */
  void start(ContactPlan plan) {
    world.start(plan);
  }
}
