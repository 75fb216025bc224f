package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.HostileNode;
import dev.holdfast.gateway.sim.SimWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a scenario together in a test. Nodes are numbered {@code ipn:1}, {@code ipn:2} and so on in
 * the order in which they are named; applications sit at service 7.
 *
 * <pre>{@code
 * RunResult result =
 *     Replay.run(
 *         new ScenarioBuilder("pass", Duration.ofDays(1))
 *             .nodes("earth", "lander")
 *             .link("earth", "lander", "ideal", Channel.of(1_300, 250_000))
 *             .contacts("earth", "lander", Duration.ofHours(2), Duration.ofMinutes(10))
 *             .flow("earth", "lander", Duration.ofMinutes(5), 1_000)
 *             .build());
 * }</pre>
 */
public final class ScenarioBuilder {
  private static final int SERVICE = 7;
  private static final long HOLD_BYTES = 8L << 30;
  private static final long LIFETIME_MILLIS = 30L * 86_400_000;

  private final String name;
  private final long durationNanos;
  private final Map<String, NodeSpec> nodes = new LinkedHashMap<>();
  private final Map<String, LinkSpec> links = new LinkedHashMap<>();
  private final List<ContactRule> contacts = new ArrayList<>();
  private final List<TraceFile> traces = new ArrayList<>();
  private final List<Flow> traffic = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private Optional<Scenario.Chaos> chaos = Optional.empty();
  private Scenario.PlanSource plan = new Scenario.PlanSource.Truth();
  private DtnTime start = SimWorld.START;
  private long seed = 1;
  private long syncNanos;

  /** A scenario without nodes. */
  public ScenarioBuilder(String name, Duration duration) {
    this.name = name;
    this.durationNanos = duration.toNanos();
  }

  /** The seed unless another is given; 1 if not said. */
  public ScenarioBuilder seed(long number) {
    seed = number;
    return this;
  }

  /** The true time at the start. */
  public ScenarioBuilder start(DtnTime time) {
    start = time;
    return this;
  }

  /** How long a batch takes until it is durable, for the nodes that follow; at once if not said. */
  public ScenarioBuilder sync(Duration time) {
    syncNanos = time.toNanos();
    return this;
  }

  /** Adds gateways. */
  public ScenarioBuilder nodes(String... names) {
    for (String node : names) {
      add(node, Optional.empty());
    }
    return this;
  }

  /** Adds a node that lies. */
  public ScenarioBuilder hostile(String node, HostileNode.Manner manner) {
    add(node, Optional.of(manner));
    return this;
  }

  private void add(String node, Optional<HostileNode.Manner> manner) {
    NodeId id = NodeId.ipn(nodes.size() + 1);
    nodes.put(node, new NodeSpec(node, id, syncNanos, HOLD_BYTES, 0, manner));
  }

  /** Adds a node as it is. */
  public ScenarioBuilder node(NodeSpec node) {
    nodes.put(node.name(), node);
    return this;
  }

  /** Joins two nodes by a link that follows the plan. */
  public ScenarioBuilder link(String first, String second, String protocol, Channel channel) {
    return link(new LinkSpec(first, second, protocol, channel, false, List.of(), List.of()));
  }

  /** Adds a link as it is. */
  public ScenarioBuilder link(LinkSpec link) {
    links.put(link.first() + ">" + link.second(), link);
    return this;
  }

  /** Contacts both ways over a link from the start on, as it is. */
  public ScenarioBuilder contacts(String first, String second, Duration every, Duration length) {
    return contacts(first, second, Duration.ZERO, every, length);
  }

  /** Contacts both ways over a link, as it is. */
  public ScenarioBuilder contacts(
      String first, String second, Duration from, Duration every, Duration length) {
    LinkSpec link = links.get(first + ">" + second);
    if (link == null) {
      throw new IllegalArgumentException("no link joins " + first + " and " + second);
    }
    return contacts(
        new ContactRule(
            first,
            second,
            true,
            from.toNanos(),
            every.toNanos(),
            length.toNanos(),
            durationNanos,
            link.channel(),
            List.of()));
  }

  /** Adds contacts as they are. */
  public ScenarioBuilder contacts(ContactRule rule) {
    contacts.add(rule);
    return this;
  }

  /** What truly happened to the links stands in a file; what it does not say is as {@code link}. */
  public ScenarioBuilder trace(Path file, Channel link) {
    traces.add(new TraceFile(file, Optional.empty(), link, 0, Optional.empty()));
    return this;
  }

  /** What the nodes believe of contacts; the truth if not said. */
  public ScenarioBuilder plan(Scenario.PlanSource source) {
    plan = source;
    return this;
  }

  /** An application sends bundles of that size at equal times until the end. */
  public ScenarioBuilder flow(String from, String to, Duration every, int bytes) {
    return flow(from, to, every, bytes, TrafficClass.NORMAL);
  }

  /** The same, so many and no more. */
  public ScenarioBuilder flow(String from, String to, Duration every, int bytes, long count) {
    var _ = flow(from, to, every, bytes);
    traffic.add(traffic.removeLast().withCount(count));
    return this;
  }

  /** The same in a class. */
  public ScenarioBuilder flow(
      String from, String to, Duration every, int bytes, TrafficClass trafficClass) {
    return flow(
        new Flow(
            from,
            endpoint(from),
            endpoint(to),
            0,
            every.toNanos(),
            false,
            Long.MAX_VALUE,
            bytes,
            bytes,
            trafficClass,
            false,
            false,
            LIFETIME_MILLIS));
  }

  /** The endpoint of the application at a node. */
  public IpnEid endpoint(String node) {
    NodeSpec spec = nodes.get(node);
    if (spec == null || !(spec.id().eid() instanceof IpnEid ipn)) {
      throw new IllegalArgumentException("no ipn node is called " + node);
    }
    return IpnEid.of(ipn.node(), SERVICE);
  }

  /** Adds a flow as it is. */
  public ScenarioBuilder flow(Flow flow) {
    traffic.add(flow);
    return this;
  }

  /** Something goes wrong. */
  public ScenarioBuilder fault(Fault fault) {
    faults.add(fault);
    return this;
  }

  /** More goes wrong, drawn by the seed. */
  public ScenarioBuilder chaos(Scenario.Chaos rates) {
    chaos = Optional.of(rates);
    return this;
  }

  /** Something is expected. */
  public ScenarioBuilder expect(Expectation expectation) {
    expectations.add(expectation);
    return this;
  }

  /** The scenario. */
  public Scenario build() {
    return new Scenario(
        name,
        start,
        durationNanos,
        seed,
        List.copyOf(nodes.values()),
        List.copyOf(links.values()),
        contacts,
        traces,
        plan,
        traffic,
        faults,
        chaos,
        expectations);
  }
}
