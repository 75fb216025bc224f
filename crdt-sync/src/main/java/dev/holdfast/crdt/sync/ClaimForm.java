package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Frontier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bodies of signed messages as octets.
 *
 * <pre>
 *   FRONTIER  [frontier or beginning of an id, budget]                          {@link FrontierForm}
 *   SKETCH    [frontier, salt, size, sum, [stream, first, stride, count], cells]   {@link CellsForm}
 *   SNAPSHOT  [frontier, [[header, signature]...], cover, [block...], [[leaf, dots]...]]
 *     cover   [0, id, [leaf] or null, [leaf] or null] or [1, [[leaf]...]]
 *     leaf    three items: thing, path, kind
 *     dots    a byte string: how many streams, of each its name and its intervals
 *   SIDECAST  [frontier, salt, entries, sum of names, [stream, first, stride, count], cells,
 *              chunks, [stream, first, stride, count], cells with content]      {@link CellsForm}
 *   REQUEST   [[[stream, first, last]...], [salt, names] or null, keys, snapshot, budget]
 * </pre>
 */
final class ClaimForm {
  private static final int RANGE = 0;
  private static final int LEAVES = 1;
  private static final int LEAF_ITEMS = 3;
  private static final int LEAF_LEAST_BYTES = 5;

  private ClaimForm() {}

  static void write(CborWriter to, Claim claim) {
    switch (claim) {
      case FrontierMessage it -> frontier(to, it);
      case Sketch it -> {
        to.array(6);
        FrontierForm.write(to, it.frontier());
        to.bytes(it.key().salt()).unsigned(it.whole().count());
        to.bytes(Octets.wrap(ByteBuffer.allocate(Long.BYTES).putLong(it.whole().sum()).array()));
        CellsForm.write(to, it.cells(), it.whole().count());
        to.end();
      }
      case Snapshot it -> snapshot(to, it);
      case Request it -> request(to, it);
      case Sidecast it -> sidecast(to, it);
    }
  }

  static Claim read(CborReader from, MessageKind kind, SyncLimits limits) {
    return switch (kind) {
      case FRONTIER -> frontier(from, limits);
      case SKETCH -> sketch(from, limits);
      case SNAPSHOT -> snapshot(from, limits);
      case REQUEST -> request(from, limits);
      case SIDECAST -> sidecast(from, limits);
      case DELTA, KEY, PROOF -> throw new IllegalArgumentException(kind + " is not signed");
    };
  }

  private static void frontier(CborWriter to, FrontierMessage message) {
    to.array(2);
    switch (message.said()) {
      case FrontierMessage.Whole(WireFrontier it) ->
          FrontierForm.write(to, it.root(), it.streams());
      case FrontierMessage.SameAs(Octets id) -> to.bytes(id);
    }
    to.unsigned(message.budgetBytes()).end();
  }

  private static FrontierMessage frontier(CborReader from, SyncLimits limits) {
    from.array(2);
    return new FrontierMessage(
        switch (from.peek()) {
          case BYTES ->
              new FrontierMessage.SameAs(from.bytes(FrontierMessage.SameAs.SIZE).compact());
          default -> whole(from, limits);
        },
        number(from, "the budget"));
  }

  private static FrontierMessage.Said whole(CborReader from, SyncLimits limits) {
    FrontierForm.Names names = FrontierForm.read(from, WireFrontier.NAME_SIZE, limits);
    return new FrontierMessage.Whole(new WireFrontier(names.root(), names.streams()));
  }

  private static Sketch sketch(CborReader from, SyncLimits limits) {
    from.array(6);
    Frontier frontier = FrontierForm.read(from, limits);
    SketchKey key = new SketchKey(from.bytes(SketchKey.SALT_BYTES).compact());
    int setSize = from.unsigned(Integer.MAX_VALUE);
    long sum = from.bytes(Long.BYTES).asByteBuffer().getLong();
    Cells cells = CellsForm.read(from, setSize, limits);
    return new Sketch(frontier, key, new SetSum(setSize, sum), cells);
  }

  private static void sidecast(CborWriter to, Sidecast it) {
    to.array(9);
    FrontierForm.write(to, it.frontier());
    to.bytes(it.key().salt()).unsigned(it.whole().count());
    to.bytes(Items.longs(List.of(it.whole().sum())));
    CellsForm.write(to, it.names(), it.whole().count());
    to.unsigned(it.chunks());
    CellsForm.write(to, it.contents(), it.chunks());
    to.end();
  }

