package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Numbers;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.Cells;
import java.nio.ByteBuffer;

/**
 * Cells of a sketch as octets.
 *
 * <pre>
 *   [stream, first, stride, count], cells           cells: a byte string, of each cell
 *     its sum (8 bytes), its check (4 bytes), and its count less the one expected
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
    to.array(4)
        .unsigned(range.stream())
        .unsigned(range.first())
        .unsigned(range.stride())
        .unsigned(range.count())
        .end();
    var out = new Numbers();
    byte[] fixed = new byte[FIXED_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(fixed);
    for (int i = 0; i < range.count(); i++) {
      buffer.clear().putLong(cells.sum(i)).putInt(cells.check(i));
      out.put(Octets.wrap(fixed));
      long more = cells.count(i) - expected(setSize, range.cell(i));
      putCount(out, more >= 0 ? 2 * more : -2 * more - 1);
    }
    to.bytes(out.octets());
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
    CellRange range = range(from, limits);
    int where = from.offset();
    CborReader in = from.embedded();
    int count = range.count();
    if (count > in.remaining() / LEAST_BYTES) {
      throw from.fault(where, count + " cells in " + in.remaining() + " bytes");
    }
    long[] sums = new long[count];
    int[] checks = new int[count];
    int[] counts = new int[count];
    for (int i = 0; i < count; i++) {
      sums[i] = (long) fixed(in) << 32 | (fixed(in) & 0xffff_ffffL);
      checks[i] = fixed(in);
      int numberAt = in.offset();
      long coded = takeCount(in);
      long more = (coded & 1) == 0 ? coded >>> 1 : -(coded >>> 1) - 1;
      long items = expected(setSize, range.cell(i)) + more;
      if (items < 0 || items > setSize) {
        throw in.fault(numberAt, items + " items of " + setSize + " in a cell");
      }
      counts[i] = (int) items;
    }
    in.expectEnd();
    return Cells.of(range, sums, checks, counts);
  }

  private static CellRange range(CborReader from, SyncLimits limits) {
    from.array(4);
    int where = from.offset();
    int stream = from.unsigned(CellRange.MOST_STREAMS - 1);
    int first = from.unsigned(limits.cells() - 1);
    int stride = from.unsigned(limits.cells());
    int count = from.unsigned(limits.cells());
    if (stride < 1 || count < 1) {
      throw from.fault(where, "no cells: " + count + " by " + stride);
    }
    long end = first + (count - 1L) * stride + 1;
    if (end > Math.min(limits.cells(), CellRange.MOST_CELLS)) {
      throw from.fault(where, "a sketch of " + end + " cells, " + limits.cells() + " at most");
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
