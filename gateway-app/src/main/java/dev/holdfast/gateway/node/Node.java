package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.procedure.Procedures;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Counters;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.StoreView;
import dev.holdfast.gateway.turn.Turn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The deterministic centre of a gateway: events and a moment in; changes to commit, and effects to
 * carry out after, out.
 *
 * <p>It starts no thread, does no I/O of its own and reads no clock; it asks the store what is held
 * and writes nothing to it. The same events at the same moments over the same store give the same
 * turns. For one thread.
 */
public final class Node {
  private final StoreView view;
  private final Counters counters = new Counters();
  private final Procedures procedures;
  private final StatusView status;
  private boolean started;
  private boolean storeFull;
  private boolean draining;
  private boolean drained;
  private boolean reviewLinks = true;
  private DtnTime nextContactChange = DtnTime.UNKNOWN;
  private final PlanHorizon horizon;
  private final CongestionWatch congestion;

  /** A node over a store that was just opened. */
  public Node(NodeSettings settings, BundleStore store, long bootId, Moment start) {
    this.view = new StoreView(store);
    this.procedures = new Procedures(settings, store, view, bootId, start);
    this.horizon = new PlanHorizon(settings.contacts().planHorizonMillis());
    this.congestion = new CongestionWatch(settings, procedures, start);
    this.status = new StatusView(settings, procedures, counters, horizon, congestion);
  }

  /**
   * One turn: everything that happened since the last, decided together. The turns before it need
   * not be in the store yet; they must reach it in their order.
   */
  public Turn on(List<NodeEvent> events, Moment now) {
    Turn turn = view.begin(now, counters);
    for (NodeEvent event : events) {
      happen(turn, event);
      procedures.dispatching().run(turn);
    }
    settle(turn);
    return turn;
  }

  private void happen(Turn turn, NodeEvent event) {
    switch (event) {
      case NodeEvent.FromLink(LinkEvent fromLink) -> fromLink(turn, fromLink);
      case NodeEvent.Asked(RequestId id, Request request) -> asked(turn, id, request);
      case NodeEvent.QueueRead(QueueKey queue, List<HeldBundle> bundles, boolean complete) ->
          queueRead(turn, queue, bundles, complete);
      case NodeEvent.Offered offered -> procedures.exchange().offered(turn, offered);
      case NodeEvent.ExpiredRead expired ->
          procedures
              .expiration()
              .found(turn, expired.bundles(), expired.complete(), expired.next());
      case NodeEvent.FragmentsRead read ->
          procedures.reassembly().found(turn, read.original(), read.fragments());
      case NodeEvent.Assembled assembled ->
          procedures.reassembly().assembled(turn, assembled.head(), assembled.whole());
      case NodeEvent.PlanLoaded(ContactPlan plan) -> planLoaded(turn, plan);
      case NodeEvent.StoreSpace(boolean full, String text) -> {
        storeFull = full;
        turn.note(Kind.STORE, Optional.empty(), Optional.empty(), text);
      }
      case NodeEvent.Foreseen made -> congestion.foreseen(turn, made);
      case NodeEvent.Tick() -> {}
      case NodeEvent.Drain() -> {
        draining = true;
        procedures.applications().stop(turn);
      }
    }
  }

  private void planLoaded(Turn turn, ContactPlan plan) {
    procedures.rerouting().planChanged(turn, plan);
    reviewLinks = true;
    horizon.planned(plan, procedures.router().self());
    congestion.planned(turn.now());
  }

  private void fromLink(Turn turn, LinkEvent event) {
    switch (event) {
      case LinkEvent.Up up -> up(turn, up);
      case LinkEvent.Down down -> down(turn, down);
      case LinkEvent.Unreached(var link, int attempt, String reason) ->
          turn.note(
              Kind.UNREACHED,
              Optional.of(link),
              Optional.empty(),
              "attempt " + attempt + ": " + reason);
      case LinkEvent.Arrived arrived -> arrived(turn, arrived);
      case LinkEvent.Malformed(var link, var fault) -> {
        turn.count(Counter.BUNDLES_MALFORMED);
        turn.note(Kind.MALFORMED, Optional.of(link), Optional.empty(), fault.toString());
      }
      case LinkEvent.Violated(var link, var fault) ->
          procedures.links().find(link).ifPresent(l -> l.violated(fault.toString()));
      case LinkEvent.Sent(var link, var token) -> procedures.forwarding().sent(turn, link, token);
      case LinkEvent.Confirmed(var link, var token) ->
          procedures.forwarding().confirmed(turn, link, token);
      case LinkEvent.Failed(var link, var token, var cause) ->
          procedures.forwarding().failed(turn, link, token, cause);
    }
  }

