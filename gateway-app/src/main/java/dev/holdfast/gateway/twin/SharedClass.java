package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * One export class as this region has it: its replica, what keeps that in step with others, and its
 * endpoint.
 *
 * @param settings name, service, with whom
 * @param replica what is there
 * @param sync keeps it in step
 * @param names of all regions, by which messages name them
 */
record SharedClass(
    TwinSettings.ExportClass settings,
    Replica replica,
    ClassSync sync,
    SortedMap<RegionId, String> names) {
  String name() {
    return settings.name();
  }

  /** Whether it is shared with a region. */
  boolean isSharedWith(TwinSettings.Region region) {
    return settings.regions().contains(region.name());
  }

  /** A message as the bundle that carries it. */
  Request.Message message(Outgoing out, Eid to, Eid from, TwinSettings.Terms terms) {
    boolean digest = isDigest(out.kind());
    return new Request.Message(
        to,
        from,
        digest ? terms.digestLifetimeMillis() : terms.lifetimeMillis(),
        new Request.Service(
            trafficClass(out.kind()), 0, false, isMadeAgain(out.kind()), true, terms.hopLimit()),
        out.payload(),
        settings.service());
  }

  /** What says how far a region is, and is worth little once it is further. */
  private static boolean isDigest(MessageKind kind) {
    return switch (kind) {
      case FRONTIER, SKETCH, REQUEST, SIDECAST -> true;
      case DELTA, SNAPSHOT, KEY, PROOF -> false;
    };
  }

  /** What nobody confirms and every round makes anew: it is not held until somebody does. */
  private static boolean isMadeAgain(MessageKind kind) {
    return kind == MessageKind.SIDECAST;
  }

  private static TrafficClass trafficClass(MessageKind kind) {
    return switch (kind) {
      case KEY, PROOF -> TrafficClass.URGENT;
      case FRONTIER, SKETCH, REQUEST -> TrafficClass.EXPEDITED;
      case DELTA -> TrafficClass.NORMAL;
      case SNAPSHOT, SIDECAST -> TrafficClass.BULK;
    };
  }

  /** How far each region is known, this one first. */
  List<TwinAnswer.AsOf> asOf(RegionId self, DtnTime now) {
    Frontier frontier = replica.telling().frontier(now.millis());
    List<TwinAnswer.AsOf> all = new ArrayList<>();
    for (RegionId region : sync.ring().regions()) {
      boolean own = region.equals(self);
      long writes = own ? replica.unsealed() : 0;
      long age = own ? 0 : -1;
      for (var each : sync.ring().streams().entrySet()) {
        Frontier.Reach reach = frontier.streams().get(each.getKey());
        if (each.getValue().region().equals(region) && reach != null) {
          writes += reach.last();
          age = age < 0 ? reach.ageSeconds() : Math.min(age, Math.max(0, reach.ageSeconds()));
        }
      }
      String called = names.getOrDefault(region, region.toString());
      all.add(own ? 0 : all.size(), new TwinAnswer.AsOf(called, name(), writes, age));
    }
    return all;
  }

  /** How it is. */
  TwinAnswer.ClassStatus status(RegionId self, DtnTime now) {
    return new TwinAnswer.ClassStatus(
        name(),
        replica.root().toString(),
        replica.size(),
        replica.unsealed(),
        asOf(self, now),
        sync.peers().stream().map(this::peer).toList(),
        sync.ring().regions().stream().map(this::key).toList());
  }

  private TwinAnswer.KeyStatus key(RegionId region) {
    KeyRing.Current current = sync.ring().current(region).orElseThrow();
    return new TwinAnswer.KeyStatus(
        names.getOrDefault(region, region.toString()), current.index(), current.key());
  }

  private TwinAnswer.PeerStatus peer(ClassSync.PeerView peer) {
    return new TwinAnswer.PeerStatus(
        names.getOrDefault(peer.region(), peer.region().toString()),
        peer.open(),
        peer.inStep(),
        peer.heard().map(clock -> new DtnTime(clock.millis())),
        peer.knowsOurs());
  }

  /** What people read of a notice: in which class, who is to blame, and for what. */
  static String words(String exportClass, SortedMap<RegionId, String> names, Notice notice) {
    String who = notice.region().map(id -> names.getOrDefault(id, id.toString())).orElse("?");
    return "class %s, region %s, %s: %s".formatted(exportClass, who, notice.what(), notice.text());
  }
}
