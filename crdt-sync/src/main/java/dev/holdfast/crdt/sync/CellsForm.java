package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.ContentCells;
import java.nio.ByteBuffer;

/**
 * Cells of a sketch as octets.
 *
 * <pre>
 *   [stream, first, stride, count], cells           cells: a byte string, of each cell
 *     its sum (8 bytes), its check (4 bytes), and its count less the one expected
 *     or, with content, its sum (256 bytes), its check (8 bytes), and its count likewise
 *     z = 2 * n for n, 2 * n - 1 for -n:  below 240 one byte; below 4,080 two bytes, 240 * 256 + z - 240;
 *                                         else the byte 255 and z - 4,080 as a number
 * </pre>
 *
 * <p>Cell i holds one item in 1 + i / 2. So the count expected is the set's size divided by that,
 * rounded down, in whole numbers; the counts themselves would take three bytes instead of one. They
 * stray by the root of what is expected, 36 to 200 in most cells of a million's sketch: too much
 * for the seven bits of a number's byte.
 */
final class CellsForm {
  private static final int FIXED_BYTES = 12;
  private static final int LEAST_BYTES = FIXED_BYTES + 1;
  private static final int CONTENT_LEAST_BYTES = ContentCells.CHUNK + Long.BYTES + 1;

  /** A cell with content takes the memory of so many without. */
  static final int CONTENT_WEIGHT = 16;

  private static final int ONE_BYTE = 240;
  private static final int ESCAPE = 255;
  private static final int TWO_BYTES = ONE_BYTE + (ESCAPE - ONE_BYTE) * 256;

  private CellsForm() {}

  /** Items that are expected in a cell of a set's sketch. */
  static long expected(long setSize, int cell) {
    return 2 * setSize / (2L + cell);
  }

  static void write(CborWriter to, Cells cells, long setSize) {
    CellRange range = cells.range();
    write(to, range);
    var out = new Numbers();
    byte[] fixed = new byte[FIXED_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(fixed);
    for (int i = 0; i < range.count(); i++) {
      buffer.clear().putLong(cells.sum(i)).putInt(cells.check(i));
      out.put(Octets.wrap(fixed));
      putCount(out, cells.count(i), expected(setSize, range.cell(i)));
    }
    to.bytes(out.octets());
  }

  static void write(CborWriter to, ContentCells cells, long setSize) {
    CellRange range = cells.range();
    write(to, range);
    var out = new Numbers();
    byte[] check = new byte[Long.BYTES];
    for (int i = 0; i < range.count(); i++) {
      out.put(cells.sum(i));
      ByteBuffer.wrap(check).putLong(cells.check(i));
      out.put(Octets.wrap(check));
      putCount(out, cells.count(i), expected(setSize, range.cell(i)));
    }
    to.bytes(out.octets());
  }

  private static void write(CborWriter to, CellRange range) {
    to.array(4)
        .unsigned(range.stream())
        .unsigned(range.first())
        .unsigned(range.stride())
        .unsigned(range.count())
        .end();
  }

  private static void putCount(Numbers out, int count, long expected) {
    long more = count - expected;
    putCount(out, more >= 0 ? 2 * more : -2 * more - 1);
  }

  private static void putCount(Numbers out, long coded) {
    if (coded < ONE_BYTE) {
      out.put(Octets.wrap(new byte[] {(byte) coded}));
    } else if (coded < TWO_BYTES) {
      long rest = coded - ONE_BYTE;
      out.put(Octets.wrap(new byte[] {(byte) (ONE_BYTE + (rest >>> 8)), (byte) rest}));
    } else {
      out.put(Octets.wrap(new byte[] {(byte) ESCAPE}));
      out.put(coded - TWO_BYTES);
    }
  }

  private static long takeCount(CborReader from) {
    int first = from.takeByte();
    if (first < ONE_BYTE) {
      return first;
    }
    return first < ESCAPE
        ? ONE_BYTE + ((first - ONE_BYTE) << 8 | from.takeByte())
        : TWO_BYTES + Numbers.read(from, 2L * Integer.MAX_VALUE, "a count");
  }

  static Cells read(CborReader from, long setSize, SyncLimits limits) {
    CellRange range = range(from, limits.cells());
    CborReader in = octets(from, range, LEAST_BYTES);
    int count = range.count();
    long[] sums = new long[count];
    int[] checks = new int[count];
    int[] counts = new int[count];
    for (int i = 0; i < count; i++) {
      sums[i] = (long) fixed(in) << 32 | (fixed(in) & 0xffff_ffffL);
      checks[i] = fixed(in);
      counts[i] = takeCount(in, setSize, range.cell(i));
    }
    in.expectEnd();
    return Cells.of(range, sums, checks, counts);
  }

  static ContentCells readContents(CborReader from, long setSize, SyncLimits limits) {
    CellRange range = range(from, Math.max(1, limits.cells() / CONTENT_WEIGHT));
    CborReader in = octets(from, range, CONTENT_LEAST_BYTES);
    int count = range.count();
    byte[] sums = new byte[count * ContentCells.CHUNK];
    long[] checks = new long[count];
    int[] counts = new int[count];
    for (int i = 0; i < count; i++) {
      FrontierForm.take(in, ContentCells.CHUNK).copyTo(sums, i * ContentCells.CHUNK);
      checks[i] = (long) fixed(in) << 32 | (fixed(in) & 0xffff_ffffL);
      counts[i] = takeCount(in, setSize, range.cell(i));
    }
    in.expectEnd();
    return ContentCells.of(range, Octets.wrap(sums), checks, counts);
  }

  private static CborReader octets(CborReader from, CellRange range, int bytesEach) {
    int where = from.offset();
    CborReader in = from.embedded();
    if (range.count() > in.remaining() / bytesEach) {
      throw from.fault(where, range.count() + " cells in " + in.remaining() + " bytes");
    }
    return in;
  }

  private static int takeCount(CborReader in, long setSize, int cell) {
    int where = in.offset();
    long coded = takeCount(in);
    long more = (coded & 1) == 0 ? coded >>> 1 : -(coded >>> 1) - 1;
    long items = expected(setSize, cell) + more;
    if (items < 0 || items > setSize) {
      throw in.fault(where, items + " items of " + setSize + " in a cell");
    }
    return (int) items;
  }

  private static CellRange range(CborReader from, int most) {
    from.array(4);
    int where = from.offset();
    int stream = from.unsigned(CellRange.MOST_STREAMS - 1);
    int first = from.unsigned(most - 1);
    int stride = from.unsigned(most);
    int count = from.unsigned(most);
    if (stride < 1 || count < 1) {
      throw from.fault(where, "no cells: " + count + " by " + stride);
    }
    long end = first + (count - 1L) * stride + 1;
    if (end > Math.min(most, CellRange.MOST_CELLS)) {
      throw from.fault(where, "a sketch of " + end + " cells, " + most + " at most");
    }
    return new CellRange(stream, first, stride, count);
  }

  private static int fixed(CborReader from) {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = value << 8 | from.takeByte();
    }
    return value;
  }
}
