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
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One turn of the node while it is decided: what will change, and what will be done after.
 * Everything in it is committed in one batch, and only then are its effects carried out.
 *
 * <p>It also answers what is held, with its own changes and those of the turns before it. For the
 * node's thread, until it is decided; from then on it does not change.
 */
public final class Turn {
  private final StoreView view;
  private final Moment now;
  private final Counters counters;
  private final List<StoreChange> changes = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<BundleId, Optional<HeldBundle>> left = new HashMap<>();
  private final Set<BundleId> remembered = new HashSet<>();
  private final Deque<Fresh> fresh = new ArrayDeque<>(1);
  private boolean synced;
  private volatile boolean written;

  Turn(StoreView view, Moment now, Counters counters) {
    this.view = view;
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
    left.put(bundle.id(), Optional.of(bundle));
    synced |= !bundle.service().bestEffort();
  }

  /** Replaces what is kept beside the bytes of a bundle. */
  public void update(HeldBundle before, HeldBundle after) {
    changes.add(new StoreChange.Update(before, after));
    left.put(after.id(), Optional.of(after));
  }

  /** Lets go of a bundle. */
  public void remove(HeldBundle bundle) {
    changes.add(new StoreChange.Remove(bundle));
    left.put(bundle.id(), Optional.empty());
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

  /** Changes records of an endpoint of this node. */
  public void records(List<StoreChange> records) {
    changes.addAll(records);
    synced |= !records.isEmpty();
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
    return view.find(id);
  }

  /** Whether a bundle with that identity was delivered, expired or cancelled here. */
  public boolean remembers(BundleId id) {
    return view.remembers(id);
  }

  /** The head of a held bundle. */
  public Optional<Octets> head(HeldBundle bundle) {
    return view.head(bundle.key());
  }

  /** Whether this turn put a bundle, changed it or let go of it. */
  boolean touched(BundleId id) {
    return left.containsKey(id);
  }

  /** A bundle that this turn touched, as it left it; empty if it let go of it. */
  Optional<HeldBundle> left(BundleId id) {
    return left.getOrDefault(id, Optional.empty());
  }

  /** Whether this turn remembers a bundle. */
  boolean remembered(BundleId id) {
    return remembered.contains(id);
  }

  /** Says that its changes are in the store. Any thread. */
  public void written() {
    written = true;
  }

  boolean isWritten() {
    return written;
  }

  /** What changes, in order. */
  public List<StoreChange> changes() {
    return Collections.unmodifiableList(changes);
  }

  /** How durable the changes must be. */
  public BundleStore.Durability durability() {
    return synced ? BundleStore.Durability.SYNCED : BundleStore.Durability.BUFFERED;
  }

  /**
   * Whether it changes nothing and speaks of nothing that turns before it may have changed, so that
   * it need not wait for them to be in the store.
   */
  public boolean needsNoStore() {
    return changes.isEmpty() && effects.stream().allMatch(Turn::needsNoStore);
  }

  private static boolean needsNoStore(Effect effect) {
    return switch (effect) {
      case Effect.Refuse _,
          Effect.Discard _,
          Effect.Note _,
          Effect.OpenLink _,
          Effect.CloseLink _,
          Effect.Foresee _ ->
          true;
      case Effect.Reply(var _, Answer answer) ->
          answer instanceof Answer.Refused || answer instanceof Answer.Status;
      case Effect.Accept _, Effect.Transmit _, Effect.Read _, Effect.Drained _ -> false;
    };
  }

  /** What is done after the commit, in order. */
  public List<Effect> effects() {
    return Collections.unmodifiableList(effects);
  }
}
