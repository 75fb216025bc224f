package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.schedule.HeldQueue;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Endpoints of applications: what arrives is held until it is fetched and acknowledged.
 *
 * <p>A fetch leases; an acknowledgement ends it, durably. A lease that ends without one, or a
 * crash, leads to a repetition, which says that it is one: the count of fetches is durable before
 * the first byte is handed out.
 */
public final class ApplicationEndpoints {
  private static final int MOST_WAITING = 4096;
  private static final long READ_MILLIS = 2_000;

  private final NodeSettings settings;
  private final Holding holding;
  private final Function<HeldKey, Optional<HeldBundle>> lookup;
  private final StatusReporting reporting;
  private final Map<Eid, Deque<Pending>> pending = new LinkedHashMap<>();
  private final Map<HeldKey, Lease> leases = new LinkedHashMap<>();
  private int waiting;
  private long earliest = Long.MAX_VALUE;

  private record Pending(RequestId id, Request.Fetch fetch, long untilMillis) {}

  private record Lease(Waiting bundle, long untilMillis) {}

  /** No fetch waits, nothing is leased. */
  public ApplicationEndpoints(
      NodeSettings settings,
      Holding holding,
      Function<HeldKey, Optional<HeldBundle>> lookup,
      StatusReporting reporting) {
    this.settings = settings;
    this.holding = holding;
    this.lookup = lookup;
    this.reporting = reporting;
  }

  /** A bundle came in for an application: the first fetch that waits gets it. */
  void arrived(Turn turn, Waiting entry) {
    Eid endpoint = entry.held().queue().eid();
    if (pending.containsKey(endpoint)) {
      serve(turn, endpoint);
    }
  }

  /** An application asks for bundles. */
  public void fetch(Turn turn, RequestId id, Request.Fetch fetch) {
    Optional<QueueKey> key = Delivery.queueOf(fetch.endpoint());
    if (key.isEmpty() || !settings.isLocal(fetch.endpoint())) {
      turn.reply(id, notLocal(fetch.endpoint()));
      return;
    }
    List<Answer.Delivery> found = lease(turn, fetch);
    boolean more = holding.queues().existing(key.get()).map(q -> !q.complete()).orElse(false);
    if (!found.isEmpty() || (fetch.waitMillis() <= 0 && !more)) {
      turn.reply(id, new Answer.Fetched(found));
    } else if (waiting >= MOST_WAITING) {
      turn.reply(
          id, new Answer.Refused(Answer.Reason.NO_SPACE, "too many fetches wait; ask again later"));
    } else {
      waiting++;
      long wait = fetch.waitMillis() > 0 ? fetch.waitMillis() : READ_MILLIS;
      long until = turn.now().bootMillis() + wait;
      earliest = Math.min(earliest, until);
      pending
          .computeIfAbsent(fetch.endpoint(), e -> new ArrayDeque<>())
          .add(new Pending(id, fetch, until));
    }
  }

  private Answer.Refused notLocal(Eid endpoint) {
    return new Answer.Refused(
        Answer.Reason.INVALID,
        endpoint + " is no endpoint of this node, which is " + settings.nodes());
  }

  /** Part of an endpoint's queue came into memory. */
  public void loaded(Turn turn, QueueKey queue) {
    if (pending.containsKey(queue.eid())) {
      serve(turn, queue.eid());
    }
  }

  private void serve(Turn turn, Eid endpoint) {
    Deque<Pending> line = pending.getOrDefault(endpoint, new ArrayDeque<>());
    while (!line.isEmpty()) {
      List<Answer.Delivery> found = lease(turn, line.getFirst().fetch());
      if (found.isEmpty()) {
        return;
      }
      turn.reply(line.removeFirst().id(), new Answer.Fetched(found));
      waiting--;
    }
    pending.remove(endpoint);
  }

  private List<Answer.Delivery> lease(Turn turn, Request.Fetch fetch) {
    Optional<HeldQueue> queue =
        Delivery.queueOf(fetch.endpoint()).flatMap(holding.queues()::existing);
    if (queue.isEmpty()) {
      return List.of();
    }
    List<Waiting> chosen = new ArrayList<>();
    for (Waiting bundle : queue.get().inMemory()) {
      if (chosen.size() >= fetch.limit()) {
        break;
      }
      if (bundle.state() == Waiting.State.UNBOUND
          && !holding.isExpired(bundle.held(), turn.now())) {
        chosen.add(bundle);
      }
    }
    List<Answer.Delivery> deliveries = new ArrayList<>();
    for (Waiting bundle : chosen) {
      deliveries.add(lease(turn, bundle, fetch.leaseMillis()));
    }
    return deliveries;
  }