  private void up(Turn turn, LinkEvent.Up up) {
    Optional<Egress> link = procedures.links().findOrAdd(up.link(), up.peer());
    if (link.isEmpty()) {
      turn.then(new Effect.CloseLink(up.link(), new Link.CloseOrder(0, "too many neighbours")));
      return;
    }
    boolean first = link.get().up().isEmpty();
    link.get().up(up);
    reviewLinks = true;
    if (first) {
      turn.note(
          Kind.LINK_UP,
          Optional.of(up.link()),
          Optional.empty(),
          up.peer().map(p -> "session with " + p).orElse("connected"));
    }
    procedures.exchange().met(turn, link.get());
    if (!link.get().isConfigured() && up.peer().isPresent()) {
      procedures.router().unplanned(up.peer().get(), up.link(), true);
      procedures.rerouting().offerUnbound(turn);
    }
  }

  private void down(Turn turn, LinkEvent.Down down) {
    Optional<Egress> link = procedures.links().find(down.link());
    if (link.isEmpty()) {
      return;
    }
    turn.note(Kind.LINK_DOWN, Optional.of(down.link()), Optional.empty(), down.reason());
    reviewLinks = true;
    Optional<LinkEvent.Up> was = link.get().up();
    link.get().down();
    procedures.exchange().ended(link.get());
    if (!link.get().isConfigured()) {
      was.flatMap(LinkEvent.Up::peer)
          .ifPresent(peer -> procedures.router().unplanned(peer, down.link(), false));
      procedures.rerouting().abandoned(turn, link.get());
      procedures.links().forget(down.link());
    }
  }

  private void arrived(Turn turn, LinkEvent.Arrived arrived) {
    Optional<Egress> link = procedures.links().find(arrived.link());
    link.ifPresent(l -> l.received(arrived.head().bundleLength()));
    if (storeFull || draining) {
      turn.count(Counter.BUNDLES_REFUSED);
      turn.then(new Effect.Discard(arrived.payload()));
      turn.then(new Effect.Refuse(arrived.inbound(), Link.Refusal.NO_RESOURCES));
      return;
    }
    procedures.reception().receive(turn, arrived, link.flatMap(Egress::neighbour));
  }

  private void asked(Turn turn, RequestId id, Request request) {
    switch (request) {
      case Request.Submit submit -> submit(turn, id, submit);
      case Request.Fetch fetch -> procedures.applications().fetch(turn, id, fetch);
      case Request.Acknowledge done -> procedures.applications().acknowledge(turn, id, done);
      case Request.GiveBack back -> procedures.applications().giveBack(turn, id, back);
      case Request.Register(Eid endpoint) -> turn.reply(id, status.register(endpoint));
      case Request.Cancel(BundleId bundle) -> {
        Optional<HeldBundle> held = turn.find(bundle);
        held.ifPresent(h -> procedures.deletion().cancelled(turn, h));
        turn.reply(id, new Answer.Done(held.isPresent() ? 1 : 0));
      }
      case Request.Commit commit -> {
        if (draining) {
          turn.reply(id, stopping());
        } else {
          turn.reply(id, procedures.twins().commit(turn, commit));
        }
      }
      case Request.Look() ->
          turn.reply(id, new Answer.Status(status.look(turn.now(), !storeFull && !draining)));
    }
  }

  private void submit(Turn turn, RequestId id, Request.Submit submit) {
    Optional<Answer.Refused> refusal = refusal(turn, submit);
    if (refusal.isPresent()) {
      turn.then(new Effect.Discard(submit.payload()));
      turn.reply(id, refusal.get());
      return;
    }
    turn.reply(id, new Answer.Submitted(procedures.submission().send(turn, submit)));
  }

