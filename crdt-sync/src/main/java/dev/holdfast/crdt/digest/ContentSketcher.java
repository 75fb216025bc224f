package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Makes cells that carry content, of a set of chunks: each must be added once. More cells of the
 * same set can be made later and add to those before. For one thread.
 */
public final class ContentSketcher {
  private final CellRange range;
  private final SketchKey.Names names;
  private final byte[] sums;
  private final long[] checks;
  private final int[] counts;
  private final byte[] chunk = new byte[ContentCells.CHUNK];
  private long size;

  /**
   * The cells of an empty set.
   *
   * @param key under which chunks have their names
   * @param stream which stream
   * @param from the first cell
   * @param to the cell after the last
   */
  public ContentSketcher(SketchKey key, int stream, int from, int to) {
    range = CellRange.between(stream, from, to);
    names = key.names();
    sums = new byte[Math.multiplyExact(range.count(), ContentCells.CHUNK)];
    checks = new long[range.count()];
    counts = new int[range.count()];
  }

  /**
   * Adds a chunk.
   *
   * @param content {@value ContentCells#CHUNK} octets
   */
  public void add(Octets content) {
    if (content.size() != chunk.length) {
      throw new IllegalArgumentException("a chunk has " + chunk.length + " octets");
    }
    size++;
    content.copyTo(chunk, 0);
    long name = names.of(content);
    int from = range.first();
    int to = from + range.count();
    Places places = new Places(name, range.stream());
    for (; places.place() < to; places.next()) {
      int at = (int) places.place() - from;
      if (at >= 0) {
        xor(sums, at * chunk.length, chunk);
        checks[at] ^= name;
        counts[at]++;
      }
    }
  }

  /** Adds octets to those of a sum. */
  static void xor(byte[] sums, int at, byte[] chunk) {
    for (int i = 0; i < chunk.length; i++) {
      sums[at + i] ^= chunk[i];
    }
  }

  /** How many chunks were added. */
  public long size() {
    return size;
  }

  /** The cells. Nothing can be added after that. */
  public ContentCells cells() {
    return new ContentCells(range, sums, checks, counts);
  }
}
