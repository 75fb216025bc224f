package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.SketchSize;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.KeyStatement;
import dev.holdfast.crdt.replica.Comparison;
import dev.holdfast.crdt.replica.Cover;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.StatePart;
import dev.holdfast.crdt.replica.Telling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one region is told while messages can leave to it: how far we are, the blocks that it is
 * known or thought to lack, and where blocks do not do, sketches and parts of the state. Nothing
 * waits for an answer; what is not confirmed by the time it could have been is told again.
 */
final class PeerSync {
  private static final int OVERHEAD = 64;
  private static final double LOSS = 0.1;

  private final Peer peer;
  private final Voice voice;
  private final Telling telling;
  private final SyncSettings settings;
  private final long now;
  private final Frontier mine;
  private final List<Outgoing> out = new ArrayList<>();

  /**
   * For one time.
   *
   * @param peer whom, and what is kept of it
   * @param voice signs
   * @param telling what can be told: everything written here is sealed and kept
   * @param now the wall clock, milliseconds since 2000
   */
  PeerSync(Peer peer, Voice voice, Telling telling, SyncSettings settings, long now) {
    this.peer = peer;
    this.voice = voice;
    this.telling = telling;
    this.settings = settings;
    this.now = now;
    this.mine = telling.frontier(now);
  }

  List<Outgoing> out() {
    return out;
  }

  /** Everything that the region should be told now, the most urgent first. */
  PeerSync tell(Keys keys, List<SelfCertified.Proof> proofs) {
    Opportunity open = peer.open;
    if (open == null) {
      return this;
    }
    if (open.isOneWay()) {
      new OneWay(this, peer, voice, telling, settings, now).tell(keys, proofs);
      return this;
    }
    KeyRing ring = keys.ring();
    urgent(keys, proofs);
    Peer.Said said = peer.said;
    if (said == null) {
      if (!telling.isWhole()) {
        sketch(settings.coldDifferences());
      }
      return this;
    }
    resumeAfterSilence();
    var known = new TreeSet<>(ring.streams().keySet());
    known.addAll(mine.streams().keySet());
    WireFrontier.Resolved theirs = said.frontier().resolve(known);
    if (!blocks(theirs.frontier()) || hasDiverged(theirs)) {
      state(theirs);
    }
    bulk(theirs.frontier());
    return this;
  }

  /** Keys, what was proved, and how far we are. */
  void urgent(Keys keys, List<SelfCertified.Proof> proofs) {
    statements(keys);
    for (; peer.proofs < proofs.size(); peer.proofs++) {
      send(proofs.get(peer.proofs), false);
    }
    frontier();
  }

  /** How far we are. */
  Frontier mine() {
    return mine;
  }

  /** Whether the region was told how far we are. */
  boolean isFrontierTold() {
    WireFrontier told = peer.told;
    return told != null && WireFrontier.of(mine).saysSameAs(told);
  }

  private void statements(Keys keys) {
    if (peer.edition != keys.edition()) {
      peer.edition = keys.edition();
      peer.statements = 0;
    }
    List<KeyStatement> all = keys.statements();
    while (peer.statements < all.size()) {
      int end = Math.min(all.size(), peer.statements + SyncLimits.DEFAULT.statements());
      List<KeyStatement> some = all.subList(peer.statements, end);
      send(new SelfCertified.Key(voice.exportClass(), some), false);
      peer.statements = end;
    }
  }

  private void frontier() {
    WireFrontier told = WireFrontier.of(mine);
    WireFrontier before = peer.told;
    if (before == null
        || (!told.saysSameAs(before) && now - peer.toldAt >= settings.quietMillis())) {
      Peer.Said said = peer.said;
      FrontierMessage.Said words =
          said != null && !peer.wantsWhole && told.saysSameAs(said.frontier())
              ? new FrontierMessage.SameAs(said.message())
              : new FrontierMessage.Whole(told);
      Signed message = voice.say(new FrontierMessage(words, settings.budgetBytes()), now);
      voice.told(message, told);
      send(message, true);
      peer.told = told;
      peer.wantsWhole = false;
      peer.toldAt = now;
    }
  }

