package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldBundle.Copies;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.gateway.link.LinkEvent.Cause;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.opportunistic.DeliveryPredictabilities;
import dev.holdfast.gateway.opportunistic.SummaryVector;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.RouteDecision;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings.Policy;
import dev.holdfast.gateway.turn.Turn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Steps 5 to 8 for copies that go to neighbours nobody planned: which bundle a neighbour gets a
 * copy of, and what comes of it. The bundle itself stays until it leaves by a way of its own, its
 * lifetime is over, or its room is needed.
 */
public final class Spreading {
  private final OpportunisticSettings settings;
  private final Holding holding;
  private final Links links;
  private final Router router;
  private final StatusReporting reporting;
  private final SummaryVector ours;
  private final DeliveryPredictabilities predictabilities;
  private final Map<LinkId, Encounter> encounters = new TreeMap<>();

  /** Copies bound or under way: how many there are, and how many they count for. */
  private final Map<HeldKey, Copies> promised = new HashMap<>();

  /** Nobody was met yet. */
  Spreading(
      OpportunisticSettings settings,
      Holding holding,
      Links links,
      Router router,
      StatusReporting reporting) {
    this.settings = settings;
    this.holding = holding;
    this.links = links;
    this.router = router;
    this.reporting = reporting;
    this.ours = new SummaryVector(settings.limits().summaryBundles());
    this.predictabilities =
        new DeliveryPredictabilities(settings.prophet(), settings.limits().nodes());
  }

  /** Those who are there, by link. */
  Map<LinkId, Encounter> encounters() {
    return encounters;
  }

  /** The bundles that this node has or had. */
  SummaryVector ours() {
    return ours;
  }

  /** Whom this node is likely to meet. */
  DeliveryPredictabilities predictabilities() {
    return predictabilities;
  }

  /** A bundle is held to be forwarded: neighbours are told that it is here. */
  public void holds(HeldBundle bundle) {
    if (settings.policy(bundle.destination()).isPresent()) {
      ours.add(SummaryVector.digest(bundle.id()));
    }
    if (bundle.progress().copies().given() > 0) {
      holding.kept().add(bundle);
    }
  }

  /**
   * Binds a copy for a neighbour if the bundle's policy is that it gets one. False if it was given
   * as much as it may be for now.
   */
  boolean offer(Turn turn, Encounter to, HeldBundle bundle) {
    Optional<Policy> policy = settings.policy(bundle.destination());
    Optional<Egress> link = links.find(to.link);
    if (policy.isEmpty() || link.isEmpty() || isNotFor(to, bundle)) {
      return true;
    }
    long digest = SummaryVector.digest(bundle.id());
    if (to.other.has.contains(digest)
        || holding.isExpired(bundle, turn.now())
        || !(policy.get().besidePlan() || hasNoWay(turn, bundle))) {
      return true;
    }
    int counted = worth(turn, to, bundle, policy.get());
    if (counted < 0) {
      return true;
    }
    long bytes = bundle.sizes().total();
    if (to.bytes > 0 && to.bytes + bytes > settings.limits().bytesPerExchange()) {
      return false;
    }
    Waiting gift = Waiting.gift(bundle, to.link, counted);
    promise(gift, 1);
    to.other.has.add(digest);
    to.bytes += bytes;
    to.pending++;
    link.get().bound().add(gift);
    return true;
  }

  /** What is theirs, came from them, or is on its way in parts. */
  private boolean isNotFor(Encounter to, HeldBundle bundle) {
    Optional<NodeId> node = Optional.of(to.node);
    return bundle.destination().nodeId().equals(node)
        || bundle.id().source().nodeId().equals(node)
        || bundle.from().equals(node)
        || bundle.progress().sent() > 0;
  }

  private boolean hasNoWay(Turn turn, HeldBundle bundle) {
    return holding
        .queues()
        .entry(bundle)
        .map(entry -> entry.state() == Waiting.State.UNBOUND)
        .orElseGet(
            () ->
                router.decide(new Waiting(bundle), turn.now().wall())
                    instanceof RouteDecision.Nowhere);
  }

  /** How many copies the neighbour's would count for; 0 if they are not counted, -1 for none. */
  private int worth(Turn turn, Encounter to, HeldBundle bundle, Policy policy) {
    Copies promises = promised.getOrDefault(bundle.key(), Copies.NONE);
    Copies copies = bundle.progress().copies();
    boolean mayGive = copies.given() + promises.given() < policy.copies();
    return switch (policy.method()) {
      case EPIDEMIC -> mayGive ? 0 : -1;
      case PROPHET -> mayGive && isLikelier(turn, to, bundle) ? 0 : -1;
      case SPRAY -> {
        int left = (copies.left() == 0 ? policy.copies() : copies.left()) - promises.left();
        yield left > 1 ? left / 2 : -1;
      }
    };
  }

