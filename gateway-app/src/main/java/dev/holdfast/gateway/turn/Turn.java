package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One turn of the node while it is decided: what will change, and what will be done after.
 * Everything in it is committed as one batch, and only then are its effects carried out.
 *
 * <p>It also answers what is held: the store as it was before the turn, with the turn's own changes
 * over it. For the node's thread.
 */
public final class Turn {
  private final BundleStore store;
  private final Moment now;
  private final Counters counters;
  private final List<StoreChange> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<BundleId, HeldBundle> put = new HashMap<>();
  private final Set<BundleId> removed = new HashSet<>();
  private final Set<BundleId> remembered = new HashSet<>();
  private final Deque<Fresh> fresh = new ArrayDeque<>();
  private boolean synced;

  /** A turn at {@code now} over {@code store}. */
  public Turn(BundleStore store, Moment now, Counters counters) {
    this.store = store;
    this.now = now;
    this.counters = counters;
  }

  /** When the turn is. */
  public Moment now() {
    return now;
  }

  /** Holds a new bundle. */
  public void put(HeldBundle bundle, Octets head, Payload payload, Octets trailer) {
    changes.add(new StoreChange.Put(bundle, head, payload, trailer));
    put.put(bundle.id(), bundle);
    removed.remove(bundle.id());
    synced |= !bundle.service().bestEffort();
  }

  /** Replaces what is kept beside the bytes of a bundle. */
  public void update(HeldBundle before, HeldBundle after) {
    changes.add(new StoreChange.Update(before, after));
    if (put.containsKey(before.id())) {
      put.put(after.id(), after);
    }
  }

  /** Lets go of a bundle. */
  public void remove(HeldBundle bundle) {
    changes.add(new StoreChange.Remove(bundle));
    put.remove(bundle.id());
    removed.add(bundle.id());
  }

  /** Remembers a bundle that was delivered, expired or cancelled. */
  public void remember(BundleId id, DtnTime until) {
    changes.add(new StoreChange.Remember(id, until));
    remembered.add(id);
  }

  /** Forgets what need not be remembered any more. */
  public void forgetBefore(DtnTime time) {
    changes.add(new StoreChange.ForgetBefore(time));
  }

  /** Sets one of the node's own numbers. */
  public void set(String name, long value) {
    changes.add(new StoreChange.SetNumber(name, value));
  }

  /** Asks that the turn survive power loss before its effects are carried out. */
  public void sync() {
    synced = true;
  }

  /** Leaves a bundle to be dispatched in this turn (RFC 9171 §5.3). */
  public void dispatch(Fresh bundle) {
    fresh.add(bundle);
  }

  /** Takes the next bundle to be dispatched. */
  public Optional<Fresh> nextToDispatch() {
    return Optional.ofNullable(fresh.poll());
  }

  /** Does {@code effect} after the commit. */
  public void then(Effect effect) {
    effects.add(effect);
  }

  /** Answers a request after the commit. */
  public void reply(RequestId id, Answer answer) {
    effects.add(new Effect.Reply(id, answer));
  }

  /** Writes an entry of the journal. */
  public void note(
      JournalEntry.Kind kind, Optional<LinkId> link, Optional<BundleId> bundle, String text) {
    effects.add(new Effect.Note(new JournalEntry(now.wall(), kind, link, bundle, text)));
  }

  /** Counts one. */
  public void count(NodeStatus.Counter counter) {
    counters.add(counter, 1);
  }

  /** The held bundle with that identity, as of now in this turn. */
  public Optional<HeldBundle> find(BundleId id) {
    HeldBundle fresh = put.get(id);
    if (fresh != null) {
      return Optional.of(fresh);
    }
    return removed.contains(id) ? Optional.empty() : store.find(id);
  }

  /** Whether a bundle with that identity was delivered, expired or cancelled here. */
  public boolean remembers(BundleId id) {
    return remembered.contains(id) || store.remembers(id);
  }

  /** The head of a bundle held before this turn. */
  public Optional<Octets> head(HeldBundle bundle) {
    return store.ends(bundle.key()).map(BundleStore.Ends::head);
  }

  /** Bytes of a small payload held before this turn. */
  public Optional<Octets> payload(HeldBundle bundle, int limit) {
    return store.read(bundle.key(), 0, limit);
  }

  /** What changes, in order. */
  public List<StoreChange> changes() {
    return List.copyOf(changes);
  }

  /** How durable the changes must be. */
  public BundleStore.Durability durability() {
    return synced ? BundleStore.Durability.SYNCED : BundleStore.Durability.BUFFERED;
  }

  /** What is done after the commit, in order. */
  public List<Effect> effects() {
    return List.copyOf(effects);
  }
}
