package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.SketchSize;
import dev.holdfast.crdt.replica.Cast;
import dev.holdfast.crdt.replica.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a region is told that can never answer. What is new leaves once, as to any other; the rest
 * in rounds, one at the beginning of a contact and then now and then: keys, how far we are, and
 * within a number of bytes cells from which whoever lacks something finds it, the blocks that were
 * told before, those that were told the longest ago first, and parts of the state if not all blocks
 * are kept. Each goes on where the last round ended; cells as long as nothing changes.
 */
final class OneWay {
  /** Cells of names for a cell with content: names are to be found first, and cost little. */
  private static final int NAMES = 2;

  /** About how many bytes a cell with content and its names take. */
  private static final int CELL_BYTES = ContentCells.CHUNK + 10 + NAMES * 14;

  /** About how many bytes an entry of the state takes, with what proves it. */
  private static final int ENTRY_BYTES = 128;

  /** In so many messages at least, so that the loss of one costs little. */
  private static final int PARTS = 8;

  /**
   * Cells that leave together: who lacks little needs the first ones only, and is not to wait for
   * all. Each batch is as large as all before.
   */
  private static final int BATCH = 256;

  /** Cells with content of one stream: what others take at most. */
  private static final int MOST_CELLS = SyncLimits.DEFAULT.cells() / CellsForm.CONTENT_WEIGHT;

  private static final double LOSS = 0.1;

  private final PeerSync speaker;
  private final Peer peer;
  private final Voice voice;
  private final Telling telling;
  private final SyncSettings settings;
  private final long now;

  /** How far its rounds are. */
  static final class Rounds {
    /** When the last one began; none in this contact yet if it is empty. */
    private @Nullable Long begun;

    /** Where the blocks of the next one begin. */
    private @Nullable StreamId stream;

    private long after;

    /** Where the parts of the state go on: all under one name, whatever is written meanwhile. */
    private Peer.@Nullable Bulk state;

    /** What the cells are of. */
    private @Nullable Sketched sketched;

    /** Messages can leave again. */
    void opened() {
      begun = null;
    }

    boolean isDue(SyncSettings.OneWay settings, long now) {
      Long last = begun;
      return last == null || Math.abs(now - last) >= settings.roundMillis();
    }
  }

  /** A state of which cells were told: of each stream how many. */
  private static final class Sketched {
    final WireFrontier frontier;
    final SketchKey key;
    final int[] told = new int[CellRange.MOST_STREAMS];
    final int[] ends = new int[CellRange.MOST_STREAMS];
    int stream;
    long chunks;

    Sketched(WireFrontier frontier, SketchKey key, long entries) {
      this.frontier = frontier;
      this.key = key;
      this.chunks = NAMES * entries;
    }

    /**
     * The cell to go on with. At first a stream has as many as who holds nothing needs, and begins
     * again after that, for who was set back; then twice as many each time, for who holds much that
     * is gone here.
     */
    int next(int whole) {
      if (told[stream] >= ends[stream]) {
        told[stream] = 0;
        ends[stream] =
            Math.clamp(ends[stream] >= MOST_CELLS ? 0 : 2L * ends[stream], whole, MOST_CELLS);
      }
      return told[stream];
    }
  }

  OneWay(
      PeerSync speaker, Peer peer, Voice voice, Telling telling, SyncSettings settings, long now) {
    this.speaker = speaker;
    this.peer = peer;
    this.voice = voice;
    this.telling = telling;
    this.settings = settings;
    this.now = now;
  }

  /** Everything that the region should be told now, the most urgent first. */
  void tell(Keys keys, List<SelfCertified.Proof> proofs) {
    boolean round = peer.rounds.isDue(settings.oneWay(), now);
    if (round) {
      peer.rounds.begun = now;
      peer.statements = 0;
      peer.proofs = 0;
      peer.told = null;
    }
    speaker.urgent(keys, proofs);
    SortedMap<StreamId, Long> before = new TreeMap<>(peer.sent);
    news();
    if (round) {
      states();
      long most = Math.min(settings.oneWay().roundBytes(), speaker.budget() / 2);
      long end = peer.left - most;
      cells(most / 2);
      again(before, telling.isWhole() ? peer.left - end : most / 4);
      parts(peer.left - end);
    }
  }

  /** Blocks that were never told. */
  private void news() {
    for (StreamId stream : speaker.ownFirst()) {
      speaker.deltas(stream, blocks(stream, peer.sentThrough(stream), speaker.budget()));
    }
  }

  private List<Block> blocks(StreamId stream, long after, long bytes) {
    long from = Math.max(after, telling.wholeFrom(stream) - 1);
    return telling.blocksAfter(stream, from, bytes).orElse(List.of());
  }

