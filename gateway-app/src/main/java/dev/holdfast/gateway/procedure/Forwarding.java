package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent.Cause;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.Egress.InFlight;
import dev.holdfast.gateway.schedule.HeldQueue;
import dev.holdfast.gateway.schedule.RouteDecision;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Steps 5 to 8 of 9: a bundle is bound to a link, leaves by it, is confirmed and released, or goes
 * back to be routed again (RFC 9171 §5.4).
 */
public final class Forwarding {
  private static final int LOOK_AHEAD = 64;

  private final NodeSettings settings;
  private final Holding holding;
  private final Links links;
  private final Router router;
  private final Fragmentation fragmentation;
  private final StatusReporting reporting;
  private long lastToken;

  /** Forwarding over these links. */
  public Forwarding(
      NodeSettings settings,
      Holding holding,
      Links links,
      Router router,
      StatusReporting reporting) {
    this.settings = settings;
    this.holding = holding;
    this.links = links;
    this.router = router;
    this.fragmentation = new Fragmentation(settings.contacts());
    this.reporting = reporting;
  }

  /**
   * Step 4: finds a way for a bundle that has none, and binds it. It leaves at the next {@link
   * #run}.
   */
  public void offer(Turn turn, Waiting bundle) {
    RouteDecision decision = router.bind(bundle, turn.now().wall());
    if (bundle.state() == Waiting.State.BOUND) {
      makeWay(turn, bundle, decision);
    }
    bundle.link().flatMap(links::find).ifPresent(link -> link.bound().add(bundle));
  }

  /**
   * A more urgent bundle takes the room of less urgent ones in the contact that is open; they are
   * bound anew.
   */
  private void makeWay(Turn turn, Waiting bundle, RouteDecision decision) {
    if (!(decision instanceof RouteDecision.During during)) {
      return;
    }
    Optional<Egress> link = links.find(during.link());
    boolean late =
        link.flatMap(Egress::contact).filter(open -> !open.equals(during.contact())).isPresent();
    if (!late) {
      return;
    }
    long freed = 0;
    for (Waiting lesser : List.copyOf(link.get().bound().descendingSet())) {
      boolean less =
          lesser.held().service().trafficClass().compareTo(bundle.held().service().trafficClass())
              < 0;
      if (!less || freed >= bundle.bytesLeft()) {
        break;
      }
      if (lesser.contact().equals(link.get().contact())) {
        freed += lesser.bytesLeft();
        holding.unbind(lesser);
        var _ = router.bind(lesser, during.contact().start());
        lesser.link().flatMap(links::find).ifPresent(l -> l.bound().add(lesser));
      }
    }
    if (freed > 0) {
      router.unbind(bundle);
      var _ = router.bind(bundle, turn.now().wall());
    }
  }

  /** Hands to every link what may leave now. */
  public void run(Turn turn) {
    for (Egress link : links.all()) {
      if (link.hasCredit(turn.now()) && !link.bound().isEmpty()) {
        pump(turn, link);
      }
    }
  }

  private void pump(Turn turn, Egress link) {
    int passed = 0;
    Waiting next = link.bound().first();
    while (next != null && passed < LOOK_AHEAD && link.hasCredit(turn.now())) {
      Waiting after = link.bound().higher(next);
      passed += leave(turn, link, next) ? 0 : 1;
      next = after;
    }
  }

  private boolean leave(Turn turn, Egress link, Waiting bundle) {
    Moment now = turn.now();
    if (holding.isExpired(bundle.held(), now)) {
      return false; // Expiration deletes it; it must not leave.
    }
    long mru = link.up().map(up -> up.limits().transferMru()).orElse(Long.MAX_VALUE);
    Fragmentation.Cut cut =
        fragmentation.fit(bundle.held(), link.roomBytes(now), mru, router::consumption);
    switch (cut) {
      case Fragmentation.Cut.Whole() -> transmit(turn, link, bundle, Optional.empty());
      case Fragmentation.Cut.Part(BundleId.Extent part) -> {
        turn.count(Counter.FRAGMENTS_CUT);
        transmit(turn, link, bundle, Optional.of(part));
      }
      case Fragmentation.Cut.TooLarge() -> {
        bundle.notBy(link.settings().link());
        again(turn, bundle);
        return false;
      }
      case Fragmentation.Cut.NoRoom() -> {
        return false;
      }
    }
    return true;
  }

  private void transmit(Turn turn, Egress link, Waiting bundle, Optional<BundleId.Extent> part) {
    HeldBundle held = bundle.held();
    TransferToken token = new TransferToken(++lastToken);
    long bytes =
        part.map(p -> held.sizes().head() + p.length()).orElseGet(() -> held.sizes().total());
    link.started(token, new InFlight(bundle, part, bytes), router.consumption(bytes), turn.now());
    bundle.state(Waiting.State.IN_TRANSFER);
    turn.count(Counter.TRANSFERS_STARTED);
    turn.then(
        new Effect.Transmit(
            link.settings().link(),
            token,
            held,
            settings.administrative(
                link.neighbour().map(n -> n.eid()).orElse(settings.node().eid())),
            part));
    turn.note(Kind.SENDING, Optional.of(link.settings().link()), Optional.of(held.id()), "");
  }

