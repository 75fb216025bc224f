package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.LinkOwner;
import dev.holdfast.gateway.sim.RecordedNode;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeSettings.HoldLimits;
import dev.holdfast.gateway.turn.NodeStatus.EncounterStatus;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings.Method;
import dev.holdfast.gateway.turn.OpportunisticSettings.Policy;
import dev.holdfast.gateway.turn.OpportunisticSettings.Prophet;
import dev.holdfast.gateway.turn.OpportunisticSettings.SpreadLimits;
import dev.holdfast.gateway.turn.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Simulated nodes, numbered from 1, that know of no neighbour: any two of them may meet and part.
 * Nodes 1 and 2 have a link of the plan beside that, if one is given.
 */
final class ChanceNet {
  private final int count;
  private final OpportunisticSettings settings;
  private final Map<Integer, HoldLimits> limitsOf = new LinkedHashMap<>();
  private SimWorld world = new SimWorld(1);
  private HoldLimits limits = HoldLimits.DEFAULT;
  private List<Contact> plan = List.of();
  private final Map<Integer, SimNode> nodes = new LinkedHashMap<>();
  private final Map<String, SimWorld.Wire> wires = new LinkedHashMap<>();
  private final Map<String, List<JournalEntry>> journals = new LinkedHashMap<>();

  /** A policy for all destinations. */
  static Policy all(Method method, int copies, boolean besidePlan) {
    return switch (EidPattern.parse("*:**")) {
      case Parsed.Good<EidPattern>(EidPattern any) -> new Policy(any, method, copies, besidePlan);
      case Parsed.Bad<EidPattern> bad -> throw new AssertionError(bad.toString());
    };
  }

  static OpportunisticSettings epidemic() {
    return settings(all(Method.EPIDEMIC, 64, false));
  }

  static OpportunisticSettings settings(Policy policy) {
    return settings(policy, SpreadLimits.DEFAULT);
  }

  static OpportunisticSettings epidemic(SpreadLimits limits) {
    return settings(all(Method.EPIDEMIC, 64, false), limits);
  }

  static OpportunisticSettings settings(Policy policy, SpreadLimits limits) {
    return new OpportunisticSettings(List.of(policy), limits, Prophet.RFC6693);
  }

  /** Nodes that all spread in that way. */
  ChanceNet(int count, OpportunisticSettings settings) {
    this.count = count;
    this.settings = settings;
  }

  ChanceNet seed(long another) {
    world = new SimWorld(another);
    return this;
  }

  /** What every node may hold. */
  ChanceNet limits(HoldLimits all) {
    limits = all;
    return this;
  }

  /** What one node may hold, the others being as they are. */
  ChanceNet limits(int n, HoldLimits its) {
    limitsOf.put(n, its);
    return this;
  }

  ChanceNet plan(Contact... contacts) {
    plan = List.of(contacts);
    return this;
  }

  ChanceNet start() {
    world.watch(
        new Watch() {
          @Override
          public void noted(SimNode node, JournalEntry entry) {
            journals.computeIfAbsent(node.name(), n -> new ArrayList<>()).add(entry);
          }
        });
    for (int n = 1; n <= count; n++) {
      nodes.put(n, world.add("n" + n, nodeSettings(n)));
    }
    for (int a = 1; a <= count; a++) {
      for (int b = a + 1; b <= count; b++) {
        wires.put(a + " " + b, join(node(a), node(b), "chance-" + a + "-" + b));
        part(a, b);
      }
    }
    if (!plan.isEmpty()) {
      var _ = join(node(1), node(2), "plan");
    }
    world.start(ContactPlan.of(1, plan));
    world.run(1);
    return this;
  }

  /** A neighbour of a node, always there, that tells nothing unless it is made to. */
  RecordedNode stranger(int n, int of) {
    RecordedNode stranger = world.recorded("n" + n, NodeId.ipn(n));
    var _ = join(node(of), stranger, "chance-" + of + "-" + n);
    world.run(1);
    return stranger;
  }

