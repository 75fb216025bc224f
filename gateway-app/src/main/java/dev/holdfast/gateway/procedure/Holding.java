package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.fragment.Fragmenter;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.opportunistic.SprayBlock;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.Queues;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.NodeSettings.HoldLimits;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Step 3, and the end of it: a bundle becomes one that is held, and stops being one. Keeps the
 * store's changes, the queues in memory and what is bound to links in step.
 */
public final class Holding {
  private final HoldLimits limits;
  private final long bootId;
  private final Queues queues;
  private final Links links;
  private final Router router;
  private final Kept kept = new Kept();
  private long lastKey;
  private DtnTime earliestExpiry = DtnTime.FOREVER;
  private DtnTime earliestSinceAsked = DtnTime.FOREVER;

  /** Nothing is held beyond what the queues know; keys go on after {@code lastKey}. */
  public Holding(
      HoldLimits limits, long bootId, Queues queues, Links links, Router router, long lastKey) {
    this.limits = limits;
    this.bootId = bootId;
    this.queues = queues;
    this.links = links;
    this.router = router;
    this.lastKey = lastKey;
  }

  /** Whether a bundle of that length may be held beside all others. */
  public boolean hasRoom(long length) {
    return queues.bundles() < limits.bundles() && queues.bytes() + length <= limits.bytes();
  }

  /** Holds a bundle in a queue. Present if it is in memory and may be bound. */
  public Optional<Waiting> hold(Turn turn, Fresh fresh, QueueKey queue) {
    HeldBundle held = describe(fresh, queue, turn.now());
    turn.put(held, fresh.head().encoded(), fresh.payload(), fresh.trailer());
    earliestExpiry = DtnTime.min(earliestExpiry, held.expiry());
    earliestSinceAsked = DtnTime.min(earliestSinceAsked, held.expiry());
    Optional<Waiting> entry = queues.arrive(held);
    for (Waiting shed : queues.of(queue).shed()) {
      unbind(shed);
    }
    return entry;
  }

  private HeldBundle describe(Fresh fresh, QueueKey queue, Moment now) {
    BundleHead head = fresh.head();
    PrimaryBlock primary = head.primary();
    lastKey++;
    return new HeldBundle(
        new HeldKey(lastKey),
        head.id(),
        queue,
        primary.destination(),
        serviceOf(head),
        expiryOf(head, now),
        primary.lifetime(),
        ageOf(head, now),
        new HeldBundle.Sizes(
            head.encoded().size(), head.payload().length(), fresh.trailer().size()),
        fresh.from(),
        new HeldBundle.Progress(0, 0, new HeldBundle.Copies(0, SprayBlock.copies(head))));
  }

  private static HeldBundle.Service serviceOf(BundleHead head) {
    BundleFlags flags = head.primary().flags();
    Optional<CanonicalBlock.Traffic> traffic = head.first(CanonicalBlock.Traffic.class);
    return new HeldBundle.Service(
        traffic.map(CanonicalBlock.Traffic::trafficClass).orElse(TrafficClass.NORMAL),
        traffic.map(CanonicalBlock.Traffic::ordinal).orElse(0),
        traffic.map(CanonicalBlock.Traffic::critical).orElse(false),
        traffic.map(CanonicalBlock.Traffic::bestEffort).orElse(false),
        Fragmenter.obstacle(head).isEmpty(),
        head.primary().created().time().isUnknown(),
        flags.asksForReports());
  }

  private DtnTime expiryOf(BundleHead head, Moment now) {
    PrimaryBlock primary = head.primary();
    DtnTime latest =
        limits.lifetimeMillis() == Long.MAX_VALUE
            ? DtnTime.FOREVER
            : now.wall().plus(limits.lifetimeMillis());
    if (!primary.created().time().isUnknown()) {
      return DtnTime.min(latest, primary.created().time().plusUnsigned(primary.lifetime()));
    }
    long age = head.first(CanonicalBlock.BundleAge.class).map(b -> b.millis()).orElse(0L);
    long left = Long.compareUnsigned(primary.lifetime(), age) <= 0 ? 0 : primary.lifetime() - age;
    return DtnTime.min(latest, now.wall().plusUnsigned(left));
  }

  private AgeMark ageOf(BundleHead head, Moment now) {
    PrimaryBlock primary = head.primary();
    long age =
        head.first(CanonicalBlock.BundleAge.class)
            .map(b -> Math.max(0, b.millis()))
            .orElseGet(
                () ->
                    primary.created().time().isUnknown() || !now.trusted()
                        ? -1L
                        : Math.max(0, now.wall().since(primary.created().time())));
    return new AgeMark(age, bootId, now.bootMillis(), now.wall(), now.trusted());
  }

  private long residence(HeldBundle bundle, Moment now) {
    return bundle.age().residenceMillis(bootId, now.bootMillis(), now.wall(), now.trusted());
  }

  /**
   * Whether a bundle's lifetime is over (RFC 9171 §4.2.7, §5.5): by age for a source without clock,
   * by a wall clock that can be trusted otherwise.
   */
  public boolean isExpired(HeldBundle bundle, Moment now) {
    if (bundle.service().clockless()) {
      long age = Math.max(0, bundle.age().ageMillis()) + residence(bundle, now);
      return Long.compareUnsigned(age, bundle.lifetime()) >= 0;
    }
    return now.trusted() && !now.earliestWall().isBefore(bundle.expiry());
  }

  /** Lets go of a bundle and its bytes. */
  public void release(Turn turn, HeldBundle bundle) {
    turn.remove(bundle);
    kept.gone(bundle.id());
    queues.gone(bundle).ifPresent(this::unbind);
  }

  /** Replaces what is kept beside a bundle's bytes, within its queue. */
  public void progress(Turn turn, Waiting entry, HeldBundle.Progress progress) {
    HeldBundle before = entry.held();
    HeldBundle after = before.with(progress);
    turn.update(before, after);
    entry.held(after);
  }

  /** Frees what a bundle and its copies took of links and contacts. */
  public void unbind(Waiting entry) {
    for (Waiting copy : List.copyOf(entry.copies())) {
      unbind(copy);
      entry.copyEnded(copy, false);
    }
    entry.link().flatMap(links::find).map(Egress::bound).ifPresent(b -> b.remove(entry));
    router.unbind(entry);
  }

  /** Until when a bundle that is gone is remembered. */
  public DtnTime rememberUntil(HeldBundle bundle, Moment now) {
    return limits.rememberMillis() == Long.MAX_VALUE
        ? bundle.expiry()
        : DtnTime.min(bundle.expiry(), now.wall().plus(limits.rememberMillis()));
  }

  /** No bundle expires before this. */
  public DtnTime earliestExpiry() {
    return earliestExpiry;
  }

  /** The store is being asked what expires first; it may not know of bundles that come now. */
  public void askedForExpiry() {
    earliestSinceAsked = DtnTime.FOREVER;
  }

  /** The store was asked: no bundle that it knew expires before this. */
  public void earliestExpiry(DtnTime time) {
    earliestExpiry = DtnTime.min(time, earliestSinceAsked);
  }

  /** Bundles of which a neighbour has a copy. */
  Kept kept() {
    return kept;
  }

  /** The queues of everything held. */
  public Queues queues() {
    return queues;
  }
}
