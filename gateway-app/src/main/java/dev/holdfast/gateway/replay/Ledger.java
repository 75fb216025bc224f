package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.replay.Track.Fate;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The account of every bundle, and the rules on it, checked with every commit: what is held is held
 * by somebody until it is delivered or its lifetime ends, no node holds more than it may, and the
 * sum of what became of all bundles is what was made.
 */
final class Ledger extends Watch {
  static final String CUSTODY = "custody";
  static final String CONSERVATION = "conservation";
  static final String LIMITS = "limits";

  private static final int PAGE = 1_000;

  private final SimWorld world;
  private final Lifetimes lifetimes;
  private final Map<BundleId, Track> tracks = new HashMap<>();
  private final Fates fates = new Fates();
  private final Map<String, Holdings> holdings = new LinkedHashMap<>();
  private final Set<String> restored = new LinkedHashSet<>();
  private final Set<String> unreliable;

  private long refused;
  private long duplicates;
  private long crashes;

  /** What one node holds. */
  static final class Holdings {
    long bundles;
    long bytes;
    long mostBundles;
    long mostBytes;

    private void add(long count, long size) {
      bundles += count;
      bytes += size;
      mostBundles = Math.max(mostBundles, bundles);
      mostBytes = Math.max(mostBytes, bytes);
    }
  }

  /**
   * An empty account.
   *
   * @param unreliable {@code node link} of neighbours that may throw away what they answer for
   */
  Ledger(SimWorld world, Set<String> unreliable) {
    this.world = world;
    this.lifetimes = new Lifetimes(world);
    this.unreliable = unreliable;
  }

  /** A bundle that is on the account, by the identity of its whole. */
  Optional<Track> track(BundleId id) {
    return Optional.ofNullable(tracks.get(id.original()));
  }

  /** What became of the bundles of applications. */
  Fates fates() {
    return fates;
  }

  /** Whether a node was put back to an older copy. */
  boolean isRestored(String node) {
    return restored.contains(node);
  }

  Holdings of(String node) {
    return holdings.computeIfAbsent(node, n -> new Holdings());
  }

  @Override
  public void submitting(SimNode node, long number, Request.Submit submit) {
    if (submit.payload() instanceof Payload.Inline(Octets bytes)) {
      Payloads.number(bytes).ifPresent(lifetimes::asked);
    }
  }

  @Override
  public void refused(SimNode node, long number, Answer.Refused refusal) {
    refused++;
  }

  @Override
  public void committed(SimNode node, List<StoreChange> changes) {
    List<Track> touched = new ArrayList<>(0);
    Holdings sum = of(node.name());
    for (StoreChange change : changes) {
      switch (change) {
        case StoreChange.Put put -> {
          sum.add(1, put.bundle().sizes().total());
          put(node, put);
        }
        case StoreChange.Remove(var bundle) -> {
          sum.add(-1, -bundle.sizes().total());
          Track track = tracks.get(bundle.id().original());
          if (track != null) {
            track.released(node.name(), bundle.key().sequence());
            touched.add(track);
          }
        }
        case StoreChange.Remember(var id, var _) -> remembered(node, id);
        case StoreChange.Update _,
            StoreChange.ForgetBefore _,
            StoreChange.SetNumber _,
            StoreChange.PutRecord _,
            StoreChange.RemoveRecord _ -> {}
      }
    }
    touched.forEach(track -> check(node, track));
    limits(node, sum);
  }

  private static void limits(SimNode node, Holdings sum) {
    if (sum.bytes > node.settings().limits().bytes()
        || sum.bundles > node.settings().limits().bundles()) {
      throw new Violation(
          LIMITS,
          node.name()
              + " holds "
              + sum.bundles
              + " bundles, "
              + sum.bytes
              + " bytes, more than "
              + node.settings().limits());
    }
  }

  private void put(SimNode node, StoreChange.Put put) {
    HeldBundle bundle = put.bundle();
    BundleId id = bundle.id().original();
    Track track = tracks.get(id);
    if (track == null) {
      track = begin(put);
      tracks.put(id, track);
    }
    track.held(node.name(), bundle);
  }

  private Track begin(StoreChange.Put put) {
    HeldBundle bundle = put.bundle();
    OptionalLong number = number(put);
    Track track =
        new Track(
            bundle,
            world.nanos(),
            lifetimes.expiry(bundle, number),
            Lifetimes.nanos(bundle.lifetime()));
    if (number.isPresent()) {
      track.number = number.getAsLong();
      track.fate = fates.of(track.number);
      if (track.fate == Fate.OPEN) {
        fates.begin(track);
      }
    }
    return track;
  }

  private static OptionalLong number(StoreChange.Put put) {
    boolean begins = put.bundle().id().extent().map(e -> e.offset() == 0).orElse(true);
    return begins && put.payload() instanceof Payload.Inline(Octets bytes)
        ? Payloads.number(bytes)
        : OptionalLong.empty();
  }

  /** A node will not take it again: it was delivered or consumed there, expired, or deleted. */
  private void remembered(SimNode node, BundleId id) {
    Track track = tracks.get(id.original());
    if (track == null || track.fate != Fate.OPEN) {
      return;
    }
    boolean there = node.isLocal(track.destination);
    if (there && (track.acknowledging || !track.isHeldBy(node.name()))) {
      end(track, Fate.DELIVERED);
    } else if (track.mayHaveExpired(world.nanos())) {
      end(track, Fate.EXPIRED);
    } else if (there) {
      throw new Violation(
          CUSTODY, track.id + " ended at " + node.name() + " without an acknowledgement");
    } else {
      throw new Violation(
          CUSTODY,
          track.id + " was deleted at " + node.name() + " although its lifetime is not over");
    }
  }

