package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.ContentSketcher;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.Sketcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a replica tells others: how far it is, its blocks, sketches, and parts of its state. Reads
 * only; of a replica of which everything is sealed, else it would tell of operations that no block
 * proves.
 */
public final class Telling {
  private static final Octets NO_HEAD = Octets.wrap(new byte[Frontier.HEAD_SIZE]);

  /** How far ahead a clock may be and still tell how old something is, in milliseconds. */
  private static final long MOST_AHEAD = 60_000;

  private final Streams streams;
  private final BlockLog log;
  private final LiveEntries live;
  private final Awaited awaited;
  private final StreamId own;
  private final BlockLimits limits;

  Telling(
      Streams streams,
      BlockLog log,
      LiveEntries live,
      Awaited awaited,
      StreamId own,
      BlockLimits limits) {
    this.streams = streams;
    this.log = log;
    this.live = live;
    this.awaited = awaited;
    this.own = own;
    this.limits = limits;
  }

  /**
   * How far this replica is. Everything written here must be sealed.
   *
   * @param wallMillis the wall clock, milliseconds since 2000
   */
  public Frontier frontier(long wallMillis) {
    var reaches = new TreeMap<StreamId, Frontier.Reach>();
    streams
        .all()
        .forEach(
            (id, stream) -> {
              Octets head =
                  stream
                      .chain()
                      .head()
                      .map(it -> it.header().id().slice(0, Frontier.HEAD_SIZE).compact())
                      .orElse(NO_HEAD);
              long age = id.equals(own) ? 0 : ageSeconds(stream.asOf(), wallMillis);
              reaches.put(id, new Frontier.Reach(stream.chain().last(), head, stream.heard(), age));
            });
    return new Frontier(live.hash().root(), reaches);
  }

  /** How old it is; -1 if nobody knows, because its writer's clock is wrong for instance. */
  private static long ageSeconds(Hlc asOf, long wallMillis) {
    long ahead = asOf.aheadOf(wallMillis);
    boolean known = !asOf.equals(Hlc.ZERO) && ahead <= MOST_AHEAD;
    return known ? Math.max(0, -ahead / 1_000) : -1;
  }

  /** How far one stream is received in order. */
  public Chain chain(StreamId stream) {
    return streams.get(stream).chain();
  }

  /** How many entries there are. */
  public long size() {
    return live.count();
  }

  /** The stream that is written here. */
  public StreamId own() {
    return own;
  }

  /** Whether the log has every block of every stream whole. */
  public boolean isWhole() {
    return streams.all().values().stream().allMatch(it -> it.wholeFrom() == 1);
  }

  /** The number from which on the blocks of a stream are kept whole. */
  public long wholeFrom(StreamId stream) {
    return streams.get(stream).wholeFrom();
  }

  /**
   * The blocks of a stream after a number, in order.
   *
   * @param last the last number that need not be told
   * @param bytes of blocks after which it is enough
   * @return empty if they are not kept whole any more
   */
  public Optional<List<Block>> blocksAfter(StreamId stream, long last, long bytes) {
    Stream known = streams.get(stream);
    if (!known.chain().isOpen() && known.chain().fork().isPresent()) {
      return Optional.empty();
    }
    if (last >= known.chain().last()) {
      return Optional.of(List.of());
    }
    return last + 1 < known.wholeFrom()
        ? Optional.empty()
        : Optional.of(log.wholeFrom(stream, last + 1, bytes));
  }

  /** Whether blocks alone can tell all that is not known at a frontier. */
  public boolean isToldByBlocks(Frontier mine, Frontier theirs) {
    return mine.streams().entrySet().stream()
        .allMatch(
            it -> it.getValue().isWhole() && isWholeAfter(it.getKey(), theirs.last(it.getKey())));
  }

  private boolean isWholeAfter(StreamId stream, long last) {
    Stream known = streams.get(stream);
    return known.chain().fork().isEmpty()
        && (last >= known.chain().last() || last + 1 >= known.wholeFrom());
  }

  /** The same leaves in the order in which they were written: what one block wrote is together. */
  public List<Leaf> asWritten(Collection<Leaf> leaves) {
    var byDot = new TreeMap<Dot, List<Leaf>>();
    List<Leaf> ordered = new ArrayList<>();
    for (Leaf leaf : leaves) {
      SortedSet<Dot> dots = new TreeSet<>(live.dots(Layout.leaf(leaf)));
      (dots.isEmpty() ? ordered : byDot.computeIfAbsent(dots.first(), _ -> new ArrayList<>()))
          .add(leaf);
    }
    byDot.values().forEach(ordered::addAll);
    return ordered;
  }

  /** The block that covers a number, if it is kept whole. */
  public Optional<Block> blockAt(StreamId stream, long number) {
    return log.at(stream, number).filter(block -> block.hidden() == 0);
  }

  /** The signed headers of streams of which the other knows less. */
  public List<SignedHeader> headsBeyond(Frontier theirs) {
    List<SignedHeader> heads = new ArrayList<>();
    streams
        .all()
        .forEach(
            (id, stream) -> {
              if (stream.chain().last() > theirs.last(id)) {
                stream.chain().head().ifPresent(heads::add);
              }
            });
    return heads;
  }

