package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the chunks that another holds and we do not, from cells of its sketch. As {@link Peeler},
 * but what is found is the content, and each chunk counts as soon as it is found: its name, 64 bits
 * under the key of the sketch, says that it is one.
 *
 * <p>Cells may come in any order, some never and some twice. The work is bounded by the cells
 * given, whatever is in them: no more chunks are found than there are cells. For one thread.
 */
public final class ContentPeeler {
  private record Place(int stream, int cell) {}

  private record Found(long name, int sign, Octets content) {}

  /** Ours in one stream; where theirs are known, the difference. */
  private static final class Stream {
    private final BitSet known = new BitSet();
    private final byte[] sums;
    private final long[] checks;
    private final int[] counts;

    Stream(ContentCells ours) {
      int cells = ours.range().count();
      sums = new byte[cells * ContentCells.CHUNK];
      checks = new long[cells];
      counts = new int[cells];
      for (int i = 0; i < cells; i++) {
        ours.sum(i).copyTo(sums, i * ContentCells.CHUNK);
        checks[i] = ours.check(i);
        counts[i] = ours.count(i);
      }
    }

    boolean isEmpty(int cell) {
      boolean empty = checks[cell] == 0 && counts[cell] == 0;
      int at = cell * ContentCells.CHUNK;
      for (int i = 0; i < ContentCells.CHUNK && empty; i++) {
        empty = sums[at + i] == 0;
      }
      return empty;
    }
  }

  private final SketchKey.Names names;
  private final List<Stream> streams = new ArrayList<>();
  private final ArrayDeque<Place> candidates = new ArrayDeque<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<Long> foundNames = new HashSet<>();
  private Optional<String> refused = Optional.empty();
  private int cells;

  /**
   * Of theirs nothing is known yet.
   *
   * @param key of the sketch
   * @param ours of each stream the cells from 0 up to the last that can be compared
   */
  public ContentPeeler(SketchKey key, List<ContentCells> ours) {
    names = key.names();
    for (ContentCells each : ours) {
      if (each.range().first() != 0 || each.range().stride() != 1) {
        throw new IllegalArgumentException("not from the first cell on: " + each);
      }
      streams.add(new Stream(each));
    }
  }

  /** Whether it can be compared with cells of that range. */
  public boolean reaches(CellRange range) {
    return range.stream() < streams.size()
        && range.end() <= streams.get(range.stream()).counts.length;
  }

  /**
   * Takes cells of theirs.
   *
   * @param theirs which it {@linkplain #reaches}
   * @return the chunks that are found by it and only they have
   */
  public List<Octets> add(ContentCells theirs) {
    CellRange range = theirs.range();
    Stream stream = streams.get(range.stream());
    BitSet fresh = new BitSet();
    byte[] chunk = new byte[ContentCells.CHUNK];
    for (int i = 0; i < range.count(); i++) {
      int cell = range.cell(i);
      if (!stream.known.get(cell)) {
        stream.known.set(cell);
        fresh.set(cell);
        theirs.sum(i).copyTo(chunk, 0);
        ContentSketcher.xor(stream.sums, cell * chunk.length, chunk);
        stream.checks[cell] ^= theirs.check(i);
        stream.counts[cell] = theirs.count(i) - stream.counts[cell];
        offer(range.stream(), cell);
        cells++;
      }
    }
    int before = found.size();
    found.forEach(each -> takeOut(each, range.stream(), fresh));
    peel();
    return found.subList(before, found.size()).stream()
        .filter(each -> each.sign > 0)
        .map(Found::content)
        .toList();
  }

  private void offer(int stream, int cell) {
    int count = streams.get(stream).counts[cell];
    if (count == 1 || count == -1) {
      candidates.addLast(new Place(stream, cell));
    }
  }

  private void peel() {
    while (!candidates.isEmpty() && refused.isEmpty()) {
      Place place = candidates.removeLast();
      Stream stream = streams.get(place.stream);
      int sign = stream.counts[place.cell];
      if (sign == 1 || sign == -1) {
        byte[] chunk = new byte[ContentCells.CHUNK];
        System.arraycopy(stream.sums, place.cell * chunk.length, chunk, 0, chunk.length);
        Octets content = Octets.wrap(chunk);
        long name = names.of(content);
        if (name == stream.checks[place.cell]) {
          found(new Found(name, sign, content));
        }
      }
    }
  }

  private void found(Found one) {
    if (!foundNames.add(one.name)) {
      refused = Optional.of("a chunk is found twice");
    } else if (found.size() >= cells) {
      refused = Optional.of("more chunks are found than there are cells");
    } else {
      found.add(one);
      for (int s = 0; s < streams.size(); s++) {
        takeOut(one, s, streams.get(s).known);
      }
    }
  }

  private void takeOut(Found one, int number, BitSet where) {
    Stream stream = streams.get(number);
    byte[] chunk = one.content.toByteArray();
    int end = where.length();
    Places places = new Places(one.name, number);
    for (; places.place() < end; places.next()) {
      int cell = (int) places.place();
      if (where.get(cell)) {
        ContentSketcher.xor(stream.sums, cell * chunk.length, chunk);
        stream.checks[cell] ^= one.name;
        stream.counts[cell] -= one.sign;
        offer(number, cell);
      }
    }
  }

  /** Why these cannot be sketches of two sets under that key, if they cannot. */
  public Optional<String> refused() {
    return refused;
  }

  /**
   * Whether everything that the cells tell of is found. Whether that is all that differs, the
   * hashes of the sets tell.
   */
  public boolean isWhole() {
    boolean whole = cells > 0 && refused.isEmpty();
    for (Stream stream : streams) {
      for (int c = stream.known.nextSetBit(0);
          c >= 0 && whole;
          c = stream.known.nextSetBit(c + 1)) {
        whole = stream.isEmpty(c);
      }
    }
    return whole;
  }
}
