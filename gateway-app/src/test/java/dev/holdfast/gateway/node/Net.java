package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.LinkSettings.Schedule;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Small networks of simulated nodes, numbered from 1. */
final class Net {
  static final long HOUR = 3_600_000;

  private final SimWorld world;
  private final Schedule schedule;
  private final Map<Integer, TreeSet<Integer>> neighbours = new TreeMap<>();
  private final Map<String, SimWorld.Wire> wires = new LinkedHashMap<>();
  private final Map<Integer, SimNode> nodes = new LinkedHashMap<>();
  private final List<Contact> contacts = new ArrayList<>();
  private final Map<String, List<JournalEntry>> journals = new LinkedHashMap<>();
  private int loadedPerQueue = 1024;
  private long storeBytes = 1L << 30;
  private NodeSettings.ContactSettings settings = NodeSettings.ContactSettings.DEFAULT;
  private SimProtocol protocol = SimProtocol.IDEAL;
  private final Map<String, SimProtocol> others = new LinkedHashMap<>();

  private Net(long seed, Schedule schedule) {
    this.world = new SimWorld(seed);
    world.watch(
        new Watch() {
          @Override
          public void noted(SimNode node, JournalEntry entry) {
            journals.computeIfAbsent(node.name(), n -> new ArrayList<>()).add(entry);
          }
        });
    this.schedule = schedule;
  }

  static Net always(long seed) {
    return new Net(seed, Schedule.ALWAYS);
  }

  static Net planned(long seed) {
    return new Net(seed, Schedule.PLAN);
  }

  Net loadedPerQueue(int limit) {
    loadedPerQueue = limit;
    return this;
  }

  Net owltMargin(OwltMargin margin) {
    settings = settings.with(margin);
    return this;
  }

  Net storeBytes(long limit) {
    storeBytes = limit;
    return this;
  }

  Net foreseeing(NodeSettings.ForecastSettings forecast) {
    settings = settings.with(forecast);
    return this;
  }

  Net over(SimProtocol links) {
    protocol = links;
    return this;
  }

  /** Between two nodes, the one with the smaller number first, another protocol. */
  Net over(int a, int b, SimProtocol links) {
    others.put(a + " " + b, links);
    return this;
  }

  private SimProtocol protocol(int a, int b) {
    return others.getOrDefault(Math.min(a, b) + " " + Math.max(a, b), protocol);
  }

  /** A contact both ways, in seconds after the start. */
  Net contact(int a, int b, long from, long to, long rate, long lightMillis) {
    for (int[] pair : new int[][] {{a, b}, {b, a}}) {
      contacts.add(oneWay(pair[0], pair[1], from, to, rate, lightMillis));
    }
    return this;
  }

  /** One contact more. */
  Net add(Contact contact) {
    contacts.add(contact);
    return this;
  }

  /** Nodes in a line over links without delay, limit or loss. */
  Net line(int count) {
    return line(count, Channel.PERFECT, Disturbance.none());
  }

  /** Nodes in a line, each joined to the next by links of that light time and rate. */
  Net line(int count, long lightMillis, long bytesPerSecond) {
    return line(count, Channel.of(lightMillis, bytesPerSecond), Disturbance.none());
  }

  /** The same, losing some bundles and doubling others. */
  Net line(int count, long lightMillis, long bytesPerSecond, double loss, double doubling) {
    return line(
        count,
        new Channel(lightMillis * 1_000_000, bytesPerSecond, loss),
        Disturbance.duplication(doubling));
  }

  private Net line(int count, Channel channel, Disturbance disturbance) {
    for (int n = 1; n < count; n++) {
      neighbours(n, n + 1);
    }
    return join(count, channel, disturbance);
  }

  /** Nodes joined where there is a contact, by links of that light time and rate. */
  Net asPlanned(long lightMillis, long bytesPerSecond) {
    int count = 0;
    for (Contact contact : contacts) {
      neighbours((int) contact.from().node(), (int) contact.to().node());
      count = Math.max(count, (int) Math.max(contact.from().node(), contact.to().node()));
    }
    return join(count, Channel.of(lightMillis, bytesPerSecond), Disturbance.none());
  }