  private Optional<Answer.Refused> refusal(Turn turn, Request.Submit submit) {
    if (draining) {
      return Optional.of(stopping());
    }
    if (storeFull) {
      return Optional.of(
          new Answer.Refused(
              Answer.Reason.NO_SPACE, "the store has no room; free space on its disk, then retry"));
    }
    return procedures.submission().check(turn, submit);
  }

  private static Answer.Refused stopping() {
    return new Answer.Refused(Answer.Reason.STOPPING, "the gateway is stopping");
  }

  private void queueRead(Turn turn, QueueKey queue, List<HeldBundle> bundles, boolean complete) {
    List<Waiting> fresh = procedures.holding().queues().read(queue, bundles, complete);
    switch (queue.kind()) {
      case FORWARD ->
          fresh.forEach(
              entry -> {
                procedures.spreading().holds(entry.held());
                var _ = procedures.forwarding().offer(turn, entry);
              });
      case DELIVER -> procedures.applications().loaded(turn, queue);
      case REASSEMBLE -> {
        Set<BundleId> originals = new LinkedHashSet<>();
        fresh.forEach(entry -> originals.add(entry.held().id().original()));
        originals.forEach(original -> turn.then(new Effect.ReadFragments(original)));
      }
    }
  }

  /**
   * What follows from time and from everything above: contacts, expiry, what leaves, what is read
   * next.
   */
  private void settle(Turn turn) {
    started = true;
    horizon.review(turn);
    if (reviewLinks || !turn.now().wall().isBefore(nextContactChange)) {
      reviewLinks(turn);
    }
    procedures.applications().run(turn);
    procedures.expiration().run(turn);
    procedures.dispatching().run(turn);
    if (draining) {
      drain(turn);
    } else {
      procedures.exchange().run(turn);
      procedures.forwarding().run(turn);
      procedures.forwarding().readOn(turn);
      congestion.review(turn);
    }
  }

  private void reviewLinks(Turn turn) {
    reviewLinks = false;
    ContactPlan plan = procedures.router().plan();
    procedures
        .rerouting()
        .reviewed(turn, procedures.contacts().review(plan, procedures.links().all(), turn));
    nextContactChange =
        procedures
            .contacts()
            .nextChange(plan, procedures.links().all(), turn.now().wall())
            .orElse(DtnTime.FOREVER);
  }

  private void drain(Turn turn) {
    boolean quiet = procedures.links().all().stream().allMatch(l -> l.inFlight().isEmpty());
    if (quiet && !drained) {
      drained = true;
      for (Egress link : procedures.links().all()) {
        turn.then(
            new Effect.CloseLink(
                link.settings().link(), new Link.CloseOrder(0, "the gateway is stopping")));
      }
      turn.then(new Effect.Drained());
    }
  }

  /**
   * When the node wants a turn although nothing happens, in milliseconds since boot, as long as the
   * wall clock does not jump: whoever drives it gives it one when that may have happened.
   */
  public long nextDeadline(Moment now) {
    if (!started) {
      return now.bootMillis();
    }
    long next =
        Math.min(
            procedures.applications().nextDeadline(), procedures.expiration().nextDeadline(now));
    if (!draining) {
      next = Math.min(next, procedures.exchange().nextDeadline());
    }
    for (Egress link : procedures.links().all()) {
      if (!link.bound().isEmpty() && link.pausedUntil() > now.bootMillis()) {
        next = Math.min(next, link.pausedUntil());
      }
    }
    if (!nextContactChange.equals(DtnTime.FOREVER)) {
      long until = Math.max(0, nextContactChange.since(now.wall()));
      next = Math.min(next, now.bootMillis() + until);
    }
    Optional<DtnTime> planEnd = horizon.nextChange(now.wall());
    if (planEnd.isPresent()) {
      next = Math.min(next, now.bootMillis() + Math.max(0, planEnd.get().since(now.wall())));
    }
    if (!draining) {
      next = Math.min(next, congestion.nextDeadline(now).orElse(Long.MAX_VALUE));
    }
    return Math.max(next, now.bootMillis());
  }
}