  /**
   * What is here now, to be compared with a sketch of another's state.
   *
   * @param names how entries are called in it
   * @param theirs of all that the other one has
   * @param cells how many cells of each stream may come
   * @param sketchStreams how many streams
   */
  public Comparison comparison(SketchKey names, SetSum theirs, int cells, int sketchStreams) {
    return new Comparison(live, names, theirs, _ -> true, cells, sketchStreams);
  }

  /**
   * What is here now of what another has heard of, to be compared with a sketch of its state: what
   * it has not heard of it cannot hold, however much that is.
   *
   * @param theirs of all that the other one has
   * @param frontier how far the other is
   */
  public Comparison comparison(
      SketchKey names, SetSum theirs, Frontier frontier, int cells, int sketchStreams) {
    return new Comparison(live, names, theirs, frontier.heard()::contains, cells, sketchStreams);
  }

  /**
   * Cells of what is there, with what proves it.
   *
   * @param frontier how far this replica is
   * @param key under which entries and chunks have their names
   * @param names which cells of the names, one after the other
   * @param contents which cells of the chunks, likewise
   */
  public Cast cast(Frontier frontier, SketchKey key, CellRange names, CellRange contents) {
    var entries = new Sketcher(names.stream(), names.first(), names.end());
    SketchKey.Names called = key.names();
    long[] sum = new long[1];
    live.forEach(
        (_, element, _) -> {
          long name = called.of(element);
          sum[0] ^= name;
          entries.add(name);
        });
    SetSum whole = new SetSum(live.count(), sum[0]);
    var chunks = new ContentSketcher(key, contents.stream(), contents.first(), contents.end());
    proofs().forEach(key, frontier.heard(), chunks::add);
    return new Cast(whole, entries.cells(), chunks.size(), chunks.cells());
  }

  /**
   * What is here now, to be repaired by cells of what proves another's state.
   *
   * @param key under which chunks have their names
   * @param frontier how far the other is
   * @param cells how many cells of each stream may come
   */
  public Repair repair(SketchKey key, Frontier frontier, int cells) {
    List<ContentSketcher> ours = new ArrayList<>();
    for (int stream = 0; stream < CellRange.MOST_STREAMS; stream++) {
      ours.add(new ContentSketcher(key, stream, 0, cells));
    }
    proofs().forEach(key, frontier.heard(), chunk -> ours.forEach(each -> each.add(chunk)));
    return new Repair(log, limits, key, ours.stream().map(ContentSketcher::cells).toList());
  }

  private Proofs proofs() {
    return new Proofs(log, live, this::isForked);
  }

  /** The leaves at which something is awaited. */
  public List<Leaf> awaited() {
    return awaited.leavesBetween(Octets.EMPTY, Octets.EMPTY).stream().map(Layout::leaf).toList();
  }

  /** The leaves of entries with such names, as far as they are there. */
  public List<Leaf> named(SketchKey names, SortedSet<Long> wanted) {
    var leaves = new TreeSet<>(Comparison.named(live, names, wanted).values());
    return leaves.stream().map(Layout::leaf).toList();
  }

  /**
   * Cells of a sketch of what is there.
   *
   * @param names how entries are called in it
   * @param from the first of each stream
   * @param to the one after the last
   * @param sketchStreams how many streams
   */
  public Comparison.Sketched sketch(SketchKey names, int from, int to, int sketchStreams) {
    return Comparison.sketch(live, names, from, to, sketchStreams);
  }

  /**
   * All that is live at some leaves.
   *
   * @param frontier how far the replica is
   */
  public StatePart leaves(Frontier frontier, List<Leaf> leaves) {
    SortedSet<Dot> dots = new TreeSet<>();
    SortedMap<Leaf, CausalContext> gone = new TreeMap<>();
    for (Leaf leaf : leaves) {
      Octets key = Layout.leaf(leaf);
      dots.addAll(live.dots(key));
      putAwaited(gone, key);
    }
    return new StatePart(
        frontier, new Cover.Leaves(leaves), log.showing(dots, this::isForked), gone);
  }

  /**
   * All that is live from one leaf on.
   *
   * @param frontier how far the replica is
   * @param from the first leaf; empty from the very first
   * @param most how many entries, about
   */
  public StatePart range(Frontier frontier, Optional<Leaf> from, int most) {
    Octets begin = Meeting.key(from);
    SortedMap<Octets, List<Dot>> held = live.leavesFrom(begin, most);
    Optional<Octets> next = live.leafAfter(held.isEmpty() ? begin : held.lastKey());
    SortedSet<Dot> dots = new TreeSet<>();
    held.values().forEach((Collection<Dot> some) -> dots.addAll(some));
    SortedMap<Leaf, CausalContext> gone = new TreeMap<>();
    for (Octets leaf : awaited.leavesBetween(begin, next.orElse(Octets.EMPTY))) {
      putAwaited(gone, leaf);
    }
    Cover cover = new Cover.Range(from, next.map(Layout::leaf));
    return new StatePart(frontier, cover, log.showing(dots, this::isForked), gone);
  }

  private boolean isForked(StreamId stream) {
    return streams.get(stream).chain().fork().isPresent();
  }

  private void putAwaited(SortedMap<Leaf, CausalContext> gone, Octets leaf) {
    CausalContext replaced = awaited.of(leaf);
    if (!replaced.isEmpty()) {
      gone.put(Layout.leaf(leaf), replaced);
    }
  }
}
