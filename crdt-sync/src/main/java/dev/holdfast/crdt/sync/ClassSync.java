package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Cover;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Receipt;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.StatePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Keeps one class in step with other regions: takes what they say, and says what they should know,
 * whenever messages can leave. What it changes is in the replica's overlay, and is to be committed
 * before anything that it returns is sent. For one thread.
 */
public final class ClassSync {
  private final Replica replica;
  private final Keys keys;
  private final Incarnation incarnation;
  private final Voice voice;
  private final SyncSettings settings;
  private final SortedMap<RegionId, Peer> peers = new TreeMap<>();
  private final Sketches sketches = new Sketches();
  private final List<Notice> notices = new ArrayList<>();
  private final List<SelfCertified.Proof> proofs = new ArrayList<>();
  private final TreeSet<String> changed = new TreeSet<>();

  /**
   * Who speaks.
   *
   * @param region this region
   * @param key its latest key
   * @param keyIndex which one that is
   * @param sealers makes the blocks of one of its streams: the same for the same stream, always
   * @param entropy as many random bytes as asked for
   * @param continues whether this store is known to be the one that wrote last, by a {@link
   *     Witness} outside it; if not, the region writes a stream of its own from now on
   */
  public record Self(
      RegionId region,
      SigningKey key,
      int keyIndex,
      Function<StreamId, Sealer> sealers,
      IntFunction<Octets> entropy,
      boolean continues) {}

  /**
   * In step with nobody yet. What this changes already is in the replica's overlay, too.
   *
   * @param replica what is kept in step
   * @param ring the keys of all regions, this one among them
   * @param self who speaks
   * @param peers with whom
   * @throws IllegalArgumentException if the key is not the latest that is known of this region
   */
  public ClassSync(
      Replica replica, KeyRing ring, Self self, List<RegionId> peers, SyncSettings settings) {
    this.replica = replica;
    this.settings = settings;
    this.voice =
        new Voice(
            ring.exportClass(),
            self.region(),
            self.key(),
            self.keyIndex(),
            replica,
            self.entropy());
    this.keys = new Keys(ring, replica, notices);
    this.incarnation = new Incarnation(replica, keys, self, notices);
    peers.forEach(
        region -> {
          Peer peer = new Peer(region);
          replica.note(name(region)).ifPresent(peer::restore);
          this.peers.put(region, peer);
        });
    for (StreamId stream : replica.streams()) {
      Optional<ForkProof> fork = replica.chain(stream).fork();
      if (fork.isPresent() && ring().writer(stream).isPresent()) {
        proofs.add(PeerSync.proof(ring(), fork.get()));
      }
    }
  }

  private static Octets name(RegionId region) {
    return Octets.concat(List.of(PEER, region.name()));
  }

  private static final Octets PEER = Octets.wrap(new byte[] {1});

  /** The keys that are known: for {@link Checked#of}. */
  public KeyRing ring() {
    return keys.ring();
  }

  /**
   * How far the stream that is written here was told: to be kept outside the store, durably, before
   * what this returned since is sent.
   */
  public Witness witness() {
    return new Witness(replica.own(), replica.chain(replica.own()).last());
  }

  /** What is known of each region that it is kept in step with. */
  public List<PeerView> peers() {
    return peers.values().stream().map(peer -> peer.view(replica)).toList();
  }