  private static Sidecast sidecast(CborReader from, SyncLimits limits) {
    from.array(9);
    Frontier frontier = FrontierForm.read(from, limits);
    SketchKey key = new SketchKey(from.bytes(SketchKey.SALT_BYTES).compact());
    int entries = from.unsigned(Integer.MAX_VALUE);
    long sum = from.bytes(Long.BYTES).asByteBuffer().getLong();
    Cells names = CellsForm.read(from, entries, limits);
    int chunks = from.unsigned(Integer.MAX_VALUE);
    ContentCells contents = CellsForm.readContents(from, chunks, limits);
    return new Sidecast(frontier, key, new SetSum(entries, sum), names, chunks, contents);
  }

  private static void snapshot(CborWriter to, Snapshot it) {
    to.array(5);
    FrontierForm.write(to, it.frontier());
    to.array(it.heads().size());
    it.heads().forEach(head -> to.item(head.encode()));
    to.end();
    cover(to, it.cover());
    to.array(it.blocks().size());
    it.blocks().forEach(block -> to.item(block.encode()));
    to.end();
    to.array(it.awaited().size());
    it.awaited()
        .forEach(
            (leaf, dots) -> {
              to.array(LEAF_ITEMS + 1);
              leaf.write(to);
              to.bytes(dots(dots)).end();
            });
    to.end().end();
  }

  private static void cover(CborWriter to, Snapshot.Cover cover) {
    switch (cover) {
      case Snapshot.Range it -> {
        to.array(4).unsigned(RANGE).bytes(it.snapshot());
        bound(to, it.from());
        bound(to, it.to());
      }
      case Snapshot.Leaves it -> {
        to.array(2).unsigned(LEAVES).array(it.leaves().size());
        it.leaves().forEach(leaf -> bound(to, Optional.of(leaf)));
        to.end();
      }
    }
    to.end();
  }

  private static void bound(CborWriter to, Optional<Leaf> leaf) {
    if (leaf.isEmpty()) {
      to.nil();
    } else {
      to.array(LEAF_ITEMS);
      leaf.get().write(to);
      to.end();
    }
  }

  private static Octets dots(CausalContext dots) {
    var out = new Numbers();
    out.put(dots.actors().size());
    for (Octets actor : dots.actors()) {
      out.put(actor);
      FrontierForm.writeIntervals(out, dots.intervals(actor));
    }
    return out.octets();
  }

