package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.replay.CapturedGateway.Passage;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.RecordedNode;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The world of a capture: one real gateway, and its neighbours as they were recorded. */
final class CaptureWorld {
  private static final long SEED = 1; // Nothing is drawn: the links lose nothing.
  private static final long BYTES_IN_FLIGHT = 64L << 20;
  private static final int TRAFFIC_TYPE = 224;
  private static final int LISTED = 1_024;

  private final CapturedGateway capture;
  private final SimWorld world;
  private final SimNode node;
  private final SortedMap<String, RecordedNode> neighbours = new TreeMap<>();
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  CaptureWorld(CapturedGateway capture) {
    this.capture = capture;
    this.world = new SimWorld(SEED, capture.epoch().orElse(SimWorld.START));
    this.node = world.add(capture.name(), settings());
    capture.neighbours().forEach(this::join);
    // Bundles before links, since those of one instant are done in this order: what had crossed
    // whole when its link went down has left.
    for (Passage passage : capture.passages()) {
      if (passage.toGateway()) {
        neighbour(passage.neighbour()).play(passage.nanos(), passage.encoded(), capture.reading());
      }
    }
    capture.events().forEach(event -> world.at(event.nanos(), () -> happen(event)));
  }

  private RecordedNode neighbour(String name) {
    return Optional.ofNullable(neighbours.get(name)).orElseThrow();
  }

  private NodeSettings settings() {
    List<LinkSettings> links =
        capture.neighbours().stream()
            .map(
                name ->
                    new LinkSettings(
                        Network.linkTo(name),
                        Optional.of(capture.id(name)),
                        LinkSettings.Schedule.ALWAYS,
                        0,
                        SimProtocol.IDEAL.confirmation(),
                        false,
                        BYTES_IN_FLIGHT))
            .toList();
    return new NodeSettings(
        List.of(capture.id(capture.name())),
        links,
        routes(),
        List.of(),
        List.of(),
        new NodeSettings.ReportSettings(0, 1),
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT,
        OpportunisticSettings.NONE,
        TRAFFIC_TYPE);
  }

  /** To each destination by whom the gateway sent to it in truth, and to each neighbour itself. */
  private List<NodeSettings.StaticRoute> routes() {
    Map<Eid, LinkId> seen = new LinkedHashMap<>();
    for (Passage passage : capture.passages()) {
      if (!passage.toGateway() && passage.read() instanceof Decoded.Valid<Bundle>(Bundle bundle)) {
        Eid to = bundle.head().primary().destination();
        var _ = seen.putIfAbsent(to, Network.linkTo(passage.neighbour()));
      }
    }
    capture
        .neighbours()
        .forEach(name -> seen.putIfAbsent(capture.id(name).eid(), Network.linkTo(name)));
    List<NodeSettings.StaticRoute> routes = new ArrayList<>();
    seen.forEach(
        (to, via) -> routes.add(new NodeSettings.StaticRoute(EidPattern.exactly(to), via)));
    return routes;
  }

  private void join(String name) {
    RecordedNode neighbour = world.recorded(name, capture.id(name));
    neighbours.put(name, neighbour);
    SimWorld.Wire wire =
        world.join(
            SimProtocol.IDEAL,
            new SimWorld.End(neighbour, new LinkId("to-" + capture.name()), Channel.PERFECT),
            new SimWorld.End(node, Network.linkTo(name), Channel.PERFECT));
    wire.forth().close(true);
    wire.back().close(true);
  }

  private void happen(TraceEvent event) {
    String direction = event.from() + ">" + event.to();
    Medium medium = world.medium(direction).orElseThrow();
    switch (event.change()) {
      case LinkChange.Up up -> medium.open(channel(direction, up.owltNanos()));
      // What was seen whole at the place of the capture arrives, also if the link was cut then.
      case LinkChange.Down _ -> medium.close(true);
      case LinkChange.Delay(long owlt) -> medium.change(channel(direction, OptionalLong.of(owlt)));
      case LinkChange.Reset() -> node.reset(Network.linkTo(capture.neighbour(event)));
      case LinkChange.Rate _,
          LinkChange.Loss _,
          LinkChange.Opportunity _,
          LinkChange.Transfer _ -> {} // Captures do not tell of loss; for rates see the reading.
    }
  }

  private Channel channel(String direction, OptionalLong owltNanos) {
    Channel before = channels.getOrDefault(direction, Channel.PERFECT);
    Channel now = new Channel(owltNanos.orElse(before.lightNanos()), 0, 0);
    channels.put(direction, now);
    return now;
  }

  CaptureOutcome run(Duration margin) {
    world.start(ContactPlan.EMPTY);
    world.runUntil(capture.lastNanos() + margin.toNanos());
    return outcome();
  }

  private CaptureOutcome outcome() {
    List<Bundle> own = new ArrayList<>();
    List<Bundle> waiting = new ArrayList<>();
    for (HeldBundle held : held()) {
      (node.isLocal(held.destination()) ? own : waiting).add(bundle(held));
    }
    SortedMap<String, List<RecordedNode.Received>> got = new TreeMap<>();
    SortedMap<String, List<RecordedNode.NotTaken>> notTaken = new TreeMap<>();
    long taken = 0;
    for (RecordedNode neighbour : neighbours.values()) {
      got.put(neighbour.name(), neighbour.received());
      if (!neighbour.notTaken().isEmpty()) {
        notTaken.put(neighbour.name(), neighbour.notTaken());
      }
      taken += neighbour.taken();
    }
    return new CaptureOutcome(
        own,
        waiting,
        got,
        notTaken,
        taken,
        world.nanos(),
        world.log().hash(),
        capture.findings(),
        CaptureComparison.of(capture, capture.neighbours(), got, notTaken, new HashSet<>()));
  }

  private List<HeldBundle> held() {
    List<HeldBundle> all = new ArrayList<>();
    List<HeldBundle> next = node.store().list(Optional.empty(), LISTED);
    while (!next.isEmpty()) {
      all.addAll(next);
      HeldKey last = next.getLast().key();
      next = node.store().list(Optional.of(last), LISTED);
    }
    return all;
  }

  private Bundle bundle(HeldBundle held) {
    BundleStore.Ends ends = node.store().ends(held.key()).orElseThrow();
    Octets payload =
        node.store().read(held.key(), 0, Math.toIntExact(held.sizes().payload())).orElseThrow();
    Octets encoded = Octets.concat(List.of(ends.head(), payload, ends.trailer()));
    return switch (BundleReader.read(encoded, ReadOptions.STORED)) {
      case Decoded.Valid<Bundle>(Bundle bundle) -> bundle;
      case Decoded.Invalid<Bundle> bad ->
          throw new IllegalStateException("held and no bundle: " + bad.fault());
    };
  }
}
