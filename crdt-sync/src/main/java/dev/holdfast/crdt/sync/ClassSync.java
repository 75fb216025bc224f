package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Receipt;
import dev.holdfast.crdt.replica.Replica;
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
  private static final String WAITING =
      "this store may be a copy: its key is replaced once all other regions were heard, or when it is"
          + " started again";

  private static final String MUTE =
      "this region's key was replaced, and the one that signs now was not given: nothing is said"
          + " any more, and nothing lost; add it and start again";

  private final Replica replica;
  private final Keys keys;
  private final OwnKeys own;
  private final Incarnation incarnation;
  private final Rotation rotation;
  private final Voice voice;
  private final SyncSettings settings;
  private final SortedMap<RegionId, Peer> peers = new TreeMap<>();
  private final Answering answering;
  private final Forgetting forgetting;
  private final List<Notice> notices = new ArrayList<>();
  private final List<SelfCertified.Proof> proofs = new ArrayList<>();
  private final TreeSet<String> changed = new TreeSet<>();

  /** Whether something was not taken because its key was missing. */
  private boolean lacking;

  /**
   * Who speaks.
   *
   * @param region this region
   * @param keys its private keys, oldest first: the latest that is known of it and those that are
   *     to replace it, one after the other; older ones are not needed
   * @param entropy as many random bytes as asked for
   * @param continues whether this store is known to be the one that wrote last, by a {@link
   *     Witness} outside it; if not, the region writes a stream of its own from now on
   */
  public record Self(
      RegionId region, List<SigningKey> keys, IntFunction<Octets> entropy, boolean continues) {
    /** Keeps its own copy. */
    public Self {
      keys = List.copyOf(keys);
    }
  }

  /** The keys that a region was given are not those that it signs with. */
  public static final class KeysException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    KeysException(String message) {
      super(message);
    }
  }

  /**
   * In step with nobody yet. What this changes already is in the replica's overlay, too.
   *
   * @param replica what is kept in step
   * @param ring the keys of all regions, this one among them
   * @param self who speaks
   * @param peers with whom
   * @throws KeysException if the latest key that is known of this region is not among those given
   */
  public ClassSync(
      Replica replica, KeyRing ring, Self self, List<RegionId> peers, SyncSettings settings) {
    this.replica = replica;
    this.settings = settings;
    this.keys = new Keys(ring, replica, notices);
    this.own = new OwnKeys(self, keys);
    this.voice = new Voice(ring.exportClass(), self.region(), own, replica, self.entropy());
    this.incarnation = new Incarnation(replica, keys, own, self, notices);
    this.answering =
        new Answering(
            replica, keys, incarnation, voice, settings, new Answering.Told(notices, changed));
    peers.forEach(
        region -> {
          Peer peer = new Peer(region);
          peer.restoreFrom(replica);
          this.peers.put(region, peer);
        });
    this.forgetting = new Forgetting(replica, this.peers.values());
    this.rotation = new Rotation(replica, keys, own, self, this.peers.values());
    rotation.speak(incarnation.number());
    if (rotation.isWaiting()) {
      notice(Notice.What.RESTORED, Optional.of(self.region()), WAITING);
    }
    for (StreamId stream : replica.streams()) {
      Optional<ForkProof> fork = replica.chain(stream).fork();
      if (fork.isPresent() && ring().writer(stream).isPresent()) {
        proofs.add(keys.proof(fork.get()));
      }
    }
  }

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

  /**
   * What is known of another region.
   *
   * @param region which one
   * @param open whether messages can leave to it now
   * @param inStep whether what it said last is what is here now
   * @param heard its clock when it said that; empty if it was never heard
   * @param knowsOurs the last number of the stream written here that it said it has
   */
  public record PeerView(
      RegionId region, boolean open, boolean inStep, Optional<Hlc> heard, long knowsOurs) {}

  /** What is known of each region that it is kept in step with. */
  public List<PeerView> peers() {
    return peers.values().stream().map(peer -> peer.view(replica)).toList();
  }

  /**
   * What of the past is kept in its order; what is live is always kept.
   *
   * @param margin how many of the last numbers of each stream are kept
   * @param unconfirmed how many are kept for a region that has not confirmed them, or was never
   *     heard: what it lacks beyond that it is told as a state
   * @param blocks how many blocks are looked at in one go, 1 or more
   */
  public record History(long margin, long unconfirmed, int blocks) {
    /** 64 numbers; 1,000,000 for who has not confirmed them; 16 blocks. */
    public static final History DEFAULT = new History(64, 1_000_000, 16);

    /** Checks the ranges. */
    public History {
      if (margin < 0 || unconfirmed < margin || blocks < 1) {
        throw new IllegalArgumentException("a history of " + unconfirmed + " or " + margin);
      }
    }
  }

  /**
   * Redacts some more of the blocks that all others have confirmed, or that are too many, to what
   * is live: so what was replaced or deleted is gone from the store, and nobody is told it any
   * more. To be called now and then.
   *
   * @return how many bytes that saved
   */
  public long forget(History history) {
    return forgetting.sweep(history);
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

  /**
   * As {@link #opened}, but by a way that has nothing to do with where messages went before, such
   * as a file that somebody carries: whatever the region was sent, it is told all that it lacks by
   * what it said last; and nothing counts as sent by that, once this is closed.
   */
  public List<Outgoing> openedAnew(RegionId region, Opportunity opportunity, long now) {
    Peer peer = peers.get(region);
    if (peer != null) {
      peer.setAside();
    }
    return opened(region, opportunity, now);
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
    peer.sketch = null;
    peer.silences = 0;
    peer.waits = false;
    peer.compared.clear();
    peer.asked = false;
    peer.reminded = false;
    peer.askedKeys = -1;
    peer.settled = -1;
    peer.work = new WorkDone();
    peer.rounds.opened();
    return tell(peer, now);
  }

  /** Messages to a region can leave no more. */
  public void closed(RegionId region) {
    Peer peer = peers.get(region);
    if (peer != null) {
      peer.open = null;
      peer.takeBack();
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
    if (own.isMute()) {
      return List.of();
    }
    incarnation.seal();
    long changes = replica.version() + keys.changes() + proofs.size();
    Opportunity open = peer.open;
    boolean round = open != null && open.isOneWay() && peer.rounds.isDue(settings.oneWay(), now);
    if (!round && peer.settled == changes && (peer.answered == 0 || now < peer.answered)) {
      return List.of();
    }
    PeerSync speaker = speaker(peer, now).tell(keys, proofs);
    peer.settled = speaker.isFrontierTold() ? changes : -1;
    if (!speaker.out().isEmpty()) {
      peer.keep(replica);
    }
    return speaker.out();
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
        int before = keys.changes();
        boolean spoke = !own.isMute();
        rotation.keep();
        for (KeyStatement statement : statements) {
          missing |= keys.add(statement);
        }
        rotation.speak(incarnation.number());
        if (spoke && own.isMute()) {
          notice(Notice.What.KEY_MISSING, Optional.empty(), MUTE);
        }
        if (missing) {
          out.addAll(askForKeys(now));
        }
        if (keys.changes() != before) {
          sayWhatIsLacking();
        }
      }
      case SelfCertified.Proof proof -> proof.proven(ring()).ifPresent(this::forked);
      case Unverified unverified -> {
        checked.region().ifPresent(signed -> out.addAll(said(signed, now)));
        remind(unverified.envelope());
      }
    }
    if (checked.faults().stream().anyMatch(it -> it.what() == Notice.What.KEY_MISSING)) {
      lacking = true;
      out.addAll(askForKeys(now));
    }
    out.addAll(tell(now));
    return out;
  }

  /**
   * Who signs with a key that it has replaced may be a copy that does not know of it, and is not
   * heard until it does: it is told once in a contact. Anybody can make us do that.
   */
  private void remind(Envelope envelope) {
    Peer peer = peers.get(envelope.region());
    boolean old =
        ring()
            .current(envelope.region())
            .filter(it -> it.index() > envelope.keyIndex())
            .isPresent();
    if (peer != null && old && !peer.reminded) {
      peer.reminded = true;
      peer.statements = 0;
      peer.settled = -1;
    }
  }

  /** What came before its key was not taken: who sent it learns so at once, not when time is up. */
  private void sayWhatIsLacking() {
    if (lacking) {
      lacking = false;
      for (Peer peer : peers.values()) {
        peer.told = null;
        peer.settled = -1;
      }
    }
  }

  private List<Outgoing> askForKeys(long now) {
    List<Outgoing> out = new ArrayList<>();
    for (Peer peer : peers.values()) {
      if (peer.open != null && !own.isMute() && peer.askedKeys != keys.changes()) {
        peer.askedKeys = keys.changes();
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
      proofs.add(keys.proof(proof));
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
    if (peer == null || own.isMute()) {
      return List.of();
    }
    if (message.claim() instanceof FrontierMessage claim
        && rotation.hears(peer.region, claim, voice)) {
      rotation.speak(incarnation.number());
    }
    List<Outgoing> out = answering.said(peer, message, now);
    if (message.claim() instanceof Snapshot || message.claim() instanceof Sidecast) {
      replica.streams().forEach(it -> replica.chain(it).fork().ifPresent(this::forked));
    }
    if (message.claim() instanceof FrontierMessage) {
      rotation.close();
    }
    return out;
  }
}