  private static Snapshot snapshot(CborReader from, SyncLimits limits) {
    from.array(5);
    Frontier frontier = FrontierForm.read(from, limits);
    int count = Items.count(from, limits.streams(), 1, "heads");
    List<SignedHeader> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      heads.add(Items.read(from, limits.messageBytes(), SignedHeader::decode));
      if (i > 0 && !Snapshot.isAfter(heads.get(i - 1), heads.get(i))) {
        throw from.fault(where, "heads come in the order of their streams, each once");
      }
    }
    Snapshot.Cover cover = cover(from, limits);
    List<Block> blocks = Items.blocks(from, 0, limits);
    return new Snapshot(frontier, heads, cover, blocks, awaited(from, limits));
  }

  private static Snapshot.Cover cover(CborReader from, SyncLimits limits) {
    int where = from.offset();
    int items = from.array();
    int form = from.unsigned(LEAVES);
    if (items != (form == RANGE ? 4 : 2)) {
      throw from.fault(where, items + " items, which is no cover");
    }
    if (form == RANGE) {
      Octets id = from.bytes(Snapshot.Range.NAME_SIZE).compact();
      Optional<Leaf> first = from.nextIsNull() ? Optional.empty() : Optional.of(leaf(from, limits));
      Optional<Leaf> end = from.nextIsNull() ? Optional.empty() : Optional.of(leaf(from, limits));
      if (!Snapshot.Range.isOrdered(first, end)) {
        throw from.fault(where, "a range of leaves that ends before it begins");
      }
      return new Snapshot.Range(id, first, end);
    }
    int count = Items.count(from, limits.leaves(), LEAF_LEAST_BYTES, "leaves");
    var leaves = new TreeSet<Leaf>();
    for (int i = 0; i < count; i++) {
      where = from.offset();
      Leaf leaf = leaf(from, limits);
      checkOrder(
          from, where, leaves.isEmpty() ? Optional.empty() : Optional.of(leaves.last()), leaf);
      leaves.add(leaf);
    }
    return new Snapshot.Leaves(leaves);
  }

  private static Leaf leaf(CborReader from, SyncLimits limits) {
    from.array(LEAF_ITEMS);
    return Leaf.read(from, limits.block());
  }

  private static void checkOrder(CborReader from, int where, Optional<Leaf> before, Leaf leaf) {
    if (before.isPresent() && before.get().compareTo(leaf) >= 0) {
      throw from.fault(where, "leaves come in their order, each once");
    }
  }

  private static SortedMap<Leaf, CausalContext> awaited(CborReader from, SyncLimits limits) {
    int count = Items.count(from, limits.leaves(), LEAF_LEAST_BYTES, "leaves");
    var awaited = new TreeMap<Leaf, CausalContext>();
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      from.array(LEAF_ITEMS + 1);
      Leaf leaf = Leaf.read(from, limits.block());
      Optional<Leaf> before = awaited.isEmpty() ? Optional.empty() : Optional.of(awaited.lastKey());
      checkOrder(from, where, before, leaf);
      CborReader dots = from.embedded();
      awaited.put(leaf, readDots(dots, limits));
      dots.expectEnd();
    }
    return awaited;
  }

  private static CausalContext readDots(CborReader from, SyncLimits limits) {
    int where = from.offset();
    int left = limits.block().replaced();
    int count = FrontierForm.count(from, left, StreamId.SIZE, "the count of streams");
    if (count == 0) {
      throw from.fault(where, "a leaf at which nothing is awaited");
    }
    var all = new TreeMap<Octets, List<Interval>>();
    for (int i = 0; i < count; i++) {
      where = from.offset();
      Octets actor = FrontierForm.take(from, StreamId.SIZE);
      if (i > 0 && all.lastKey().compareTo(actor) >= 0) {
        throw from.fault(where, "streams come in the order of their names, each once");
      }
      List<Interval> intervals = FrontierForm.intervals(from, left);
      if (intervals.isEmpty()) {
        throw from.fault(where, "a stream without intervals");
      }
      left -= intervals.size();
      all.put(actor, intervals);
    }
    return CausalContext.of(all);
  }

  private static void request(CborWriter to, Request it) {
    to.array(5).array(it.blocks().size());
    for (Request.Wanted wanted : it.blocks()) {
      to.array(3).bytes(wanted.stream().name()).unsigned(wanted.numbers().first());
      to.unsigned(wanted.numbers().last()).end();
    }
    to.end();
    if (it.named().isEmpty()) {
      to.nil();
    } else {
      Request.Named named = it.named().get();
      to.array(2).bytes(named.key().salt()).bytes(Items.longs(named.names())).end();
    }
    to.bool(it.keys()).bool(it.snapshot()).unsigned(it.budgetBytes()).end();
  }

  private static Request request(CborReader from, SyncLimits limits) {
    from.array(5);
    int count = Items.count(from, limits.names(), StreamId.SIZE, "streams");
    List<Request.Wanted> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      from.array(3);
      StreamId stream = new StreamId(from.bytes(StreamId.SIZE).compact());
      long first = number(from, "a number");
      long last = number(from, "a number");
      if (first < 1 || last < first || last > Header.LAST_MAX) {
        throw from.fault(where, "no numbers: " + first + " to " + last);
      }
      var wanted = new Request.Wanted(stream, new Interval(first, last));
      if (i > 0 && !wanted.isAfter(blocks.get(i - 1))) {
        throw from.fault(where, "numbers come in their order, none twice, none touching");
      }
      blocks.add(wanted);
    }
    Optional<Request.Named> named = Optional.empty();
    if (!from.nextIsNull()) {
      from.array(2);
      SketchKey key = new SketchKey(from.bytes(SketchKey.SALT_BYTES).compact());
      named = Optional.of(new Request.Named(key, Items.ascending(from, limits.names())));
    }
    return new Request(blocks, named, from.bool(), from.bool(), number(from, "the budget"));
  }

  private static long number(CborReader from, String what) {
    int where = from.offset();
    long number = from.unsigned();
    if (number < 0) {
      throw from.fault(where, what + " is more than 2^63 - 1");
    }
    return number;
  }
}