  /** The same, each link with the light time of its first contact. */
  Net asPlanned(long bytesPerSecond) {
    var _ = asPlanned(0, bytesPerSecond);
    wires.forEach(
        (pair, wire) -> {
          String[] ends = pair.split(" ");
          Contact first =
              contacts.stream()
                  .filter(c -> c.isSamePair(oneWay(number(ends[0]), number(ends[1]), 0, 1, 1, 0)))
                  .findFirst()
                  .orElseThrow();
          wire.forth().disturb("light", Disturbance.delay(first.owltMillis() * 1_000_000));
          wire.back().disturb("light", Disturbance.delay(first.owltMillis() * 1_000_000));
        });
    return this;
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private void neighbours(int a, int b) {
    neighbours.computeIfAbsent(a, n -> new TreeSet<>()).add(b);
    neighbours.computeIfAbsent(b, n -> new TreeSet<>()).add(a);
  }

  private Net join(int count, Channel channel, Disturbance disturbance) {
    for (int n = 1; n <= count; n++) {
      nodes.put(n, world.add("n" + n, settings(n, count)));
    }
    neighbours.forEach(
        (n, others) ->
            others.stream().filter(o -> o > n).forEach(o -> join(n, o, channel, disturbance)));
    return this;
  }

  private void join(int a, int b, Channel channel, Disturbance disturbance) {
    SimWorld.Wire wire =
        world.join(
            protocol(a, b),
            new SimWorld.End(node(a), link(b), channel),
            new SimWorld.End(node(b), link(a), channel));
    wire.forth().disturb("test", disturbance);
    wire.back().disturb("test", disturbance);
    wires.put(a + " " + b, wire);
  }

  /** Nothing gets through between two nodes, the one with the smaller number first, or again. */
  void silent(int a, int b, boolean silent) {
    SimWorld.Wire wire = Objects.requireNonNull(wires.get(a + " " + b));
    Disturbance now = silent ? Disturbance.blocked() : Disturbance.none();
    wire.forth().disturb("test", now);
    wire.back().disturb("test", now);
  }

  /**
   * Another plan is in force everywhere: these contacts, in place of those between the same nodes.
   */
  void replan(long version, Contact... changed) {
    for (Contact contact : changed) {
      contacts.removeIf(contact::isSamePair);
    }
    contacts.addAll(List.of(changed));
    world.start(ContactPlan.of(version, contacts));
  }

  /** Contacts between others than node 1 are that likely. */
  Net confidence(double confidence) {
    contacts.replaceAll(
        c ->
            c.from().node() == 1 || c.to().node() == 1
                ? c
                : new Contact(
                    c.from(),
                    c.to(),
                    c.start(),
                    c.end(),
                    c.bytesPerSecond(),
                    c.owltMillis(),
                    confidence));
    return this;
  }

  /** One contact, in seconds after the start. */
  static Contact oneWay(int from, int to, long start, long end, long rate, long lightMillis) {
    return Contact.of(
        NodeNumber.of(from),
        NodeNumber.of(to),
        SimWorld.START.plus(start * 1000),
        SimWorld.START.plus(end * 1000),
        rate,
        lightMillis);
  }

  Net start() {
    world.start(ContactPlan.of(1, contacts));
    return this;
  }

  private static EidPattern pattern(String text) {
    return switch (EidPattern.parse(text)) {
      case Parsed.Good<EidPattern>(EidPattern pattern) -> pattern;
      case Parsed.Bad<EidPattern> bad -> throw new AssertionError(bad.toString());
    };
  }

  private static LinkId link(int to) {
    return new LinkId("to-" + to);
  }

  private NodeSettings settings(int n, int count) {
    List<LinkSettings> links = new ArrayList<>();
    for (int other : neighbours.getOrDefault(n, new TreeSet<>())) {
      links.add(
          new LinkSettings(
              link(other),
              Optional.of(NodeId.ipn(other)),
              schedule,
              0,
              protocol(n, other) == SimProtocol.MTCP
                  ? Link.Confirmation.NONE
                  : Link.Confirmation.STORED,
              false,
              64L << 20));
    }
    List<NodeSettings.StaticRoute> routes = new ArrayList<>();
    if (schedule == Schedule.ALWAYS) {
      for (int to = 1; to <= count; to++) {
        if (to != n) {
          routes.add(
              new NodeSettings.StaticRoute(
                  pattern("ipn:" + to + ".*"), link(to > n ? n + 1 : n - 1)));
        }
      }
    }
    return new NodeSettings(
        List.of(NodeId.ipn(n)),
        links,
        routes,
        List.of("7"),
        List.of(),
        new NodeSettings.ReportSettings(-1L, 1000),
        new NodeSettings.HoldLimits(
            storeBytes, 1_000_000, Long.MAX_VALUE, loadedPerQueue, Long.MAX_VALUE),
        settings,
        OpportunisticSettings.NONE,
        224);
  }

  /** The settings of node 1 without links, where one application has registered. */
  static NodeSettings alone(Eid application) {
    return new NodeSettings(
        List.of(NodeId.ipn(1)),
        List.of(),
        List.of(),
        List.of(),
        List.of(application),
        new NodeSettings.ReportSettings(0, 0),
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT,
        OpportunisticSettings.NONE,
        192);
  }

  SimWorld world() {
    return world;
  }

  SimNode node(int n) {
    return Objects.requireNonNull(nodes.get(n));
  }

  boolean has(int n) {
    return neighbours.containsKey(n) && nodes.containsKey(n);
  }

  /** Everything that a node wrote into its journal. */
  List<JournalEntry> journal(int n) {
    return journals.getOrDefault(node(n).name(), List.of());
  }

  static Eid endpoint(int node, int service) {
    return IpnEid.of(node, service);
  }

  static Request.Submit submit(Eid from, Eid to, int size, TrafficClass c) {
    return submit(from, to, size, c, 24 * HOUR);
  }

  static Request.Submit submit(Eid from, Eid to, int size, TrafficClass c, long lifetime) {
    byte[] payload = new byte[size];
    for (int i = 0; i < size; i++) {
      payload[i] = (byte) (i * 31 + size);
    }
    return new Request.Submit(
        to,
        Optional.of(from),
        lifetime,
        new Request.Service(c, 0, false, false, true, 32),
        Request.Reports.NONE,
        new Payload.Inline(Octets.wrap(payload)),
        Optional.empty());
  }

  /** The same, not to be cut, of that class, and critical or not. */
  static Request.Submit whole(Request.Submit s, TrafficClass c, boolean critical) {
    return new Request.Submit(
        s.to(),
        s.from(),
        s.lifetimeMillis(),
        new Request.Service(c, 0, critical, false, false, 32),
        s.reports(),
        s.payload(),
        s.trailer());
  }

  static Request.Submit reporting(Request.Submit s, long flags) {
    return new Request.Submit(
        s.to(),
        s.from(),
        s.lifetimeMillis(),
        s.service(),
        new Request.Reports(new BundleFlags(flags), Optional.empty()),
        s.payload(),
        s.trailer());
  }

  /** Fetches everything that waits at an endpoint. */
  List<Answer.Delivery> fetch(int node, Eid endpoint, int limit) {
    return fetch(world, node(node), endpoint, limit);
  }

  static List<Answer.Delivery> fetch(SimWorld world, SimNode node, Eid endpoint, int limit) {
    var id = node.ask(new Request.Fetch(endpoint, limit, HOUR, 0));
    world.run(2_500);
    return switch (node.answer(id).orElseThrow()) {
      case Answer.Fetched(List<Answer.Delivery> found) -> found;
      case Answer other -> throw new AssertionError("not fetched: " + other);
    };
  }

  /** Fetches and acknowledges until nothing is left; returns what came. */
  List<Answer.Delivery> drain(int node, Eid endpoint) {
    List<Answer.Delivery> all = new ArrayList<>();
    List<Answer.Delivery> some = fetch(node, endpoint, 100);
    while (!some.isEmpty()) {
      all.addAll(some);
      node(node).ask(acknowledge(endpoint, some));
      some = fetch(node, endpoint, 100);
    }
    return all;
  }

  static Request.Acknowledge acknowledge(Eid endpoint, List<Answer.Delivery> some) {
    return new Request.Acknowledge(endpoint, some.stream().map(d -> d.bundle().key()).toList());
  }
}
