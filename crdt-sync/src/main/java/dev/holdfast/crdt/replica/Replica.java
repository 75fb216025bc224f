package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.digest.SetHash;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.StateRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One region's replica of one export class. What changes is written to an {@link Overlay} that
 * whoever owns the replica drains and commits; what leaves is made of what was drained before. For
 * one thread.
 */
public final class Replica {
  private static final Octets NUMBERS = Octets.EMPTY;
  private static final Octets HASH = Octets.wrap(new byte[] {1});

  private final Layout layout;
  private final Overlay store;
  private final ReplicaLimits limits;
  private final Streams streams;
  private final Awaited awaited;
  private final LiveEntries live;
  private final BlockLog log;
  private final EarlyBlocks early;
  private long version;
  private OwnStream own;
  private final CatchUps catchUps = new CatchUps();

  /**
   * The replica that a store has; an empty one if it has none.
   *
   * @param name of the class
   * @param first the stream that is written here if the store has written none
   */
  public Replica(ClassId name, StreamId first, Overlay store, ReplicaLimits limits) {
    this.layout = new Layout(name);
    this.store = store;
    this.limits = limits;
    this.streams = new Streams(layout, store);
    this.log = new BlockLog(layout, store, limits.blocks());
    this.early = new EarlyBlocks(layout, store, limits);
    Numbers kept =
        store.get(layout.key(Layout.REPLICA, NUMBERS)).map(Numbers::decode).orElse(Numbers.NONE);
    this.awaited = new Awaited(layout, store, kept.awaited());
    SetHash hash =
        store.get(layout.key(Layout.REPLICA, HASH)).map(SetHash::of).orElse(new SetHash());
    this.live =
        new LiveEntries(
            layout,
            store,
            awaited,
            catchUps,
            limits.blocks().contents(),
            new LiveEntries.Kept(kept.live(), hash));
    StreamId stream = kept.own().isEmpty() ? first : new StreamId(kept.own());
    var next = new OwnStream.Next(kept.next(), kept.clock());
    this.own = new OwnStream(stream, layout, store, limits, streams.get(stream).chain(), next);
  }

  private void keep() {
    version++;
    OwnStream.Next next = own.next();
    Octets record =
        new Numbers(own.id().name(), next.number(), next.clock(), live.count(), awaited.records())
            .encode();
    store.put(layout.key(Layout.REPLICA, NUMBERS), record);
    if (live.takeChanged()) {
      store.put(layout.key(Layout.REPLICA, HASH), live.hash().state());
    }
  }

  // what is written here

  /**
   * Makes edits, all or none.
   *
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  public Edited edit(List<Edit> edits, long wallMillis) {
    Edited edited = drafted(edits, wallMillis);
    if (edited instanceof Edited.Done(List<Operation> operations)) {
      CausalContext dots = CausalContext.EMPTY;
      for (Operation operation : operations) {
        dots = dots.add(operation.dot());
      }
      // All at once: the stream's record is written once. None replaces what is made after it.
      streams.hear(dots);
      for (Operation operation : operations) {
        live.write(operation, streams.get(own.id()).chain().last(), streams.heard());
        own.add(operation);
      }
      keep();
    }
    return edited;
  }

  /**
   * Why edits could not be made; nothing is changed.
   *
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  public Optional<Edited.Refused> refusal(List<Edit> edits, long wallMillis) {
    return drafted(edits, wallMillis) instanceof Edited.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private Edited drafted(List<Edit> edits, long wallMillis) {
    if (edits.size() > limits.edits()) {
      return new Edited.Refused(
          limits.edits(), edits.size() + " edits at once, " + limits.edits() + " at most");
    }
    OwnStream.Next next = own.next();
    var drafting = new Drafting(own.id(), live::read, awaited, limits.blocks());
    return drafting.make(edits, next.number(), next.clock(), wallMillis);
  }

  /**
   * Goes on as another stream, since the numbers of this one may stand for what another life of the
   * store wrote. What is in no block yet is made again there, with the same content and the same
   * time, at the same place in lists; of counters and stocks, the difference to what this stream
   * has told. Its numbers are as if they had never been: whatever comes under them is taken.
   *
   * @param next one that nobody has written
   */
  public void begin(StreamId next) {
    if (next.equals(own.id()) || !streams.get(next).equals(Stream.of(next))) {
      throw new IllegalArgumentException(next + " is not new");
    }
    Hlc clock = own.next().clock();
    List<Operation> again = new Anew(streams, live, own, next).operations();
    Chain nothing = Chain.of(next);
    own = new OwnStream(next, layout, store, limits, nothing, new OwnStream.Next(1, Hlc.ZERO));
    for (Operation operation : again) {
      streams.hear(CausalContext.EMPTY.add(operation.dot()));
      live.write(operation, 0, streams.heard());
      own.add(operation);
    }
    own.follow(clock);
    keep();
  }

