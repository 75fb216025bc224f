package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Contact;
import dev.holdfast.custody.HeldBundle;
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
import java.util.ArrayList;
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
  private final Copies copies;
  private final Fragmentation fragmentation;
  private final StatusReporting reporting;
  private final Spreading spreading;
  private long lastToken;

  /** Forwarding over these links. */
  public Forwarding(
      NodeSettings settings,
      Holding holding,
      Links links,
      Router router,
      StatusReporting reporting,
      Spreading spreading) {
    this.settings = settings;
    this.holding = holding;
    this.links = links;
    this.router = router;
    this.copies = new Copies(router);
    this.fragmentation = new Fragmentation(settings.contacts());
    this.reporting = reporting;
    this.spreading = spreading;
  }

  /**
   * Step 4: finds a way for a bundle that has none, and binds it. It leaves at the next {@link
   * #run}.
   */
  public RouteDecision offer(Turn turn, Waiting bundle) {
    RouteDecision decision = router.decide(bundle, turn.now().wall());
    List<Waiting> several = copies.of(bundle, decision, turn.now().wall());
    if (several.size() > 1) {
      several.forEach(copy -> spread(turn, bundle, copy));
      return decision;
    }
    bind(turn, bundle, decision);
    if (decision instanceof RouteDecision.Nowhere) {
      bundle.original().ifPresent(original -> copyEnded(turn, original, bundle, false));
    }
    return decision;
  }

  private void spread(Turn turn, Waiting bundle, Waiting copy) {
    bundle.copied(copy);
    var _ = offer(turn, copy);
  }

  /** A contact may have made a way for copies of a bundle that go by several neighbours. */
  public void spreadMore(Turn turn, Waiting bundle) {
    if (bundle.held().service().critical()) {
      copies.more(bundle, turn.now().wall()).forEach(copy -> spread(turn, bundle, copy));
    }
  }

  private void bind(Turn turn, Waiting bundle, RouteDecision decision) {
    router.bind(bundle, decision, turn.now().wall());
    if (bundle.state() != Waiting.State.BOUND) {
      return;
    }
    Optional<Egress> link = bundle.link().flatMap(links::find);
    link.ifPresent(l -> l.bound().add(bundle));
    if (link.isPresent() && decision instanceof RouteDecision.During during) {
      relieve(turn, link.get(), during.contact(), bundle.trafficClass());
    }
  }

  /**
   * More urgent bundles may take the room of less urgent ones in a contact: those that no longer
   * fit are routed again, the least urgent first (CCSDS 734.3-B-1 §3.2.8.1.2, overbooking).
   */
  private void relieve(Turn turn, Egress link, Contact contact, TrafficClass moreUrgent) {
    if (router.overbookedBytes(contact) == 0) {
      return;
    }
    String because = "more urgent bundles fill the contact from " + contact.start();
    List<Unbound> lesser = new ArrayList<>();
    for (Waiting bundle : List.copyOf(link.bound()).reversed()) {
      if (bundle.trafficClass().compareTo(moreUrgent) >= 0) {
        break;
      }
      if (bundle.contact().filter(contact::equals).isPresent()) {
        lesser.add(unbound(bundle, because));
        if (router.overbookedBytes(contact) == 0) {
          break;
        }
      }
    }
    lesser.reversed().forEach(bundle -> reroute(turn, bundle));
  }

  /** Back to step 4; if another way comes of it, the journal says why. */
  public void reroute(Turn turn, Waiting bundle, String because) {
    reroute(turn, unbound(bundle, because));
  }

  /** A bundle that is routed again: by what it would have gone, and why it does not. */
  record Unbound(
      Waiting bundle, Optional<LinkId> link, Optional<Contact> contact, String because) {}

  /** Takes a bundle from its link, to be routed again with others. */
  Unbound unbound(Waiting bundle, String because) {
    Unbound unbound = new Unbound(bundle, bundle.link(), bundle.contact(), because);
    holding.unbind(bundle);
    return unbound;
  }

  /** Back to step 4 for a bundle that was taken from its link. */
  void reroute(Turn turn, Unbound unbound) {
    Waiting bundle = unbound.bundle;
    RouteDecision decision = offer(turn, bundle);
    if (!bundle.link().equals(unbound.link) || !bundle.contact().equals(unbound.contact)) {
      String text = unbound.because + "; now " + Router.explain(decision);
      turn.note(Kind.REROUTED, bundle.link(), Optional.of(bundle.held().id()), text);
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
    if (bundle.isGift() && !spreading.isHeld(turn, bundle)) {
      drop(link, bundle);
      return false;
    }
    if (holding.isExpired(bundle.held(), now)) {
      return false; // Expiration deletes it; it must not leave.
    }
    if (!router.isInTime(bundle, now.wall())) {
      reroute(turn, bundle, "it would not be there in time");
      if (!link.bound().contains(bundle)) {
        return false;
      }
    }
    long mru = link.up().map(up -> up.limits().transferMru()).orElse(Long.MAX_VALUE);
    Fragmentation.Cut cut =
        fragmentation.fit(bundle, link.roomBytes(now), mru, router::consumption);
    switch (cut) {
      case Fragmentation.Cut.Whole() -> transmit(turn, link, bundle, Optional.empty());
      case Fragmentation.Cut.Part(BundleId.Extent part) -> {
        turn.count(Counter.FRAGMENTS_CUT);
        transmit(turn, link, bundle, Optional.of(part));
      }
      case Fragmentation.Cut.TooLarge() -> {
        refuse(turn, link, bundle);
        return false;
      }
      case Fragmentation.Cut.NoRoom() -> {
        return false;
      }
    }
    return true;
  }

  /** It is longer than what the neighbour takes. */
  private void refuse(Turn turn, Egress link, Waiting bundle) {
    if (bundle.isGift()) {
      drop(link, bundle);
    } else {
      bundle.notBy(link.settings().link());
      again(turn, bundle);
    }
  }

  private void drop(Egress link, Waiting gift) {
    link.bound().remove(gift);
    spreading.dropped(link.settings().link(), gift);
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
            part,
            bundle.copiesLeft()));
    turn.note(Kind.SENDING, Optional.of(link.settings().link()), Optional.of(held.id()), "");
  }

  /** The last byte left. For links that confirm nothing that is all there will be. */
  public void sent(Turn turn, LinkId name, TransferToken token) {
    Optional<Egress> link = links.find(name);
    if (link.isEmpty() || link.get().settings().confirmation() == Link.Confirmation.STORED) {
      return;
    }
    Optional<InFlight> transfer = settled(turn, link.get(), token, Optional.empty());
    if (transfer.isEmpty()) {
      return;
    }
    if (link.get().settings().releaseOnSent()
        || transfer.get().bundle().held().service().bestEffort()) {
      done(turn, name, transfer.get());
    } else {
      Waiting bundle = transfer.get().bundle();
      router.left(bundle);
      bundle.state(Waiting.State.SENT);
      bundle.original().filter(Waiting::isSpread).ifPresent(o -> forwarded(turn, o.held()));
    }
  }

  /** Step 7: the neighbour has it. */
  public void confirmed(Turn turn, LinkId name, TransferToken token) {
    Optional<Egress> link = links.find(name);
    link.ifPresent(Egress::hasRoom);
    link.flatMap(l -> settled(turn, l, token, Optional.empty()))
        .ifPresent(t -> done(turn, name, t));
  }

  /**
   * A transfer is over; present if what becomes of its bundle is still to be decided. A copy for a
   * neighbour that came unplanned is dealt with here.
   */
  private Optional<InFlight> settled(
      Turn turn, Egress link, TransferToken token, Optional<Cause> failure) {
    Optional<InFlight> transfer = link.settled(token);
    if (transfer.filter(t -> t.bundle().isGift()).isEmpty()) {
      return transfer.filter(t -> isHeld(t.bundle()));
    }
    LinkId name = link.settings().link();
    Waiting gift = transfer.get().bundle();
    failure.ifPresentOrElse(
        cause -> spreading.failed(turn, name, gift, cause),
        () -> spreading.taken(turn, name, gift));
    return Optional.empty();
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
      holding.progress(
          turn,
          bundle,
          new HeldBundle.Progress(reached, held.progress().fetches(), held.progress().copies()));
      again(turn, bundle);
      return;
    }
    turn.note(Kind.FORWARDED, Optional.of(name), Optional.of(held.id()), "confirmed");
    router.left(bundle);
    if (bundle.original().isPresent()) {
      copyEnded(turn, bundle.original().get(), bundle, true);
    } else {
      forwarded(turn, held);
    }
  }

  private void forwarded(Turn turn, HeldBundle held) {
    turn.count(Counter.BUNDLES_FORWARDED);
    reporting.forwarded(turn, held);
    holding.release(turn, held);
  }

  /** A copy was taken by its neighbour, or has no way any more: what that means for the bundle. */
  private void copyEnded(Turn turn, Waiting original, Waiting copy, boolean taken) {
    original.copyEnded(copy, taken);
    if (original.isSpread()) {
      forwarded(turn, original.held());
    } else if (original.copies().isEmpty()) {
      again(turn, original);
    }
  }

  /** A transfer failed: back to step 4, unless the neighbour has the bundle anyway. */
  public void failed(Turn turn, LinkId name, TransferToken token, Cause cause) {
    Optional<Egress> link = links.find(name);
    if (cause == Cause.NO_RESOURCES) {
      link.ifPresent(l -> l.noRoom(turn.now().bootMillis()));
    }
    Optional<InFlight> transfer = link.flatMap(l -> settled(turn, l, token, Optional.of(cause)));
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
    if (cause == Cause.NOT_ACCEPTABLE) {
      bundle.notBy(name);
    }
    again(turn, bundle);
  }

  /** Back to step 4. */
  private void again(Turn turn, Waiting bundle) {
    holding.unbind(bundle);
    var _ = offer(turn, bundle);
  }

  /** Reads on in queues whose part in memory runs low. */
  public void readOn(Turn turn) {
    for (HeldQueue queue : holding.queues().toRead()) {
      turn.then(new Effect.ReadQueue(queue.key(), queue.horizon(), queue.readLimit()));
    }
  }
}