  /** Makes it send something now. */
  void play(RecordedNode stranger, Bundle bundle) {
    stranger.play(world.nanos(), bundle.encoded(), ReadOptions.STRICT);
    world.run(1_000);
  }

  private SimWorld.Wire join(LinkOwner a, LinkOwner b, String name) {
    Channel channel = Channel.of(5, 1_000_000);
    return world.join(
        SimProtocol.IDEAL,
        new SimWorld.End(a, new LinkId(name), channel),
        new SimWorld.End(b, new LinkId(name), channel));
  }

  private NodeSettings nodeSettings(int n) {
    List<LinkSettings> links = new ArrayList<>();
    if (!plan.isEmpty() && n <= 2) {
      links.add(
          new LinkSettings(
              new LinkId("plan"),
              Optional.of(NodeId.ipn(3 - n)),
              LinkSettings.Schedule.PLAN,
              0,
              Link.Confirmation.STORED,
              false,
              64L << 20));
    }
    return new NodeSettings(
        List.of(NodeId.ipn(n)),
        links,
        List.of(),
        List.of(),
        List.of(),
        new NodeSettings.ReportSettings(0, 0),
        limitsOf.getOrDefault(n, limits),
        NodeSettings.ContactSettings.DEFAULT,
        settings,
        224);
  }

  SimWorld world() {
    return world;
  }

  SimNode node(int n) {
    return Objects.requireNonNull(nodes.get(n));
  }

  private void disturb(int a, int b, Disturbance now) {
    SimWorld.Wire wire = Objects.requireNonNull(wires.get(Math.min(a, b) + " " + Math.max(a, b)));
    wire.forth().disturb("test", now);
    wire.back().disturb("test", now);
  }

  void join(int a, int b) {
    disturb(a, b, Disturbance.none());
  }

  void part(int a, int b) {
    disturb(a, b, Disturbance.blocked());
  }

  /** Two nodes meet for that long, in milliseconds. */
  void meet(int a, int b, long millis) {
    join(a, b);
    world.run(millis);
    part(a, b);
    world.run(1_000);
  }

  void meet(int a, int b) {
    meet(a, b, 10_000);
  }

  void send(int from, int to, int size) {
    send(from, to, size, 24 * Net.HOUR);
  }

  void send(int from, int to, int size, long lifetime) {
    var _ = submit(from, to, size, lifetime);
  }

  /** Sends something that there is room for. */
  BundleId sent(int from, int to, int size, long lifetime) {
    return switch (node(from).answer(submit(from, to, size, lifetime)).orElseThrow()) {
      case Answer.Submitted(BundleId id) -> id;
      case Answer other -> throw new AssertionError("not taken: " + other);
    };
  }

  private RequestId submit(int from, int to, int size, long lifetime) {
    RequestId request =
        node(from)
            .ask(
                Net.submit(
                    Net.endpoint(from, 1),
                    Net.endpoint(to, 1),
                    size,
                    TrafficClass.NORMAL,
                    lifetime));
    world.run(1);
    return request;
  }

  /** What a node knows of the one neighbour that is there. */
  EncounterStatus present(int n) {
    List<EncounterStatus> present = node(n).look().encounters().present();
    assertThat(present).hasSize(1);
    return present.getFirst();
  }

  long held(int n) {
    return node(n).store().stats().bundles();
  }

  List<JournalEntry> journal(int n, Kind kind) {
    return journals.getOrDefault(node(n).name(), List.of()).stream()
        .filter(e -> e.kind() == kind)
        .toList();
  }

  /** Fetches and acknowledges everything; how many there were. */
  int drain(int n) {
    Eid endpoint = Net.endpoint(n, 1);
    int all = 0;
    List<Answer.Delivery> some = Net.fetch(world, node(n), endpoint, 100);
    while (!some.isEmpty()) {
      all += some.size();
      node(n).ask(Net.acknowledge(endpoint, some));
      some = Net.fetch(world, node(n), endpoint, 100);
    }
    return all;
  }
}