  /**
   * Makes blocks of what was written here since the last time. They and what they change are to be
   * committed before they are sent.
   */
  public List<Block> seal(Sealer sealer) {
    List<Block> blocks = new ArrayList<>();
    live.bases().clear();
    for (Sealer.Sealed sealed : own.seal(sealer, streams.get(own.id()).chain())) {
      log.put(sealed.block());
      streams.chain(sealed.chain());
      blocks.add(sealed.block());
    }
    if (!blocks.isEmpty()) {
      keep();
    }
    return blocks;
  }

  private CausalContext unsealedDots() {
    return own.unsealed()
        .map(numbers -> CausalContext.EMPTY.add(own.id().name(), numbers))
        .orElse(CausalContext.EMPTY);
  }

  /** How many numbers were given to operations that are in no block yet. */
  public long unsealed() {
    return own.numbers();
  }

  // what comes from others, block by block

  /**
   * Takes a block if it is its stream's turn.
   *
   * @param wallMillis the wall clock, milliseconds since 2000
   * @param driftMillis how far ahead a clock may be that ours follows
   */
  public Receipt receive(VerifiedBlock block, long wallMillis, long driftMillis) {
    var receiving = new Receiving(streams, log, early, live, awaited, own.id());
    Receipt receipt = receiving.receive(block);
    if (receipt instanceof Receipt.Applied(List<Block> applied, _)) {
      for (Block one : applied) {
        own.witness(one.header().clock(), wallMillis, driftMillis);
      }
    }
    adopt();
    keep();
    return receipt;
  }

  // what comes from others, by their state

  /**
   * Joins with a part of another's state. When all parts are in, what is known there is known here.
   *
   * @param id of that state: parts with the same are of one
   * @param part of which each block was verified
   * @return the things that may have changed
   */
  public SortedSet<String> meet(Octets id, StatePart part) {
    SortedSet<String> changed = new Meeting(streams, log, live, awaited, unsealedDots()).meet(part);
    if (part.cover() instanceof Cover.Range(Optional<Leaf> from, Optional<Leaf> to)) {
      catchUps.range(id, part.frontier(), Meeting.key(from), Meeting.key(to));
    }
    adopt();
    keep();
    return changed;
  }

  /**
   * Draws the consequences of a comparison: of what only this replica has, goes what is known
   * there.
   *
   * @param id of the other's state
   * @param frontier how far it was
   * @param names how entries are called
   * @param difference what came of comparing
   * @return the leaves that have something that is not known there
   */
  public List<Leaf> settle(
      Octets id, Frontier frontier, SketchKey names, Compared.Whole difference) {
    CausalContext known = frontier.heard().minus(unsealedDots());
    var news = new TreeSet<Octets>();
    difference
        .onlyOurs()
        .forEach(
            (dot, leaf) -> {
              if (!live.isLive(dot)) {
                return;
              }
              if (known.contains(dot)) {
                live.remove(leaf, dot);
              } else {
                news.add(leaf);
              }
            });
    catchUps.compared(id, frontier, names, difference.onlyTheirs());
    adopt();
    keep();
    return news.stream().map(Layout::leaf).toList();
  }

  /**
   * Takes what was written, by itself: what it replaces goes, and nothing else follows from it.
   *
   * @param blocks which show what is taken
   * @return the things that may have changed
   */
  public SortedSet<String> join(List<VerifiedBlock> blocks) {
    Frontier nothing = new Frontier(root(), new TreeMap<>());
    List<Block> shown = blocks.stream().map(VerifiedBlock::block).toList();
    return meet(
        Octets.EMPTY, new StatePart(nothing, new Cover.Leaves(List.of()), shown, new TreeMap<>()));
  }

  /** Their state and ours are the same: what they know is known here. */
  public void same(Frontier frontier) {
    adopt(frontier);
    keep();
  }

