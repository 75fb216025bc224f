package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Cover;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Repair;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.StatePart;
import dev.holdfast.crdt.replica.Telling;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from what a region says of itself: how far it is, what it holds, a part of its
 * state, what it asks for. For one thread.
 */
final class Answering {
  private final Replica replica;
  private final Keys keys;
  private final Incarnation incarnation;
  private final Voice voice;
  private final SyncSettings settings;
  private final Told told;
  private final Sketches sketches = new Sketches();
  private final Sidecasts sidecasts;

  /**
   * What others are told of it.
   *
   * @param notices for operators
   * @param changed things that may have changed
   */
  record Told(List<Notice> notices, SortedSet<String> changed) {}

  Answering(
      Replica replica,
      Keys keys,
      Incarnation incarnation,
      Voice voice,
      SyncSettings settings,
      Told told) {
    this.replica = replica;
    this.keys = keys;
    this.incarnation = incarnation;
    this.voice = voice;
    this.settings = settings;
    this.told = told;
    this.sidecasts = new Sidecasts(replica);
  }

  /** Takes it, and says what follows; refused if the region has said too much in this contact. */
  List<Outgoing> said(Peer peer, Signed message, long now) {
    if (peer.open == null && Math.abs(now - peer.workSince) >= SyncWork.SILENT_MILLIS) {
      peer.work = new WorkDone();
      peer.workSince = now;
    }
    Optional<String> refusal = peer.work.refusal(message.claim(), settings.work());
    if (refusal.isPresent()) {
      notice(Notice.What.REFUSED, Optional.of(peer.region), refusal.get());
      return List.of();
    }
    peer.settled = -1;
    return switch (message.claim()) {
      case FrontierMessage claim ->
          heard(peer, message, claim, now) ? askForOwn(peer, now) : askInFull(peer, now);
      case Sketch sketch -> sketch(peer, sketch, message.envelope().clock(), now);
      case Snapshot snapshot -> {
        snapshot(message, snapshot);
        yield List.of();
      }
      case Request request -> request(peer, request, now);
      case Sidecast sidecast -> {
        sidecast(peer, message, sidecast, now);
        yield List.of();
      }
    };
  }

  private PeerSync speaker(Peer peer, long now) {
    return new PeerSync(peer, voice, replica.telling(), settings, now);
  }

  private void notice(Notice.What what, Optional<RegionId> region, String text) {
    told.notices.add(new Notice(what, region, text));
  }

  private boolean heard(Peer peer, Signed message, FrontierMessage claim, long now) {
    boolean understood =
        new Hearing(peer, replica, known(), settings.driftMillis())
            .hear(message, claim, voice, now);
    peer.keep(replica);
    return understood;
  }

  private SortedSet<StreamId> known() {
    var known = new TreeSet<>(keys.ring().streams().keySet());
    known.addAll(replica.streams());
    return known;
  }

  /**
   * Who says that he knows more of our stream than we do proves nothing; the blocks would, and are
   * asked for once in a contact.
   */
  private List<Outgoing> askForOwn(Peer peer, long now) {
    Peer.Said said = peer.said;
    StreamId own = replica.own();
    long last = replica.chain(own).last();
    if (said == null || peer.asked || said.frontier().streams().isEmpty()) {
      return List.of();
    }
    long theirs = said.frontier().resolve(known()).frontier().last(own);
    if (theirs <= last) {
      return List.of();
    }
    peer.asked = true;
    var speaker = speaker(peer, now);
    var wanted = new Request.Wanted(own, new Interval(last + 1, theirs));
    speaker.ask(
        new Request(List.of(wanted), Optional.empty(), false, false, settings.budgetBytes()));
    return speaker.out();
  }

  /** After a crash, say, it is not known any more what they are equal to. */
  private List<Outgoing> askInFull(Peer peer, long now) {
    var speaker = speaker(peer, now);
    speaker.ask(new Request(List.of(), Optional.empty(), false, false, settings.budgetBytes()));
    return speaker.out();
  }

  private List<Outgoing> sketch(Peer peer, Sketch sketch, Hlc said, long now) {
    incarnation.seal();
    Compared compared = sketches.add(sketch, replica);
    return switch (compared) {
      case Compared.Whole whole -> {
        List<Leaf> news =
            replica.settle(sketch.key().salt(), sketch.frontier(), sketch.key(), whole);
        told.changed.addAll(whole.onlyOurThings());
        var speaker = speaker(peer, now);
        Opportunity open = peer.open;
        boolean crossing =
            peer.sketched != null
                && open != null
                && said.millis() < peer.sketchedAt + open.oneWay();
        speaker.leaves(isToldByBlocks(peer, now) ? List.of() : news, sketch.frontier());
        if (!whole.onlyTheirs().isEmpty() && !crossing) {
          speaker.ask(
              new Request(
                  List.of(),
                  Optional.of(new Request.Named(sketch.key(), List.copyOf(whole.onlyTheirs()))),
                  false,
                  false,
                  settings.budgetBytes()));
        }
        yield speaker.out();
      }
      case Compared.Partial(_, int cells) -> {
        Peer.Sent ours = peer.sketch;
        boolean moreIsOnItsWay = ours != null && ours.cells() * (long) ours.streams() > cells;
        if (!sketches.isAllThere(sketch, cells) || moreIsOnItsWay) {
          yield List.of();
        }
        if (!peer.waits && isToldByBlocks(peer, now)) {
          // If blocks do not do on their side, more of it comes.
          peer.waits = true;
          yield List.of();
        }
        peer.differences = Math.max(peer.differences, 2L * cells);
        peer.sketched = null;
        var speaker = speaker(peer, now);
        speaker.sketch(peer.differences);
        yield speaker.out();
      }
      case Compared.Refused(String why) -> {
        notice(Notice.What.SKETCH_FAILED, Optional.of(peer.region), why);
        yield List.of();
      }
    };
  }