  /** What operators should know, since the last time. */
  public List<Notice> takeNotices() {
    List<Notice> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** The things that may have changed by what came, since the last time. */
  public List<String> takeChanged() {
    List<String> taken = List.copyOf(changed);
    changed.clear();
    return taken;
  }

  /** Messages to a region can leave from now on. */
  public List<Outgoing> opened(RegionId region, Opportunity opportunity, long now) {
    Peer peer = peers.get(region);
    if (peer == null) {
      return List.of();
    }
    peer.open = opportunity;
    peer.left = opportunity.bytes();
    peer.told = null;
    peer.sketched = null;
    peer.challenged.clear();
    peer.asked = false;
    peer.settled = -1;
    peer.work = new WorkDone();
    return tell(peer, now);
  }

  /** Messages to a region can leave no more. */
  public void closed(RegionId region) {
    Peer peer = peers.get(region);
    if (peer != null) {
      peer.open = null;
    }
  }

  /**
   * Makes blocks of what is pending, as is done before anything is told: to be called before the
   * store is copied, since a copy that goes on tells what was pending a second time.
   */
  public void seal() {
    incarnation.seal();
  }

  /** Tells what has changed to whom messages can leave: after local writes, or now and then. */
  public List<Outgoing> tell(long now) {
    List<Outgoing> out = new ArrayList<>();
    for (Peer peer : peers.values()) {
      if (peer.open != null) {
        out.addAll(tell(peer, now));
      }
    }
    return out;
  }

  private List<Outgoing> tell(Peer peer, long now) {
    incarnation.seal();
    long changes = replica.version() + keys.changes() + proofs.size();
    if (peer.settled == changes && (peer.answered == 0 || now < peer.answered)) {
      return List.of();
    }
    PeerSync speaker = speaker(peer, now).tell(keys, proofs);
    peer.settled = speaker.isFrontierTold() ? changes : -1;
    if (!speaker.out().isEmpty()) {
      keep(peer);
    }
    return speaker.out();
  }

  private void keep(Peer peer) {
    replica.note(name(peer.region), peer.encode());
  }

  private PeerSync speaker(Peer peer, long now) {
    return new PeerSync(peer, voice, replica.telling(), settings, now);
  }

  /** Takes a message, and says what follows. */
  public List<Outgoing> received(Checked checked, long now) {
    notices.addAll(checked.faults());
    List<Outgoing> out = new ArrayList<>();
    switch (checked.message()) {
      case SelfCertified.Delta _ -> checked.blocks().forEach(block -> block(block, now));
      case SelfCertified.Key(_, List<KeyStatement> statements) -> {
        boolean missing = false;
        for (KeyStatement statement : statements) {
          missing |= keys.add(statement);
        }
        if (missing) {
          out.addAll(askForKeys(now));
        }
      }
      case SelfCertified.Proof proof -> ring().proven(proof).ifPresent(this::forked);
      case Unverified _ -> checked.region().ifPresent(signed -> out.addAll(said(signed, now)));
    }
    if (checked.faults().stream().anyMatch(it -> it.what() == Notice.What.KEY_MISSING)) {
      out.addAll(askForKeys(now));
    }
    out.addAll(tell(now));
    return out;
  }

  private List<Outgoing> askForKeys(long now) {
    List<Outgoing> out = new ArrayList<>();
    for (Peer peer : peers.values()) {
      if (peer.open != null) {
        var speaker = speaker(peer, now);
        speaker.ask(new Request(List.of(), Optional.empty(), true, false, settings.budgetBytes()));
        out.addAll(speaker.out());
      }
    }
    return out;
  }

  private void block(VerifiedBlock block, long now) {
    incarnation.witness(block.block().signed());
    StreamId stream = block.block().header().stream();
    Optional<RegionId> region = ring().writer(stream).map(KeyRing.Writer::region);
    switch (replica.receive(block, now, settings.driftMillis())) {
      case Receipt.Applied(_, SortedSet<String> things) -> changed.addAll(things);
      case Receipt.Known _, Receipt.Early _, Receipt.Forked _ -> {}
      case Receipt.Dropped dropped ->
          notice(Notice.What.DROPPED, region, block.block() + " before " + dropped.missing());
      case Receipt.Restored(var covers) ->
          throw new IllegalStateException("a stream without " + covers + " is written here");
      case Receipt.Refused(String why) -> notice(Notice.What.REFUSED, region, why);
    }
    replica.chain(stream).fork().ifPresent(this::forked);
  }

  private void notice(Notice.What what, Optional<RegionId> region, String text) {
    notices.add(new Notice(what, region, text));
  }

  private void forked(ForkProof proof) {
    Optional<KeyRing.Writer> writer = ring().writer(proof.stream());
    if (writer.isPresent()
        && proofs.stream().noneMatch(it -> it.proof().stream().equals(proof.stream()))) {
      replica.fork(proof);
      proofs.add(PeerSync.proof(ring(), proof));
      notice(
          Notice.What.FORK,
          writer.map(KeyRing.Writer::region),
          "stream " + proof.stream() + " goes on in two ways");
      if (proof.stream().equals(replica.own())) {
        incarnation.forked();
      }
    }
  }

  private List<Outgoing> said(Signed message, long now) {
    Peer peer = peers.get(message.envelope().region());
    if (peer == null) {
      return List.of();
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
    };
  }

  private boolean heard(Peer peer, Signed message, FrontierMessage claim, long now) {
    boolean understood =
        new Hearing(peer, replica, known(), settings.driftMillis())
            .hear(message, claim, voice, now);
    keep(peer);
    return understood;
  }

  private SortedSet<StreamId> known() {
    var known = new TreeSet<>(ring().streams().keySet());
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
        var speaker = speaker(peer, now);
        Opportunity open = peer.open;
        boolean crossing =
            peer.sketched != null
                && open != null
                && said.millis() < peer.sketchedAt + open.oneWay();
        speaker.leaves(news, sketch.frontier());
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
        if (!sketches.isAllThere(sketch)) {
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
    changed.addAll(
        replica.meet(
            id, new StatePart(snapshot.frontier(), cover, snapshot.blocks(), snapshot.awaited())));
    if (snapshot.frontier().root().equals(replica.root())) {
      replica.same(snapshot.frontier());
    }
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