  private void adopt() {
    catchUps.takeComplete().forEach(this::adopt);
  }

  private void adopt(Frontier frontier) {
    streams.adopt(frontier);
    for (StreamId stream : frontier.streams().keySet()) {
      awaited.heard(stream.name(), streams.heard());
    }
  }

  /**
   * Takes what their writers signed as evidence that these streams go that far; or in two ways.
   *
   * @param heads whose signatures were verified
   */
  public void witness(List<SignedHeader> heads) {
    for (SignedHeader head : heads) {
      streams.witness(head);
      log.contradiction(head).ifPresent(streams::fork);
    }
    keep();
  }

  // what others are told

  /**
   * Keeps of blocks up to a number only what proves that what is live was written.
   *
   * @return how many bytes that saved
   */
  public long truncate(StreamId stream, long through) {
    long last = Math.min(through, streams.get(stream).chain().last());
    long saved = sweep(stream, 1, last, Integer.MAX_VALUE).saved();
    wholeFrom(stream, last + 1);
    return saved;
  }

  /**
   * Likewise, some of the blocks at a time.
   *
   * @param from the number that the part before ended with; 1 for the first
   * @param through the last number that blocks are looked at for, at most the chain's last
   * @param most how many blocks are looked at
   */
  public Truncated truncate(StreamId stream, long from, long through, int most) {
    BlockLog.Swept swept = sweep(stream, from, through, most);
    wholeFrom(stream, swept.next());
    return new Truncated(
        swept.done() ? OptionalLong.empty() : OptionalLong.of(swept.next()), swept.saved());
  }

  /**
   * What came of a part of it.
   *
   * @param next where to go on; empty if all is done
   * @param saved bytes that it saved
   */
  public record Truncated(OptionalLong next, long saved) {}

  private BlockLog.Swept sweep(StreamId stream, long from, long through, int most) {
    return log.redact(stream, from, through, most, it -> isNeeded(it.dot()));
  }

  private void wholeFrom(StreamId stream, long number) {
    if (number > streams.get(stream).wholeFrom()) {
      streams.wholeFrom(stream, number);
    }
  }

  private boolean isNeeded(Dot dot) {
    return live.isLive(dot) || live.bases().contains(dot);
  }

  /** Its writer has forked a stream: nothing more is taken from it in blocks. */
  public void fork(ForkProof proof) {
    streams.fork(proof);
    keep();
  }

  /**
   * At that time, by its writer's clock, nothing of a stream was missing here.
   *
   * @param at when
   */
  public void asOf(StreamId stream, Hlc at) {
    streams.asOf(stream, at);
  }

  /** What somebody keeps beside the replica, in the same batches; empty if nothing. */
  public Optional<Octets> note(Octets name) {
    return store.get(layout.key(Layout.NOTE, name));
  }

  /** Keeps something beside the replica. */
  public void note(Octets name, Octets value) {
    store.put(layout.key(Layout.NOTE, name), value);
  }

  /** The stream that is written here. */
  public StreamId own() {
    return own.id();
  }

  /** How far one stream is received in order. */
  public Chain chain(StreamId stream) {
    return streams.get(stream).chain();
  }

  /** The streams of which anything is known, in their order. */
  public List<StreamId> streams() {
    return List.copyOf(streams.all().keySet());
  }

  /** What others can be told: of a replica of which everything is sealed. */
  public Telling telling() {
    return new Telling(streams, log, live, awaited, own.id(), limits.blocks());
  }

  /** Grows whenever something may have changed that others are told. */
  public long version() {
    return version;
  }

  /** Stands for all that is there. */
  public StateRoot root() {
    return live.hash().root();
  }

  /** What each leaf of a thing holds, if it holds anything. */
  public SortedMap<Leaf, DotStore> thing(String id) {
    return live.readAll(Layout.thing(id));
  }

  /**
   * The id of the next thing of which there is anything.
   *
   * @param after the one before it; empty for the first
   */
  public Optional<String> thingAfter(Optional<String> after) {
    return live.thingAfter(after);
  }

  /** What a leaf holds. */
  public DotStore leaf(Leaf leaf) {
    return live.read(leaf);
  }

  /** How many entries there are. */
  public long size() {
    return live.count();
  }

  /** Whether a write is part of the state. */
  public boolean hasHeard(Dot dot) {
    return streams.heard().contains(dot);
  }
}