  /** What could have been confirmed by now, and is not, is lost: it is told again. */
  private void resumeAfterSilence() {
    if (peer.answered > 0 && now >= peer.answered) {
      peer.sent.clear();
      peer.answered = 0;
      peer.statements = 0;
      peer.proofs = 0;
      peer.loses = true;
      peer.silences++;
    }
  }

  /** Blocks of each stream after what is known or thought to be there; false if some are gone. */
  private boolean blocks(Frontier theirs) {
    boolean all = true;
    for (StreamId stream : ownFirst()) {
      long there = theirs.last(stream);
      long from = Math.max(there, peer.sentThrough(stream));
      if (telling.chain(stream).fork().isPresent()) {
        continue;
      }
      challenge(stream, theirs.streams().get(stream));
      Optional<List<Block>> some = telling.blocksAfter(stream, from, budget());
      all &= some.isPresent();
      List<Block> blocks = new ArrayList<>();
      if (peer.loses && from > there && some.isPresent() && !some.get().isEmpty()) {
        telling
            .blocksAfter(stream, there, budget())
            .ifPresent(
                unconfirmed ->
                    unconfirmed.stream()
                        .filter(it -> it.header().covers().last() <= from)
                        .skip(Math.max(0, countThrough(unconfirmed, from) - settings.again()))
                        .forEach(blocks::add));
      }
      some.ifPresent(blocks::addAll);
      deltas(stream, blocks);
    }
    return all;
  }

  /**
   * Where another block covers what they say is their last number, ours shows the fork. What they
   * say is held against it once in a contact.
   */
  private void challenge(StreamId stream, Frontier.@Nullable Reach theirs) {
    if (theirs == null
        || theirs.last() == 0
        || isSame(theirs, mine.streams().get(stream))
        || isSame(theirs, peer.compared.get(stream))) {
      return;
    }
    telling
        .blockAt(stream, theirs.last())
        .ifPresent(
            block -> {
              peer.compared.put(stream, theirs);
              if (!isHead(block.header(), theirs)) {
                delta(stream, List.of(block));
              }
            });
  }

  private static boolean isSame(Frontier.Reach one, Frontier.@Nullable Reach other) {
    return other != null && one.last() == other.last() && one.head().equals(other.head());
  }

  private static boolean isHead(Header header, Frontier.Reach theirs) {
    return header.covers().last() == theirs.last()
        && header.id().slice(0, Frontier.HEAD_SIZE).equals(theirs.head());
  }

  private static long countThrough(List<Block> blocks, long last) {
    return blocks.stream().filter(it -> it.header().covers().last() <= last).count();
  }

  /** All streams, the one that is written here first. */
  List<StreamId> ownFirst() {
    List<StreamId> streams = new ArrayList<>(mine.streams().keySet());
    if (streams.remove(telling.own())) {
      streams.addFirst(telling.own());
    }
    return streams;
  }

  /** Bytes that can still leave. */
  long budget() {
    Peer.Said said = peer.said;
    long allowed = said == null ? settings.budgetBytes() : said.budget() - peer.sentBytes;
    return Math.min(peer.left, allowed);
  }

  /** Sends blocks in as many messages as they take, as long as there is room. */
  void deltas(StreamId stream, List<Block> blocks) {
    List<Block> some = new ArrayList<>();
    long bytes = 0;
    for (Block block : blocks) {
      long size = block.encode().size();
      if (!some.isEmpty() && bytes + size > settings.messageBytes()) {
        if (!delta(stream, some)) {
          return;
        }
        some.clear();
        bytes = 0;
      }
      some.add(block);
      bytes += size;
    }
    if (!some.isEmpty()) {
      delta(stream, some);
    }
  }

