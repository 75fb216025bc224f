package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One bundle of a run: who holds how much of it, and what became of it. */
final class Track {
  /** What becomes of bundles. */
  enum Fate {
    /** Not known yet. */
    OPEN,
    /** Its application has it. */
    DELIVERED,
    /** Its lifetime ended. */
    EXPIRED,
    /** It ended for another reason that was told. */
    DELETED,
    /** It was best-effort, and is gone. */
    BEST_EFFORT_LOST,
    /** It is gone, and no gateway can help it. */
    EXCUSED
  }

  /** A part of the payload that a node holds. */
  private record Hold(String node, long key, long from, long to) {}

  private static final long TOLERANCE_NANOS = 1_000_000_000L;
  private static final long DRIFT_SHARE = 5_000;

  final BundleId id;
  final long createdNanos;
  final long expiryNanos;
  final long lifetimeNanos;
  final Eid destination;
  final TrafficClass trafficClass;
  final boolean bestEffort;
  final boolean clockless;
  private final List<Hold> holds = new ArrayList<>(2);
  private long length;
  long number = -1;
  Fate fate = Fate.OPEN;
  int fetches;
  boolean acknowledging;
  boolean fragmented;
  boolean excused;

  /** Whether no node that held it has ended meanwhile, so that its age could be measured. */
  boolean steady = true;

  Track(HeldBundle first, long nowNanos, long expiryNanos, long lifetimeNanos) {
    this.id = first.id().original();
    this.createdNanos = nowNanos;
    this.expiryNanos = expiryNanos;
    this.lifetimeNanos = lifetimeNanos;
    this.destination = first.destination();
    this.trafficClass = first.service().trafficClass();
    this.bestEffort = first.service().bestEffort();
    this.clockless = first.service().clockless();
  }

  /** A node holds it, or a part of it. */
  void held(String node, HeldBundle bundle) {
    long from = bundle.id().extent().map(BundleId.Extent::offset).orElse(0L);
    long to = from + bundle.sizes().payload();
    if (bundle.id().extent().isEmpty()) {
      length = to;
    } else {
      fragmented = true;
      length = Math.max(length, to);
    }
    holds.add(new Hold(node, bundle.key().sequence(), from, to));
  }

  /** A node holds that no more. */
  void released(String node, long key) {
    holds.removeIf(hold -> hold.key == key && hold.node.equals(node));
  }

  /** A node holds nothing of it. */
  void gone(String node) {
    holds.removeIf(hold -> hold.node.equals(node));
  }

  boolean isHeldBy(String node) {
    for (Hold hold : holds) {
      if (hold.node.equals(node)) {
        return true;
      }
    }
    return false;
  }

  boolean isHeld() {
    return !holds.isEmpty();
  }

  /** Whether every byte of it is held somewhere. */
  boolean isWhole() {
    long reached = 0;
    if (holds.size() == 1) {
      Hold only = holds.getFirst();
      return only.from == 0 && only.to >= length;
    }
    List<Hold> ordered = new ArrayList<>(holds);
    ordered.sort(Comparator.comparingLong(Hold::from));
    for (Hold hold : ordered) {
      if (hold.from > reached) {
        return false;
      }
      reached = Math.max(reached, hold.to);
    }
    return !holds.isEmpty() && reached >= length;
  }

  /** Whether its lifetime is over by a clock that is a little fast at most. */
  boolean mayHaveExpired(long nowNanos) {
    return nowNanos >= expiryNanos - TOLERANCE_NANOS - lifetimeNanos / DRIFT_SHARE;
  }

  /**
   * Whether its age was lost: it was made without a clock, and a node that held it booted anew
   * before it had one. It lives longer than it should, and those who were to remember it may have
   * forgotten it by right.
   */
  boolean hasOutlivedItself(long nowNanos) {
    return clockless && !steady && mustHaveExpired(nowNanos);
  }

  /** Whether its lifetime is over by a clock that is a little slow at most. */
  boolean mustHaveExpired(long nowNanos) {
    return nowNanos > expiryNanos + TOLERANCE_NANOS + lifetimeNanos / DRIFT_SHARE;
  }
}