  /** What writers signed last, and where something is not to be taken: blocks may not show it. */
  private void states() {
    List<Leaf> leaves = telling.awaited();
    speaker.statesOf(leaves.subList(0, Math.min(leaves.size(), settings.partEntries())));
  }

  /** Blocks that were told, once more. */
  private void again(SortedMap<StreamId, Long> told, long most) {
    Rounds rounds = peer.rounds;
    long left = most;
    StreamId first = rounds.stream;
    for (StreamId stream : first == null ? told.keySet() : told.tailMap(first).keySet()) {
      long after = stream.equals(first) ? rounds.after : 0;
      List<Block> some = new ArrayList<>();
      for (Block block : blocks(stream, after, left)) {
        long last = block.header().covers().last();
        if (left > 0 && last <= told.getOrDefault(stream, 0L)) {
          some.add(block);
          left -= block.encode().size();
          rounds.stream = stream;
          rounds.after = last;
        }
      }
      speaker.deltas(stream, some);
      if (left <= 0) {
        return;
      }
    }
    rounds.stream = null;
  }

  /** Parts of the state up to its end at most: for who lacks much that no block shows. */
  private void parts(long most) {
    if (telling.isWhole()) {
      return;
    }
    Rounds rounds = peer.rounds;
    long end = peer.left - most;
    Peer.Bulk state = rounds.state == null ? speaker.wholeState() : rounds.state;
    boolean more = true;
    while (more && peer.left - end >= frameBytes() + ENTRY_BYTES) {
      long entries = (peer.left - end - frameBytes()) / ENTRY_BYTES;
      int some = (int) Math.min(entries, settings.partEntries());
      state = new Peer.Bulk(state.name(), speaker.range(state, speaker.mine(), some));
      more = state.next().isPresent();
    }
    rounds.state = state;
  }

  /** Cells of what is there now, after those that were told. */
  private void cells(long bytes) {
    if (speaker.mine().streams().isEmpty()) {
      return;
    }
    Sketched sketched = sketched();
    int whole = Math.clamp(SketchSize.cells(sketched.chunks, LOSS), BATCH, MOST_CELLS);
    int first = sketched.next(whole);
    int room = Math.min(whole, sketched.ends[sketched.stream] - first);
    int batches = Long.SIZE - Long.numberOfLeadingZeros(bytes / CELL_BYTES / BATCH + 1);
    long frames = (bytes / settings.messageBytes() + (long) PARTS * batches) * frameBytes();
    int count = (int) Math.min((bytes - frames) / CELL_BYTES, room);
    if (count <= 0) {
      return;
    }
    int end = first + count;
    Cast cast =
        telling.cast(
            speaker.mine(),
            sketched.key,
            CellRange.between(sketched.stream, NAMES * first, NAMES * end),
            CellRange.between(sketched.stream, first, end));
    for (int from = first; from < end; ) {
      int to = Math.min(end, from + Math.max(BATCH, from));
      batch(sketched, cast, from, to);
      from = to;
    }
    sketched.chunks = cast.chunks();
    sketched.told[sketched.stream] = end;
    // What is lost of the one stream is made good by the other, which stands elsewhere.
    sketched.stream = (sketched.stream + 1) % CellRange.MOST_STREAMS;
  }

  /** Cells one after the other, spread over some messages. */
  private void batch(Sketched sketched, Cast cast, int from, int to) {
    int each = (to - from) * CELL_BYTES / settings.messageBytes() + 1;
    int parts = Math.max(each, Math.min(PARTS, to - from));
    CellRange contents = CellRange.between(sketched.stream, from, to);
    CellRange names = CellRange.between(sketched.stream, NAMES * from, NAMES * to);
    for (int part = 0; part < parts; part++) {
      speaker.send(
          voice.say(
              new Sidecast(
                  speaker.mine(),
                  sketched.key,
                  cast.whole(),
                  cast.names().at(names.part(part, parts)),
                  cast.chunks(),
                  cast.contents().at(contents.part(part, parts))),
              now),
          false);
    }
  }

  /** About how many bytes a message has beside its cells. */
  private long frameBytes() {
    return 250 + 32L * speaker.mine().streams().size();
  }

  private Sketched sketched() {
    Sketched last = peer.rounds.sketched;
    WireFrontier frontier = WireFrontier.of(speaker.mine());
    if (last == null || !last.frontier.saysSameAs(frontier)) {
      last = new Sketched(frontier, new SketchKey(voice.salt()), telling.size());
      peer.rounds.sketched = last;
    }
    return last;
  }
}