  /** The last byte left. For links that confirm nothing that is all there will be. */
  public void sent(Turn turn, LinkId name, TransferToken token) {
    Optional<Egress> link = links.find(name);
    if (link.isEmpty() || link.get().settings().confirmation() == Link.Confirmation.STORED) {
      return;
    }
    Optional<InFlight> transfer = link.get().settled(token).filter(t -> isHeld(t.bundle()));
    if (transfer.isEmpty()) {
      return;
    }
    if (link.get().settings().releaseOnSent()
        || transfer.get().bundle().held().service().bestEffort()) {
      done(turn, name, transfer.get());
    } else {
      router.left(transfer.get().bundle());
      transfer.get().bundle().state(Waiting.State.SENT);
    }
  }

  /** Step 7: the neighbour has it. */
  public void confirmed(Turn turn, LinkId name, TransferToken token) {
    Optional<Egress> link = links.find(name);
    link.ifPresent(Egress::hasRoom);
    link.flatMap(l -> l.settled(token))
        .filter(t -> isHeld(t.bundle()))
        .ifPresent(t -> done(turn, name, t));
  }

  private boolean isHeld(Waiting bundle) {
    return holding.queues().entry(bundle.held()).isPresent();
  }

  /** Step 8: released, or the rest of it goes on waiting. */
  private void done(Turn turn, LinkId name, InFlight transfer) {
    Waiting bundle = transfer.bundle();
    HeldBundle held = bundle.held();
    long reached = transfer.part().map(BundleId.Extent::end).orElse(held.sizes().payload());
    if (reached < held.sizes().payload()) {
      holding.progress(turn, bundle, new HeldBundle.Progress(reached, held.progress().fetches()));
      again(turn, bundle);
      return;
    }
    turn.count(Counter.BUNDLES_FORWARDED);
    turn.note(Kind.FORWARDED, Optional.of(name), Optional.of(held.id()), "confirmed");
    reporting.forwarded(turn, held);
    router.left(bundle);
    holding.release(turn, held);
  }

  /** A transfer failed: back to step 4, unless the neighbour has the bundle anyway. */
  public void failed(Turn turn, LinkId name, TransferToken token, Cause cause) {
    Optional<Egress> link = links.find(name);
    Optional<InFlight> transfer =
        link.flatMap(l -> l.settled(token)).filter(t -> isHeld(t.bundle()));
    if (transfer.isEmpty()) {
      return;
    }
    if (cause == Cause.COMPLETED) {
      done(turn, name, transfer.get());
      return;
    }
    Waiting bundle = transfer.get().bundle();
    turn.count(Counter.TRANSFERS_FAILED);
    turn.note(
        Kind.TRANSFER_FAILED,
        Optional.of(name),
        Optional.of(bundle.held().id()),
        switch (cause) {
          case LOST -> "the session ended first";
          case COMPLETED -> "the neighbour has it";
          case NO_RESOURCES -> "the neighbour has no room";
          case RETRANSMIT -> "the neighbour wants it again";
          case NOT_ACCEPTABLE -> "the neighbour will not take it";
          case UNREADABLE -> "it could not be read from the store";
        });
    switch (cause) {
      case NO_RESOURCES -> link.get().noRoom(turn.now().bootMillis());
      case NOT_ACCEPTABLE -> bundle.notBy(name);
      case LOST, COMPLETED, RETRANSMIT, UNREADABLE -> {}
    }
    again(turn, bundle);
  }

  /** Back to step 4. */
  private void again(Turn turn, Waiting bundle) {
    holding.unbind(bundle);
    offer(turn, bundle);
  }

  /**
   * A contact of that link ended or began: what was bound to one that is over is routed again, and
   * so is what has no way yet.
   */
  public void contactChanged(Turn turn, Egress link) {
    for (Waiting bundle : link.boundCopy()) {
      boolean over = bundle.contact().filter(c -> !c.end().isAfter(turn.now().wall())).isPresent();
      if (over) {
        again(turn, bundle);
      }
    }
    offerUnbound(turn);
  }

  /** A link is gone for good: everything bound to it is routed again. */
  public void abandon(Turn turn, Egress link) {
    link.boundCopy().forEach(bundle -> again(turn, bundle));
  }

  /** Another plan, another link: every bundle in memory that no link has is routed again. */
  public void rerouteAll(Turn turn, Runnable change) {
    for (HeldQueue queue : List.copyOf(holding.queues().all())) {
      if (queue.key().kind() == QueueKey.Wait.FORWARD) {
        queue.copy().stream()
            .filter(b -> b.state() == Waiting.State.BOUND)
            .forEach(holding::unbind);
      }
    }
    change.run();
    offerUnbound(turn);
  }

  /** Tries again for everything in memory that has no way. */
  public void offerUnbound(Turn turn) {
    for (HeldQueue queue : List.copyOf(holding.queues().all())) {
      if (queue.key().kind() == QueueKey.Wait.FORWARD) {
        for (Waiting bundle : queue.copy()) {
          if (bundle.state() == Waiting.State.UNBOUND) {
            offer(turn, bundle);
          }
        }
      }
    }
  }

  /** Reads on in queues whose part in memory runs low. */
  public void readOn(Turn turn) {
    for (HeldQueue queue : holding.queues().toRead()) {
      turn.then(new Effect.ReadQueue(queue.key(), queue.horizon(), queue.readLimit()));
    }
  }
}
