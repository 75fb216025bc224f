package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Hlc;
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
import java.util.function.IntFunction;

/**
 * Keeps one class in step with other regions: takes what they say, and says what they should know,
 * whenever messages can leave. What it changes is in the replica's overlay, and is to be committed
 * before anything that it returns is sent. For one thread.
 */
public final class ClassSync {
  private final Replica replica;
  private final Sealer sealer;
  private final Voice voice;
  private final SyncSettings settings;
  private final SortedMap<RegionId, Peer> peers = new TreeMap<>();
  private final Sketches sketches = new Sketches();
  private final List<Notice> notices = new ArrayList<>();
  private final List<SelfCertified.Proof> proofs = new ArrayList<>();
  private final TreeSet<String> changed = new TreeSet<>();
  private KeyRing ring;

  /**
   * Who speaks.
   *
   * @param region this region
   * @param key its latest key
   * @param keyIndex which one that is
   * @param sealer makes the blocks of its stream
   * @param entropy as many random bytes as asked for
   */
  public record Self(
      RegionId region, SigningKey key, int keyIndex, Sealer sealer, IntFunction<Octets> entropy) {}

  /**
   * In step with nobody yet.
   *
   * @param replica what is kept in step
   * @param ring the keys of all regions
   * @param self who speaks
   * @param peers with whom
   */
  public ClassSync(
      Replica replica, KeyRing ring, Self self, List<RegionId> peers, SyncSettings settings) {
    this.replica = replica;
    this.sealer = self.sealer();
    this.settings = settings;
    this.voice =
        new Voice(
            ring.exportClass(),
            self.region(),
            self.key(),
            self.keyIndex(),
            Hlc.ZERO,
            self.entropy());
    this.ring = kept(ring);
    peers.forEach(
        region -> {
          Peer peer = new Peer(region);
          replica.note(name(region)).ifPresent(peer::restore);
          this.peers.put(region, peer);
        });
    for (StreamId stream : replica.streams()) {
      Optional<ForkProof> fork = replica.chain(stream).fork();
      if (fork.isPresent() && this.ring.writer(stream).isPresent()) {
        proofs.add(PeerSync.proof(this.ring, fork.get()));
      }
    }
  }

  private static Octets name(RegionId region) {
    return Octets.concat(List.of(PEER, region.name()));
  }

  private static final Octets PEER = Octets.wrap(new byte[] {1});
  private static final Octets RING = Octets.wrap(new byte[] {2});

  /** With what regions have said of their keys before. */
  private KeyRing kept(KeyRing configured) {
    KeyRing all = configured;
    Optional<Octets> note = replica.note(RING);
    if (note.isPresent()
        && KeyRing.decode(note.get()) instanceof Parsed.Good<KeyRing>(KeyRing before)) {
      for (KeyStatement statement : before.statements()) {
        if (all.add(statement) instanceof KeyRing.Added(KeyRing more)) {
          all = more;
        }
      }
    }
    return all;
  }

  /** The keys that are known: for {@link Checked#of}. */
  public KeyRing ring() {
    return ring;
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
    return tell(peer, now);
  }

  /** Messages to a region can leave no more. */
  public void closed(RegionId region) {
    Peer peer = peers.get(region);
    if (peer != null) {
      peer.open = null;
    }
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
    if (!maySpeak()) {
      return List.of();
    }
    replica.seal(sealer);
    List<Outgoing> out = speaker(peer, now).tell(ring, proofs).out();
    if (!out.isEmpty()) {
      keep(peer);
    }
    return out;
  }

  /**
   * Who has forked his own stream, an old copy of a store say, says nothing more under its name.
   */
  private boolean maySpeak() {
    return replica.chain(replica.own()).isOpen();
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
      case SelfCertified.Key(_, List<KeyStatement> statements) ->
          statements.forEach(this::statement);
      case SelfCertified.Proof proof -> ring.proven(proof).ifPresent(this::forked);
      case Unverified _ -> checked.region().ifPresent(signed -> out.addAll(said(signed, now)));
    }
    boolean keyMissing =
        checked.faults().stream().anyMatch(it -> it.what() == Notice.What.KEY_MISSING);
    if (keyMissing && maySpeak()) {
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
    StreamId stream = block.block().header().stream();
    Optional<RegionId> region = ring.writer(stream).map(KeyRing.Writer::region);
    switch (replica.receive(block, now, settings.driftMillis())) {
      case Receipt.Applied(_, SortedSet<String> things) -> changed.addAll(things);
      case Receipt.Known _, Receipt.Early _ -> {}
      case Receipt.Dropped dropped ->
          notice(Notice.What.DROPPED, region, block.block() + " before " + dropped.missing());
      case Receipt.Forked(ForkProof proof) -> forked(proof);
      case Receipt.Restored(var covers) ->
          notice(Notice.What.RESTORED, region, "numbers " + covers + " were written before");
      case Receipt.Refused(String why) -> notice(Notice.What.REFUSED, region, why);
    }
  }

  private void notice(Notice.What what, Optional<RegionId> region, String text) {
    notices.add(new Notice(what, region, text));
  }

  private void forked(ForkProof proof) {
    Optional<KeyRing.Writer> writer = ring.writer(proof.stream());
    if (writer.isPresent()
        && proofs.stream().noneMatch(it -> it.proof().stream().equals(proof.stream()))) {
      replica.fork(proof);
      proofs.add(PeerSync.proof(ring, proof));
      notice(
          Notice.What.FORK,
          writer.map(KeyRing.Writer::region),
          "stream " + proof.stream() + " goes on in two ways");
    }
  }

  private void statement(KeyStatement statement) {
    switch (ring.add(statement)) {
      case KeyRing.Added(KeyRing more) -> {
        ring = more;
        replica.note(RING, more.encode());
      }
      case KeyRing.Duplicate _, KeyRing.Missing _ -> {}
      case KeyRing.Contradiction contradiction ->
          notice(
              Notice.What.FORK,
              Optional.empty(),
              "a region says two things of its keys: " + contradiction.other());
      case KeyRing.Refused(String why) -> notice(Notice.What.REFUSED, Optional.empty(), why);
    }
  }

  private List<Outgoing> said(Signed message, long now) {
    Peer peer = peers.get(message.envelope().region());
    if (peer == null || !maySpeak()) {
      return List.of();
    }
    return switch (message.claim()) {
      case FrontierMessage claim ->
          heard(peer, message, claim, now) ? List.of() : askInFull(peer, now);
      case Sketch sketch -> sketch(peer, sketch, message.envelope().clock(), now);
      case Snapshot snapshot -> {
        snapshot(message, snapshot);
        yield List.of();
      }
      case Request request -> request(peer, request, now);
    };
  }

  private boolean heard(Peer peer, Signed message, FrontierMessage claim, long now) {
    var known = new TreeSet<>(ring.streams().keySet());
    known.addAll(replica.streams());
    boolean understood =
        new Hearing(peer, replica, known, settings.driftMillis()).hear(message, claim, voice, now);
    keep(peer);
    return understood;
  }

  /** After a crash, say, it is not known any more what they are equal to. */
  private List<Outgoing> askInFull(Peer peer, long now) {
    var speaker = speaker(peer, now);
    speaker.ask(new Request(List.of(), Optional.empty(), false, false, settings.budgetBytes()));
    return speaker.out();
  }

  private List<Outgoing> sketch(Peer peer, Sketch sketch, Hlc said, long now) {
    replica.seal(sealer);
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
    replica.seal(sealer);
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
