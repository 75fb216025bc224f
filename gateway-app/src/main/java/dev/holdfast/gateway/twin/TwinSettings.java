package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ReplicaLimits;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.SyncSettings;
import dev.holdfast.crdt.twin.TwinLimits;
import java.util.List;

/**
 * What the twins are told at their start; nothing of it changes while they run.
 *
 * @param name of this region, for people
 * @param node of this region
 * @param keys of this region
 * @param others the other regions
 * @param classes what is shared with whom
 * @param rules which class a write belongs to
 * @param terms how bundles are sent
 * @param limits what may be written and said
 */
public record TwinSettings(
    String name,
    NodeId node,
    Keys keys,
    List<Region> others,
    List<ExportClass> classes,
    ExportRules rules,
    Terms terms,
    Limits limits) {
  /** The class of what leaves this region never. */
  public static final String LOCAL = "local";

  /** Keeps its own copies. */
  public TwinSettings {
    others = List.copyOf(others);
    classes = List.copyOf(classes);
  }

  /**
   * The keys of this region.
   *
   * @param first the first that it ever had, by which others know it
   * @param all those that it has, oldest first: the last signs, once it has replaced the one before
   */
  public record Keys(VerifyKey first, List<SigningKey> all) {
    /** Keeps its own copy. */
    public Keys {
      all = List.copyOf(all);
    }

    /** Of one key. */
    public static Keys of(SigningKey only) {
      return new Keys(only.verifyKey(), List.of(only));
    }

    /** By which messages name the region. */
    public RegionId region() {
      return RegionId.of(first);
    }
  }

  /**
   * Another region.
   *
   * @param name for people
   * @param node its gateway
   * @param firstKey the first key that it ever had
   */
  public record Region(String name, NodeId node, VerifyKey firstKey) {
    /** By which messages name it. */
    public RegionId id() {
      return RegionId.of(firstKey);
    }
  }

  /**
   * An export class.
   *
   * @param name the same in all regions that share it
   * @param service number of its endpoint, the same in all regions that share it
   * @param regions names of the other regions that share it; none for what stays here
   */
  public record ExportClass(String name, long service, List<String> regions) {
    /** Keeps its own copy. */
    public ExportClass {
      regions = List.copyOf(regions);
    }
  }

  /**
   * How bundles are sent.
   *
   * @param lifetimeMillis lifetime of what says what was written
   * @param digestLifetimeMillis lifetime of what says how far a region is
   * @param answerMillis within which an answer can be expected from a region that no contact plan
   *     leads to
   * @param answerMarginMillis added to what the plan says of answers
   * @param hopLimit most hops
   */
  public record Terms(
      long lifetimeMillis,
      long digestLifetimeMillis,
      long answerMillis,
      long answerMarginMillis,
      int hopLimit) {
    /** 30 days, 7 days, 1 hour, 10 seconds, 64 hops. */
    public static final Terms DEFAULT =
        new Terms(30L * 86_400_000, 7L * 86_400_000, 3_600_000, 10_000, 64);
  }

  /**
   * What may be written and said.
   *
   * @param twins of things
   * @param replicas of what is kept
   * @param sync of what is said
   * @param history of what is kept of the past
   */
  public record Limits(
      TwinLimits twins, ReplicaLimits replicas, SyncSettings sync, ClassSync.History history) {
    /** As each has them. */
    public static final Limits DEFAULT =
        new Limits(
            TwinLimits.DEFAULT,
            ReplicaLimits.DEFAULT,
            SyncSettings.DEFAULT,
            ClassSync.History.DEFAULT);

    /** As these, with another history. */
    public Limits with(ClassSync.History other) {
      return new Limits(twins, replicas, sync, other);
    }
  }

  /** The endpoint of a class at a node. */
  public static Eid endpoint(NodeId node, long service) {
    return switch (node.eid()) {
      case IpnEid ipn -> new IpnEid(ipn.allocator(), ipn.node(), service, ipn.threeElements());
      case DtnEid dtn -> new DtnEid(dtn.nodeName(), "twins/" + service);
      case NullEid _, UnknownEid _ -> throw new IllegalArgumentException("no endpoints at " + node);
    };
  }
}