  private void end(Track track, Fate fate) {
    track.fate = fate;
    if (track.number >= 0) {
      fates.end(track, fate, world.nanos());
    }
  }

  /** Something of it was let go of: is it still whole somewhere, or has it ended? */
  private void check(SimNode node, Track track) {
    if (track.fate == Fate.OPEN && !track.isWhole()) {
      lost(node, track);
    }
    if (track.fate != Fate.OPEN && !track.isHeld() && !track.fragmented) {
      tracks.remove(track.id);
    }
  }

  private void lost(SimNode node, Track track) {
    if (track.bestEffort) {
      return; // It may be on its way; the end of the run tells.
    }
    if (track.excused) {
      end(track, Fate.EXCUSED);
    } else if (track.mayHaveExpired(world.nanos())) {
      end(track, Fate.EXPIRED);
    } else {
      throw new Violation(
          CUSTODY, track.id + " is held by nobody since " + node.name() + " let go of it");
    }
  }

  @Override
  public void noted(SimNode node, JournalEntry entry) {
    switch (entry.kind()) {
      case DELETED -> told(entry, Fate.DELETED);
      case EXPIRED -> told(entry, Fate.EXPIRED);
      case DUPLICATE -> duplicates++;
      case RECEIVED,
          SUBMITTED,
          REFUSED,
          MALFORMED,
          SENDING,
          FORWARDED,
          COPIED,
          ENCOUNTER,
          TRANSFER_FAILED,
          REROUTED,
          FETCHED,
          DELIVERED,
          REASSEMBLED,
          REPORT,
          CONTACT_STARTED,
          CONTACT_ENDED,
          LINK_UP,
          LINK_DOWN,
          UNREACHED,
          PLAN,
          TWINS,
          CONGESTION,
          STORE,
          CLOCK -> {}
    }
  }

  /** A node says that it ended a bundle that it never held: it came too late, or too far. */
  private void told(JournalEntry entry, Fate fate) {
    entry
        .bundle()
        .map(id -> tracks.get(id.original()))
        .filter(track -> track.fate == Fate.OPEN)
        .ifPresent(track -> end(track, fate));
  }

  @Override
  public void sending(SimNode node, Effect.Transmit transmit, Moment decided) {
    Track track = tracks.get(transmit.bundle().id().original());
    if (track != null && unreliable.contains(node.name() + " " + transmit.link())) {
      track.excused = true;
    }
  }

  @Override
  public void crashed(SimNode node) {
    crashes++;
    recount(node);
  }

  @Override
  public void restored(SimNode node) {
    restored.add(node.name());
    for (Track track : tracks.values()) {
      track.excused |= track.isHeldBy(node.name());
    }
    recount(node);
  }

  /** Compares what a node holds with what it was known to hold, one by one. */
  private void recount(SimNode node) {
    Holdings sum = of(node.name());
    sum.bundles = 0;
    sum.bytes = 0;
    List<Track> had = new ArrayList<>();
    for (Track track : tracks.values()) {
      if (track.isHeldBy(node.name())) {
        track.steady = false;
        track.gone(node.name());
        had.add(track);
      }
    }
    Optional<HeldKey> after = Optional.empty();
    List<HeldBundle> page = node.store().list(after, PAGE);
    while (!page.isEmpty()) {
      for (HeldBundle bundle : page) {
        sum.add(1, bundle.sizes().total());
        held(node, bundle);
      }
      after = Optional.of(page.getLast().key());
      page = node.store().list(after, PAGE);
    }
    had.sort(Comparator.comparing(track -> track.id.toString()));
    had.forEach(track -> check(node, track));
  }

  private void held(SimNode node, HeldBundle bundle) {
    Track track = tracks.get(bundle.id().original());
    if (track == null) {
      Octets head = node.store().ends(bundle.key()).orElseThrow().head();
      Octets payload =
          node.store().read(bundle.key(), 0, (int) bundle.sizes().payload()).orElseThrow();
      track = begin(new StoreChange.Put(bundle, head, new Payload.Inline(payload), Octets.EMPTY));
      tracks.put(track.id, track);
    }
    track.steady = false;
    track.held(node.name(), bundle);
  }

  /** The sum of what became of all bundles is what was made; every store holds what it should. */
  @Override
  public void ended(List<SimNode> nodes) {
    for (Track track : List.copyOf(tracks.values())) {
      if (track.fate == Fate.OPEN && track.number >= 0 && !track.isWhole()) {
        end(track, track.mayHaveExpired(world.nanos()) ? Fate.EXPIRED : Fate.BEST_EFFORT_LOST);
      }
    }
    for (SimNode node : nodes) {
      Holdings sum = of(node.name());
      if (node.store().stats().bundles() != sum.bundles
          || node.store().stats().bytes() != sum.bytes) {
        throw new Violation(
            CONSERVATION,
            node.name()
                + " holds "
                + node.store().stats()
                + ", not "
                + sum.bundles
                + " bundles of "
                + sum.bytes
                + " bytes");
      }
    }
    long open = tracks.values().stream().filter(t -> t.number >= 0 && t.fate == Fate.OPEN).count();
    if (fates.count(Fate.OPEN, Optional.empty()) != open) {
      throw new Violation(
          CONSERVATION,
          fates.count(Fate.OPEN, Optional.empty()) + " have no end, but " + open + " are held");
    }
  }

  long refusedCount() {
    return refused;
  }

  long duplicates() {
    return duplicates;
  }

  long crashes() {
    return crashes;
  }
}