  private boolean isLikelier(Turn turn, Encounter to, HeldBundle bundle) {
    Optional<NodeId> destination = bundle.destination().nodeId();
    return destination.isPresent()
        && to.other.mayDeliverTo.getOrDefault(destination.get(), 0.0)
            > predictabilities.of(destination.get(), turn.now().bootMillis());
  }

  private void promise(Waiting gift, int sign) {
    promised.merge(
        gift.held().key(),
        new Copies(sign, sign * gift.copiesLeft()),
        (a, b) -> new Copies(a.given() + b.given(), a.left() + b.left()));
    promised.remove(gift.held().key(), Copies.NONE);
  }

  /** Whether the bundle that a copy is of is still here. */
  boolean isHeld(Turn turn, Waiting gift) {
    return current(turn, gift).isPresent();
  }

  private static Optional<HeldBundle> current(Turn turn, Waiting gift) {
    return turn.find(gift.held().id()).filter(held -> held.key().equals(gift.held().key()));
  }

  /** A neighbour has taken a copy. */
  void taken(Turn turn, LinkId link, Waiting gift) {
    settled(link, gift);
    turn.count(Counter.COPIES_GIVEN);
    turn.note(Kind.COPIED, Optional.of(link), Optional.of(gift.held().id()), "the bundle stays");
    current(turn, gift).ifPresent(bundle -> given(turn, bundle, gift));
  }

  private void given(Turn turn, HeldBundle bundle, Waiting gift) {
    Copies before = bundle.progress().copies();
    int left = before.left();
    if (gift.copiesLeft() > 0) {
      int initial = settings.policy(bundle.destination()).map(Policy::copies).orElse(1);
      turn.sync(); // Or a crash would make more copies than there are.
      left = Math.max(1, (left == 0 ? initial : left) - gift.copiesLeft());
    }
    HeldBundle after =
        bundle.with(
            new HeldBundle.Progress(
                bundle.progress().sent(),
                bundle.progress().fetches(),
                new Copies(before.given() + 1, left)));
    turn.update(bundle, after);
    holding.queues().entry(after).ifPresent(entry -> entry.held(after));
    holding.kept().add(after);
    while (holding.kept().bytes() > settings.limits().keptBytes() && releaseOne(turn)) {
      // One after the other, the one given first before the others.
    }
  }

  /**
   * Whether there is room for a bundle of that length, if need be in place of bundles of which a
   * neighbour has a copy.
   */
  public boolean makeRoom(Turn turn, long length) {
    while (!holding.hasRoom(length)) {
      if (!releaseOne(turn)) {
        return false;
      }
    }
    return true;
  }

  private boolean releaseOne(Turn turn) {
    Optional<BundleId> first = holding.kept().first();
    first.ifPresent(holding.kept()::gone);
    first
        .flatMap(turn::find)
        .filter(bundle -> holding.queues().entry(bundle).filter(e -> !e.isIdle()).isEmpty())
        .ifPresent(
            bundle -> {
              turn.note(
                  Kind.FORWARDED,
                  Optional.empty(),
                  Optional.of(bundle.id()),
                  "neighbours have copies, and its room is needed");
              turn.count(Counter.BUNDLES_FORWARDED);
              reporting.forwarded(turn, bundle);
              holding.release(turn, bundle);
            });
    return first.isPresent();
  }

  /** A copy was not taken. */
  void failed(Turn turn, LinkId link, Waiting gift, Cause cause) {
    if (cause == Cause.COMPLETED) {
      settled(link, gift); // It has the bundle from somebody else.
      return;
    }
    dropped(link, gift);
    if (cause == Cause.NOT_ACCEPTABLE) {
      Optional.ofNullable(encounters.get(link))
          .ifPresent(to -> to.other.has.add(SummaryVector.digest(gift.held().id())));
    }
    turn.count(Counter.TRANSFERS_FAILED);
  }

  /** A copy does not leave after all; it may be offered again. */
  void dropped(LinkId link, Waiting gift) {
    settled(link, gift);
    Optional.ofNullable(encounters.get(link))
        .ifPresent(to -> to.other.has.remove(SummaryVector.digest(gift.held().id())));
  }

  private void settled(LinkId link, Waiting gift) {
    promise(gift, -1);
    Optional.ofNullable(encounters.get(link)).ifPresent(to -> to.pending--);
  }

  /** A neighbour has gone: copies that wait for it do so no more. */
  void gone(Egress link) {
    for (Waiting waiting : List.copyOf(link.bound())) {
      if (waiting.isGift()) {
        link.bound().remove(waiting);
        dropped(link.settings().link(), waiting);
      }
    }
    encounters.remove(link.settings().link());
  }
}
