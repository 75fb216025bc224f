package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.crdt.twin.TwinLimits;
import dev.holdfast.crdt.twin.TwinPath;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimTwins;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.twin.TwinSettings.ExportClass;
import dev.holdfast.gateway.twin.TwinSettings.Region;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Regions in a simulated world, each a real node with real twins, numbered from 1, joined where
 * there are contacts.
 */
final class TwinNet {
  static final long SECOND = 1;
  static final long HOUR = 3_600;
  static final long DAY = 86_400;
  static final String OPEN = "open";
  static final long RATE = 125_000;
  private static final TwinJson JSON = new TwinJson(TwinLimits.DEFAULT);

  private final SimWorld world;
  private final int count;
  private final List<Contact> contacts = new ArrayList<>();
  private final Map<Integer, SimNode> nodes = new LinkedHashMap<>();
  private final Map<Integer, SimTwins> twins = new LinkedHashMap<>();
  private final Map<String, SimWorld.Wire> wires = new LinkedHashMap<>();
  private final Map<Integer, Integer> impostors = new LinkedHashMap<>();
  private List<ExportClass> classes;
  private ExportRules rules = ExportRules.all(OPEN);
  private TwinSettings.Limits limits = TwinSettings.Limits.DEFAULT;

  TwinNet(long seed, int count) {
    this.world = new SimWorld(seed);
    this.count = count;
    List<String> all = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      all.add("r" + n);
    }
    this.classes = List.of(new ExportClass(OPEN, 64, all));
  }

  TwinNet classes(ExportRules with, ExportClass... some) {
    rules = with;
    classes = List.of(some);
    return this;
  }

  /** What of the past is kept in its order. */
  TwinNet history(ClassSync.History history) {
    limits = limits.with(history);
    return this;
  }

  /** One that has stolen the key of another, and speaks in its name. */
  TwinNet impostor(int n, int as) {
    impostors.put(n, as);
    return this;
  }

  /** A contact both ways, in seconds after the start. */
  TwinNet contact(int a, int b, long from, long to, long lightMillis) {
    var _ = oneWay(a, b, from, to, lightMillis);
    return oneWay(b, a, from, to, lightMillis);
  }

  TwinNet oneWay(int a, int b, long from, long to, long lightMillis) {
    contacts.add(
        Contact.of(
            NodeNumber.of(a),
            NodeNumber.of(b),
            SimWorld.START.plus(from * 1000),
            SimWorld.START.plus(to * 1000),
            RATE,
            lightMillis));
    return this;
  }

  TwinNet start() {
    Map<Integer, TreeSet<Integer>> neighbours = new LinkedHashMap<>();
    for (int n = 1; n <= count; n++) {
      neighbours.put(n, new TreeSet<>());
    }
    for (Contact contact : contacts) {
      int from = (int) contact.from().node();
      int to = (int) contact.to().node();
      Objects.requireNonNull(neighbours.get(from)).add(to);
      Objects.requireNonNull(neighbours.get(to)).add(from);
    }
    neighbours.forEach((n, others) -> nodes.put(n, world.add("r" + n, settings(n, others))));
    neighbours.forEach(
        (n, others) -> others.stream().filter(other -> other > n).forEach(o -> join(n, o)));
    ContactPlan plan = ContactPlan.of(1, contacts);
    nodes.forEach((n, node) -> twins.put(n, new SimTwins(node, world, twinSettings(n))));
    world.start(plan);
    twins.values().forEach(each -> each.start(plan));
    return this;
  }

  private void join(int a, int b) {
    long light =
        contacts.stream()
            .filter(
                c ->
                    c.from().node() == a && c.to().node() == b
                        || c.from().node() == b && c.to().node() == a)
            .findFirst()
            .orElseThrow()
            .owltMillis();
    wires.put(
        a + " " + b,
        world.join(
            SimProtocol.IDEAL,
            new SimWorld.End(node(a), link(b), Channel.of(light, RATE)),
            new SimWorld.End(node(b), link(a), Channel.of(light, RATE))));
  }

  private static LinkId link(int to) {
    return new LinkId("to-" + to);
  }

  private static NodeSettings settings(int n, TreeSet<Integer> others) {
    List<LinkSettings> links = new ArrayList<>();
    for (int other : others) {
      links.add(
          new LinkSettings(
              link(other),
              Optional.of(NodeId.ipn(other)),
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
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT,
        OpportunisticSettings.NONE,
        224);
  }

  static SigningKey key(int n) {
    byte[] secret = new byte[SigningKey.SIZE];
    secret[0] = (byte) n;
    secret[1] = (byte) (n >>> 8);
    return new SigningKey(Octets.wrap(secret));
  }

  /** Another key of a region, given to it after its first. */
  static SigningKey key(int n, int index) {
    byte[] secret = new byte[SigningKey.SIZE];
    secret[0] = (byte) n;
    secret[2] = (byte) index;
    return new SigningKey(Octets.wrap(secret));
  }

  /** As they are, with so many keys. */
  TwinSettings twinSettings(int n, int keys) {
    TwinSettings one = twinSettings(n);
    List<SigningKey> all = new ArrayList<>(one.keys().all());
    for (int index = 1; index < keys; index++) {
      all.add(key(n, index));
    }
    return new TwinSettings(
        one.name(),
        one.node(),
        new TwinSettings.Keys(one.keys().first(), all),
        one.others(),
        one.classes(),
        one.rules(),
        one.terms(),
        one.limits());
  }

  TwinSettings twinSettings(int n) {
    int as = impostors.getOrDefault(n, n);
    List<Region> others = new ArrayList<>();
    for (int other = 1; other <= count; other++) {
      if (other != as && !impostors.containsKey(other)) {
        others.add(new Region("r" + other, NodeId.ipn(other), key(other).verifyKey()));
      }
    }
    return new TwinSettings(
        "r" + as,
        NodeId.ipn(n),
        TwinSettings.Keys.of(key(as)),
        others,
        classes,
        rules,
        TwinSettings.Terms.DEFAULT,
        limits);
  }

  SimWorld world() {
    return world;
  }

  SimNode node(int n) {
    return Objects.requireNonNull(nodes.get(n));
  }

  SimTwins twins(int n) {
    return Objects.requireNonNull(twins.get(n));
  }

  /** The payloads of bundles that a node makes for an endpoint, from now on. */
  List<Octets> captured(int n, Eid to) {
    List<Octets> payloads = new ArrayList<>();
    world.watch(
        new Watch() {
          @Override
          public void committed(SimNode node, List<StoreChange> changes) {
            for (StoreChange change : changes) {
              if (change instanceof StoreChange.Put put
                  && node.name().equals("r" + n)
                  && put.bundle().destination().equals(to)
                  && put.payload() instanceof Payload.Inline(Octets bytes)) {
                payloads.add(bytes);
              }
            }
          }
        });
    return payloads;
  }

  /** An application of a node sends a bundle. */
  void submit(int n, Eid to, Octets payload) {
    var _ =
        node(n)
            .ask(
                new Request.Submit(
                    to,
                    Optional.of(IpnEid.of(n, 9)),
                    DAY * 1_000,
                    Request.Service.DEFAULT,
                    Request.Reports.NONE,
                    new Payload.Inline(payload),
                    Optional.empty()));
  }

  /** What waits at an endpoint. */
  List<HeldBundle> held(int n, Eid endpoint) {
    QueueKey queue = new QueueKey(QueueKey.Wait.DELIVER, endpoint);
    return node(n).store().scan(queue, Optional.empty(), 100);
  }

  SimWorld.Wire wire(int a, int b) {
    return Objects.requireNonNull(wires.get(a + " " + b));
  }

  /** Lets time pass until that many seconds after the start. */
  void until(long seconds) {
    world.runUntil(seconds * 1_000_000_000L);
  }

  static JsonNode json(String text) {
    return JSON.read(Octets.wrap(text.getBytes(StandardCharsets.UTF_8)))
        .toOptional()
        .orElseThrow(() -> new AssertionError("no JSON: " + text));
  }

  static TwinPath path(String text) {
    return TwinPath.parse(text, TwinLimits.DEFAULT).toOptional().orElseThrow();
  }

  TwinAnswer ask(int n, TwinRequest request) {
    return twins(n).ask(request).orElseThrow(() -> new AssertionError("no answer"));
  }

  /** Writes, which must be done. */
  TwinAnswer.Changed put(int n, String thing, String path, String json) {
    return switch (ask(n, putting(thing, path, json))) {
      case TwinAnswer.Changed changed -> changed;
      case TwinAnswer other -> throw new AssertionError("not written: " + other);
    };
  }

  static TwinRequest putting(String thing, String path, String json) {
    return new TwinRequest.Change(
        new ThingId(thing),
        new TwinRequest.Wish.Put(path(path), json(json)),
        new TwinRequest.Condition.None(),
        Optional.empty());
  }

  TwinAnswer delete(int n, String thing, String path) {
    return ask(n, deleting(thing, path));
  }

  static TwinRequest deleting(String thing, String path) {
    return new TwinRequest.Change(
        new ThingId(thing),
        new TwinRequest.Wish.Delete(path(path)),
        new TwinRequest.Condition.None(),
        Optional.empty());
  }

  /** What stands at a path, as text; {@code -} if nothing does. */
  String get(int n, String thing, String path) {
    TwinAnswer answer = ask(n, new TwinRequest.Read(new ThingId(thing), path(path), Form.PLAIN));
    return switch (answer) {
      case TwinAnswer.Shown shown -> JSON.write(shown.json());
      case TwinAnswer.Refused _ -> "-";
      case TwinAnswer other -> throw new AssertionError("not shown: " + other);
    };
  }

  TwinAnswer.ClassStatus status(int n, String exportClass) {
    return switch (ask(n, new TwinRequest.Look())) {
      case TwinAnswer.Regions(var all, _) ->
          all.stream().filter(it -> it.name().equals(exportClass)).findFirst().orElseThrow();
      case TwinAnswer other -> throw new AssertionError("no status: " + other);
    };
  }
}
