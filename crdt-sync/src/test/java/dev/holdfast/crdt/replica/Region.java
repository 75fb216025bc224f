package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.Verdict;
import dev.holdfast.crdt.block.VerifiedBlock;
import dev.holdfast.crdt.digest.SketchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A region with one replica, its store, and the keys of all regions. */
final class Region {
  static final long START = 850_000_000_000L;
  static final ClassId CLASS = new ClassId(Octets.ofHex("0011223344556677"));

  final int number;
  final SigningKey key;
  StreamId stream;
  Sealer sealer;
  final Map<StreamId, SigningKey> keys;
  final ReplicaLimits limits;
  MemoryTwinStore store = new MemoryTwinStore();
  Overlay overlay;
  Replica replica;
  long now = START;
  private long states;

  Region(int number, Map<StreamId, SigningKey> keys, ReplicaLimits limits) {
    this.number = number;
    this.key = new SigningKey(secret(number));
    this.stream = StreamId.of(key.verifyKey(), 0, "test");
    this.sealer = new Sealer(stream, key, 0, secret(1_000 + number));
    this.keys = keys;
    this.limits = limits;
    keys.put(stream, key);
    open();
  }

  static List<Region> several(int count) {
    Map<StreamId, SigningKey> keys = new TreeMap<>();
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      regions.add(new Region(i, keys, ReplicaLimits.DEFAULT));
    }
    return regions;
  }

  private static Octets secret(int number) {
    byte[] bytes = new byte[SigningKey.SIZE];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >>> 8);
    bytes[2] = 1;
    return Octets.wrap(bytes);
  }

  /** After a crash: what was not committed is lost. */
  void open() {
    overlay = new Overlay(store);
    replica = new Replica(CLASS, stream, overlay, limits);
  }

  /** Goes on as another incarnation. */
  void begin(long incarnation) {
    stream = StreamId.of(key.verifyKey(), incarnation, "test");
    sealer = new Sealer(stream, key, 0, secret(1_000 + number));
    keys.put(stream, key);
    replica.begin(stream);
    commit();
  }

  /** Another life of this region: the same keys over a copy of its store. */
  Region copy() {
    Region copy = new Region(number, keys, limits);
    copy.stream = stream;
    copy.sealer = sealer;
    copy.store = store.copy();
    copy.now = now;
    copy.open();
    return copy;
  }

  void commit() {
    store.commit(overlay.drain());
    overlay.committed(overlay.lastDrained());
  }

  Edited edit(Edit... edits) {
    now += 1_000;
    Edited edited = replica.edit(List.of(edits), now);
    commit();
    return edited;
  }

  List<Block> seal() {
    List<Block> blocks = replica.seal(sealer);
    commit();
    return blocks;
  }

  Frontier frontier() {
    seal();
    return replica.telling().frontier(now);
  }

  Receipt receive(Block block) {
    Receipt receipt = replica.receive(verified(block), now, 60_000);
    commit();
    return receipt;
  }

  VerifiedBlock verified(Block block) {
    Verdict verdict =
        block.verify(keys.get(block.header().stream()).verifyKey(), now + 1_000_000, 60_000);
    return ((Verdict.Genuine) verdict).block();
  }

  /** Blocks that another one lacks; empty if they are not kept whole. */
  Optional<List<Block>> blocksFor(Frontier theirs) {
    List<Block> all = new ArrayList<>();
    Frontier mine = frontier();
    for (StreamId id : mine.streams().keySet()) {
      Optional<List<Block>> blocks =
          replica.telling().blocksAfter(id, theirs.last(id), Long.MAX_VALUE);
      if (blocks.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(blocks.get());
    }
    return Optional.of(all);
  }

  /** Takes a whole state over in ranges. */
  void takeState(Region from, int entriesInAPart) {
    from.seal();
    Octets id = from.nextState();
    Optional<Leaf> next = Optional.empty();
    do {
      StatePart part = from.replica.telling().range(from.frontier(), next, entriesInAPart);
      take(id, part, from.replica.telling().headsBeyond(replica.telling().frontier(now)));
      next = ((Cover.Range) part.cover()).to();
    } while (next.isPresent());
  }

  void take(Octets id, StatePart part, List<SignedHeader> heads) {
    part.blocks().forEach(this::verified);
    replica.witness(heads);
    replica.meet(id, part);
    commit();
  }

  Octets nextState() {
    states++;
    return Octets.concat(List.of(stream.name(), Layout.number(states)));
  }

  /** Compares with another's state by its sketch; what the other lacks is told to it. */
  Compared compare(Region other, int cells) {
    seal();
    other.seal();
    Octets id = other.nextState();
    SketchKey names = new SketchKey(id.slice(8, 24));
    Frontier frontier = other.replica.telling().frontier(other.now);
    Comparison.Sketched theirs = other.replica.telling().sketch(names, 0, cells, 1);
    Comparison comparison = replica.telling().comparison(names, theirs.whole(), cells, 1);
    Compared compared = comparison.add(theirs.cells().getFirst());
    if (compared instanceof Compared.Whole whole) {
      replica.witness(other.replica.telling().headsBeyond(replica.telling().frontier(now)));
      var leaves = replica.settle(id, frontier, names, whole);
      commit();
      if (!leaves.isEmpty()) {
        StatePart part = replica.telling().leaves(frontier(), leaves);
        other.take(
            nextState(),
            part,
            replica.telling().headsBeyond(other.replica.telling().frontier(other.now)));
      }
    }
    return compared;
  }
}