  private Answer.Delivery lease(Turn turn, Waiting bundle, long leaseMillis) {
    HeldBundle.Progress before = bundle.held().progress();
    boolean repeated = before.fetches() > 0;
    holding.progress(
        turn,
        bundle,
        new HeldBundle.Progress(before.sent(), before.fetches() + 1, before.copies()));
    syncFor(turn, bundle.held());
    bundle.state(Waiting.State.LEASED);
    long until = turn.now().bootMillis() + leaseMillis;
    earliest = Math.min(earliest, until);
    leases.put(bundle.held().key(), new Lease(bundle, until));
    if (repeated) {
      turn.count(Counter.REDELIVERIES);
    }
    turn.note(
        Kind.FETCHED,
        Optional.empty(),
        Optional.of(bundle.held().id()),
        repeated ? "fetched again" : "fetched");
    return new Answer.Delivery(bundle.held(), repeated);
  }

  /** An application has the bundles: they are gone from here for good. */
  public void acknowledge(Turn turn, RequestId id, Request.Acknowledge request) {
    int count = 0;
    for (HeldKey key : request.bundles()) {
      Optional<HeldBundle> held = held(key, request.endpoint());
      if (held.isPresent()) {
        delivered(turn, held.get());
        count++;
      }
    }
    turn.reply(id, new Answer.Done(count));
  }

  /** The same for an endpoint of this node that says so together with what it decided. */
  void taken(Turn turn, HeldBundle bundle) {
    held(bundle.key(), bundle.queue().eid()).ifPresent(it -> delivered(turn, it));
  }

  /** Best-effort bundles may be lost in a crash, and so may what is known of them. */
  private static void syncFor(Turn turn, HeldBundle bundle) {
    if (!bundle.service().bestEffort()) {
      turn.sync();
    }
  }

  private Optional<HeldBundle> held(HeldKey key, Eid endpoint) {
    Lease lease = leases.remove(key);
    Optional<HeldBundle> found =
        lease != null ? Optional.of(lease.bundle().held()) : current(key, endpoint);
    return found.filter(
        b -> b.queue().kind() == QueueKey.Wait.DELIVER && b.queue().eid().equals(endpoint));
  }

  /** In memory first: the store does not know this turn's changes yet. */
  private Optional<HeldBundle> current(HeldKey key, Eid endpoint) {
    return Delivery.queueOf(endpoint)
        .flatMap(holding.queues()::existing)
        .flatMap(
            queue ->
                queue
                    .entry(key)
                    .map(Waiting::held)
                    .or(() -> queue.complete() ? Optional.empty() : lookup.apply(key)));
  }

  private void delivered(Turn turn, HeldBundle bundle) {
    syncFor(turn, bundle);
    turn.count(Counter.BUNDLES_DELIVERED);
    turn.note(Kind.DELIVERED, Optional.empty(), Optional.of(bundle.id()), "acknowledged");
    turn.remember(bundle.id(), holding.rememberUntil(bundle, turn.now()));
    reporting.delivered(turn, bundle);
    holding.release(turn, bundle);
  }

  /** An application cannot deal with the bundles now. */
  public void giveBack(Turn turn, RequestId id, Request.GiveBack request) {
    int count = 0;
    for (HeldKey key : request.bundles()) {
      Lease lease = leases.get(key);
      if (lease != null && lease.bundle().held().queue().eid().equals(request.endpoint())) {
        leases.remove(key);
        lease.bundle().state(Waiting.State.UNBOUND);
        count++;
      }
    }
    if (count > 0) {
      serve(turn, request.endpoint());
    }
    turn.reply(id, new Answer.Done(count));
  }

  /** Ends leases and waits whose time is over. */
  public void run(Turn turn) {
    long now = turn.now().bootMillis();
    if (now < earliest) {
      return;
    }
    List<Eid> free = new ArrayList<>();
    for (Iterator<Lease> it = leases.values().iterator(); it.hasNext(); ) {
      Lease lease = it.next();
      if (lease.untilMillis() <= now) {
        it.remove();
        lease.bundle().state(Waiting.State.UNBOUND);
        free.add(lease.bundle().held().queue().eid());
      }
    }
    free.stream().distinct().filter(pending::containsKey).forEach(e -> serve(turn, e));
    for (Deque<Pending> line : List.copyOf(pending.values())) {
      for (Iterator<Pending> it = line.iterator(); it.hasNext(); ) {
        Pending next = it.next();
        if (next.untilMillis() <= now) {
          it.remove();
          waiting--;
          turn.reply(next.id(), new Answer.Fetched(List.of()));
        }
      }
    }
    pending.values().removeIf(Deque::isEmpty);
    earliest = Long.MAX_VALUE;
    leases.values().forEach(l -> earliest = Math.min(earliest, l.untilMillis()));
    pending.values().forEach(l -> l.forEach(p -> earliest = Math.min(earliest, p.untilMillis())));
  }

  /** Nothing is handed out any more: every fetch that waits is answered. */
  public void stop(Turn turn) {
    for (Deque<Pending> line : pending.values()) {
      line.forEach(p -> turn.reply(p.id(), new Answer.Fetched(List.of())));
    }
    pending.clear();
    waiting = 0;
  }

  /** A bundle is no longer held: its lease is void. */
  void gone(HeldKey key) {
    leases.remove(key);
  }

  /** When the next lease or wait may be over, in milliseconds since boot. */
  public long nextDeadline() {
    return earliest;
  }
}