  /** Whether the region's sketch is of no use: what it lacks by what it said last is in blocks. */
  private boolean isToldByBlocks(Peer peer, long now) {
    Telling telling = replica.telling();
    return theirs(peer).filter(it -> telling.isToldByBlocks(telling.frontier(now), it)).isPresent();
  }

  private Optional<Frontier> theirs(Peer peer) {
    return Optional.ofNullable(peer.said).map(it -> it.frontier().resolve(known()).frontier());
  }

  private void snapshot(Signed message, Snapshot snapshot) {
    snapshot.heads().forEach(incarnation::witness);
    snapshot.blocks().forEach(block -> incarnation.witness(block.signed()));
    replica.witness(snapshot.heads());
    Cover cover =
        switch (snapshot.cover()) {
          case Snapshot.Range(_, Optional<Leaf> from, Optional<Leaf> to) ->
              new Cover.Range(from, to);
          case Snapshot.Leaves(SortedSet<Leaf> leaves) -> new Cover.Leaves(List.copyOf(leaves));
        };
    Octets id =
        snapshot.cover() instanceof Snapshot.Range(Octets name, _, _)
            ? Octets.concat(List.of(message.envelope().region().name(), name))
            : message.id();
    told.changed.addAll(
        replica.meet(
            id, new StatePart(snapshot.frontier(), cover, snapshot.blocks(), snapshot.awaited())));
    if (snapshot.frontier().root().equals(replica.root())) {
      replica.same(snapshot.frontier());
    }
  }

  /** Nothing is said of it: who says so may never hear us. */
  private void sidecast(Peer peer, Signed message, Sidecast sidecast, long now) {
    if (isSame(peer, sidecast)) {
      return;
    }
    Sidecasts.Outcome outcome = sidecasts.add(peer.region, message.envelope().clock(), sidecast);
    outcome.settled().ifPresent(whole -> told.changed.addAll(whole.onlyOurThings()));
    outcome
        .refused()
        .ifPresent(why -> notice(Notice.What.SKETCH_FAILED, Optional.of(peer.region), why));
    Checked.Blocks checked =
        Checked.of(
            outcome.found().stream().map(Repair.Found::block).toList(),
            keys.ring(),
            now,
            settings.driftMillis());
    told.notices.addAll(checked.faults());
    if (!checked.blocks().isEmpty()) {
      checked.blocks().forEach(block -> incarnation.witness(block.block().signed()));
      told.changed.addAll(replica.join(checked.blocks()));
      var genuine = new HashSet<Block>();
      checked.blocks().forEach(block -> genuine.add(block.block()));
      sidecasts.took(
          peer.region,
          outcome.found().stream()
              .filter(each -> genuine.contains(each.block()))
              .map(Repair.Found::name)
              .toList());
    }
    isSame(peer, sidecast);
  }

  private boolean isSame(Peer peer, Sidecast sidecast) {
    boolean same = sidecast.frontier().root().equals(replica.root());
    if (same && sidecasts.same(peer.region, sidecast.key())) {
      replica.same(sidecast.frontier());
    }
    return same;
  }

  private List<Outgoing> request(Peer peer, Request request, long now) {
    incarnation.seal();
    var speaker = speaker(peer, now);
    Peer.Said said = peer.said;
    Frontier theirs =
        said == null
            ? new Frontier(replica.root(), new TreeMap<>())
            : said.frontier().resolve(replica.streams()).frontier();
    speaker.blocksWanted(request.blocks());
    request
        .named()
        .ifPresent(
            named ->
                // Also what is known to be gone there: that it was here is what is missing.
                speaker.leaves(
                    replica.telling().named(named.key(), new TreeSet<>(named.names())), theirs));
    boolean nothing = request.blocks().isEmpty() && request.named().isEmpty();
    if (nothing && !request.keys() && !request.snapshot()) {
      peer.told = null;
      peer.wantsWhole = true;
    }
    if (request.keys()) {
      peer.statements = 0;
    }
    if (request.snapshot()) {
      speaker.snapshot(theirs);
    }
    return speaker.out();
  }
}