  private boolean delta(StreamId stream, List<Block> blocks) {
    if (!send(new SelfCertified.Delta(voice.exportClass(), blocks), false)) {
      return false;
    }
    peer.sent.merge(stream, blocks.getLast().header().covers().last(), Math::max);
    expectAnswer();
    return true;
  }

  private void expectAnswer() {
    Opportunity open = peer.open;
    if (open != null && peer.answered == 0) {
      peer.answered = open.answered(now, peer.silences);
      peer.arrives = now + open.oneWay();
    }
  }

  /** Equally far, and not the same: blocks will not mend that. */
  private boolean hasDiverged(WireFrontier.Resolved theirs) {
    if (!theirs.unknown().isEmpty() || theirs.frontier().root().equals(mine.root())) {
      return false;
    }
    var streams = new TreeSet<>(mine.streams().keySet());
    streams.addAll(theirs.frontier().streams().keySet());
    return streams.stream()
        .allMatch(
            stream ->
                telling.chain(stream).fork().isPresent()
                    || mine.last(stream) == theirs.frontier().last(stream));
  }

  private void state(WireFrontier.Resolved theirs) {
    long writes = writesApart(theirs);
    // Most of what is written replaces something: the old differs, and the new.
    long differ = Math.max(2 * writes, peer.differences);
    if (peer.bulk != null || (peer.sketched != null && !isSketchTooSmall(differ))) {
      return;
    }
    if (!telling.headsBeyond(theirs.frontier()).isEmpty()) {
      leaves(List.of(), theirs.frontier(), mine);
    }
    if (theirs.frontier().root().equals(mine.root())) {
      compared();
    } else if (writes >= telling.size() / 2 && telling.size() > 0) {
      peer.bulk = wholeState();
      compared();
    } else {
      peer.sketched = null;
      sketch(differ);
    }
  }

  /** In this contact nothing more is to be compared. */
  private void compared() {
    peer.sketched = mine.root();
    peer.sketch = null;
  }

  private long writesApart(WireFrontier.Resolved theirs) {
    CausalContext ours = mine.heard();
    CausalContext heard = theirs.frontier().heard();
    long writes = ours.minus(heard).size() + heard.minus(ours).size();
    for (Frontier.Reach reach : theirs.unknown().values()) {
      writes += reach.last();
    }
    return writes;
  }

  /** Whether it was sent a sketch before anything was known of it that shows too little. */
  private boolean isSketchTooSmall(long differ) {
    Peer.Sent last = peer.sketch;
    return last != null
        && last.root().equals(mine.root())
        && last.cells() * (long) last.streams() < SketchSize.cells(differ);
  }

  /** One sketch in a contact; if that was too small, it goes on where it ended. */
  void sketch(long differences) {
    if (peer.sketched != null) {
      return;
    }
    peer.sketched = mine.root();
    peer.sketchedAt = now;
    double loss = peer.loses ? LOSS : 0;
    int streams = SketchSize.streams(loss);
    int cells = SketchSize.cells(Math.max(differences, peer.differences), loss) / streams + 1;
    Peer.Sent before = before(cells, streams);
    SketchKey key = before.key();
    peer.sketch = new Peer.Sent(key, mine.root(), cells, streams);
    int parts = Math.max(1, (cells - before.cells()) * CELL_BYTES / settings.messageBytes());
    Comparison.Sketched all = telling.sketch(key, before.cells(), cells, streams);
    for (Cells cellsOfStream : all.cells()) {
      for (int part = 0; part < parts; part++) {
        Cells some = cellsOfStream.part(part, parts);
        if (some.range().count() > 0) {
          send(voice.say(new Sketch(mine, key, all.whole(), some), now), false);
        }
      }
    }
  }

  /** The last sketch if it is of what is here now, and smaller; else one without cells. */
  private Peer.Sent before(int cells, int streams) {
    Peer.Sent last = peer.sketch;
    return last != null
            && last.root().equals(mine.root())
            && last.streams() == streams
            && last.cells() < cells
        ? last
        : new Peer.Sent(new SketchKey(voice.salt()), mine.root(), 0, streams);
  }

