package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.ContentCells;
import dev.holdfast.crdt.digest.SketchKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What proves all that is live, as a set of chunks: the signed header of each block that shows
 * something of it, and of each entry the block that shows it alone, without that header. Whoever
 * holds an entry has the same chunks of it, in whatever form it keeps the block.
 *
 * <pre>
 *   chunk     name (8), place (2), octets (246)
 *   octets    length (3), 0, signed header, zeros              name: of the block's id
 *             length (3), 1, stream (16), last number of the block, rest of the block, zeros
 *                                                              name: of the entry
 * </pre>
 */
final class Proofs {
  static final int PLACE_AT = Long.BYTES;
  static final int OCTETS_AT = PLACE_AT + 2;
  static final int LENGTH = 3;
  static final int HEADER = 0;
  static final int ENTRY = 1;

  private static final int OCTETS = ContentCells.CHUNK - OCTETS_AT;
  private static final int MOST_BYTES = 0xff_ffff - LENGTH;

  private final BlockLog log;
  private final LiveEntries live;
  private final Predicate<StreamId> forked;

  /**
   * Of a replica.
   *
   * @param forked streams of which two blocks may tell of one number
   */
  Proofs(BlockLog log, LiveEntries live, Predicate<StreamId> forked) {
    this.log = log;
    this.live = live;
    this.forked = forked;
  }

  /**
   * All chunks, each once.
   *
   * @param key under which they have their names
   * @param among whose entries alone count
   */
  void forEach(SketchKey key, CausalContext among, Consumer<Octets> visitor) {
    var walk = new Walk(key.names(), among, visitor);
    log.forEach(walk::visit);
  }

  private final class Walk {
    private final SketchKey.Names names;
    private final CausalContext among;
    private final Consumer<Octets> visitor;
    private final Set<Dot> shown = new HashSet<>();
    private final Set<Octets> headers = new HashSet<>();
    private StreamId stream = new StreamId(Octets.wrap(new byte[StreamId.SIZE]));
    private long last;

    Walk(SketchKey.Names names, CausalContext among, Consumer<Octets> visitor) {
      this.names = names;
      this.among = among;
      this.visitor = visitor;
    }

    void visit(Block block) {
      Header header = block.header();
      boolean same = header.stream().equals(stream);
      if (!same || (header.covers().last() != last && !forked.test(stream))) {
        shown.clear();
        headers.clear();
      }
      stream = header.stream();
      last = header.covers().last();
      Block some = block.redact(it -> among.contains(it.dot()) && !shown.contains(it.dot()));
      for (Block each : some.each()) {
        entry(each);
      }
    }

    private void entry(Block block) {
      Operation operation = block.operations().getFirst();
      live.element(operation.dot(), Layout.leaf(operation.leaf()))
          .ifPresent(
              element -> {
                header(block);
                shown.add(operation.dot());
                var out = new Numbers();
                out.put(ENTRY);
                out.put(stream.name());
                out.put(last);
                out.put(block.encodeShown());
                cut(names.of(element), out.octets());
              });
    }

    private void header(Block block) {
      Octets id = block.header().id();
      if (headers.add(id)) {
        var out = new Numbers();
        out.put(HEADER);
        out.put(block.signed().encode());
        cut(names.of(id), out.octets());
      }
    }

    /** What is longer than can be said is left out, by everybody. */
    private void cut(long name, Octets octets) {
      if (octets.size() > MOST_BYTES || pieces(octets.size()) > 0x1_0000) {
        return;
      }
      Octets length = Layout.number(octets.size()).from(Long.BYTES - LENGTH);
      Octets all = Octets.concat(List.of(length, octets));
      for (int place = 0; place * OCTETS < all.size(); place++) {
        byte[] chunk = new byte[ContentCells.CHUNK];
        Layout.number(name).copyTo(chunk, 0);
        Layout.number(place).from(Long.BYTES - 2).copyTo(chunk, PLACE_AT);
        int end = Math.min(all.size(), (place + 1) * OCTETS);
        all.slice(place * OCTETS, end).copyTo(chunk, OCTETS_AT);
        visitor.accept(Octets.wrap(chunk));
      }
    }
  }

  /** How many chunks so many octets take. */
  static int pieces(int size) {
    return (size + LENGTH + OCTETS - 1) / OCTETS;
  }
}