  private static final int CELL_BYTES = 14;

  /** Goes on with the parts of a state. */
  private void bulk(Frontier theirs) {
    while (peer.bulk != null && budget() > settings.messageBytes()) {
      Peer.Bulk bulk = peer.bulk;
      Optional<Leaf> next = range(bulk, theirs, settings.partEntries());
      peer.bulk = next.isPresent() ? new Peer.Bulk(bulk.name(), next) : null;
    }
  }

  /**
   * Tells a part of the state, and heads that are not known to the other; with which leaf the next
   * part begins, or nothing if it was the last.
   *
   * @param entries how many, about
   */
  Optional<Leaf> range(Peer.Bulk bulk, Frontier theirs, int entries) {
    StatePart part = telling.range(mine, bulk.next(), entries);
    var range = (Cover.Range) part.cover();
    part(part, new Snapshot.Range(bulk.name(), range.from(), range.to()), theirs);
    return range.to();
  }

  /** A state of which all parts are to be sent. */
  Peer.Bulk wholeState() {
    return new Peer.Bulk(voice.salt().slice(0, Snapshot.Range.NAME_SIZE), Optional.empty());
  }

  /** Tells all that is at some leaves. */
  void leaves(Collection<Leaf> leaves, Frontier theirs) {
    List<Leaf> some = new ArrayList<>();
    for (Leaf leaf : telling.asWritten(leaves)) {
      some.add(leaf);
      if (some.size() == settings.partEntries()) {
        leaves(some, theirs, mine);
        some.clear();
      }
    }
    if (!some.isEmpty()) {
      leaves(some, theirs, mine);
    }
  }

  private void leaves(List<Leaf> leaves, Frontier theirs, Frontier ours) {
    SortedSet<Leaf> cover = new TreeSet<>(leaves);
    part(telling.leaves(ours, leaves), new Snapshot.Leaves(cover), theirs);
  }

  /** Tells all that is at some leaves, and the heads of all streams, to who may know nothing. */
  void statesOf(List<Leaf> leaves) {
    leaves(leaves, new Frontier(mine.root(), new TreeMap<>()), mine);
  }

  private void part(StatePart part, Snapshot.Cover cover, Frontier theirs) {
    send(
        voice.say(
            new Snapshot(
                part.frontier(), telling.headsBeyond(theirs), cover, part.blocks(), part.awaited()),
            now),
        false);
    expectAnswer();
  }

  /** Asks for something. */
  void ask(Request request) {
    send(voice.say(request, now), false);
  }

  /** Tells of blocks that were asked for. */
  void blocksWanted(List<Request.Wanted> wanted) {
    for (Request.Wanted one : wanted) {
      telling
          .blocksAfter(one.stream(), one.numbers().first() - 1, budget())
          .ifPresent(
              blocks ->
                  deltas(
                      one.stream(),
                      blocks.stream()
                          .filter(it -> it.header().covers().first() <= one.numbers().last())
                          .toList()));
    }
  }

  /** Begins to tell the whole state. */
  void snapshot(Frontier theirs) {
    if (peer.bulk == null) {
      peer.bulk = wholeState();
    }
    bulk(theirs);
  }

  /** Sends a message if there is room; what is small and urgent always. */
  boolean send(SyncMessage message, boolean supersedes) {
    Octets payload = SyncCodec.encode(message);
    boolean bound =
        switch (message.kind()) {
          case DELTA, SNAPSHOT, SIDECAST -> true;
          case FRONTIER, SKETCH, REQUEST, KEY, PROOF -> false;
        };
    long size = payload.size() + (long) OVERHEAD;
    if (bound && size > budget()) {
      return false;
    }
    peer.left = Math.max(0, peer.left - size);
    peer.sentBytes += bound ? size : 0;
    out.add(new Outgoing(peer.region, message.kind(), supersedes, payload));
    return true;
  }
}
