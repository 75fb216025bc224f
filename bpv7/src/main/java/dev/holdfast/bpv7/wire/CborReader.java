package dev.holdfast.bpv7.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over one input in deterministic CBOR (RFC 8949 §4.2.1): every head in its shortest form,
 * every length definite, map keys in order.
 *
 * <p>This is the strict-form check and the hot half of reading at once: it looks at each head once,
 * copies no byte string, and knows the offset of everything. Jackson's parser can tell neither the
 * form of a head nor, without copying, where a byte string lies (see {@code
 * bpv7/docs/0001-cbor-through-jackson.md}).
 *
 * <p>Every read throws {@link WireException} if the input is not what the call asks for; the cursor
 * then stands somewhere within the item. Not for use by several threads.
 */
public final class CborReader {
  /** How strictly the width of heads is checked. */
  public enum Form {
    /** Only the shortest. */
    SHORTEST,
    /** Also one that is wider than needed; for peers that are known to send it. */
    ANY_WIDTH
  }

  static final String SHORTEST_SECTION = "RFC 8949 §4.2.1";
  static final String WELL_FORMED_SECTION = "RFC 8949 §3";

  private final byte[] bytes;
  private final int zero;
  private int end;
  private final Form form;
  private int at;
  private String section = WELL_FORMED_SECTION;

  /** A cursor at the start of {@code input} that takes shortest forms only. */
  public CborReader(Octets input) {
    this(input, Form.SHORTEST);
  }

  /** A cursor at the start of {@code input}. */
  public CborReader(Octets input, Form form) {
    this(input, 0, form);
  }

  /**
   * A cursor at the start of a part of a larger input.
   *
   * @param part the part
   * @param origin the part's offset in the whole, from which all offsets count
   * @param form how wide heads may be
   */
  public CborReader(Octets part, int origin, Form form) {
    this(part.array(), part.arrayOffset() - origin, part.arrayOffset() + part.size(), form);
    at = zero + origin;
  }

  private CborReader(byte[] bytes, int zero, int end, Form form) {
    this.bytes = bytes;
    this.zero = zero;
    this.end = end;
    this.form = form;
    this.at = zero;
  }

  /** Names the rules that the following reads serve, for the messages of faults. */
  public CborReader in(String rfcSection) {
    this.section = rfcSection;
    return this;
  }

  /** Where the cursor stands, in bytes from the start of the input. */
  public int offset() {
    return at - zero;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return at == end;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - at;
  }

  /** A fault at {@code offset} under the section last named. */
  public WireException fault(int offset, String reason) {
    return new WireException(offset, section, reason);
  }

  /** Refuses bytes after the last item. */
  public void expectEnd() {
    if (at != end) {
      throw fault(offset(), remaining() + " bytes follow the last item");
    }
  }

  /** Bytes {@code from} to {@code to} of the input, shared. */
  public Octets slice(int from, int to) {
    return Octets.wrap(bytes, zero + from, to - from);
  }

  /** What the next item is; the cursor stays. */
  public CborKind peek() {
    require(1);
    return CborKind.of(bytes[at]);
  }

  /** The first byte of the next item, 0..255; the cursor stays. */
  public int peekByte() {
    require(1);
    return bytes[at] & 0xff;
  }

  /** Takes one byte that stands outside of any item: an indefinite head or a break. */
  public int takeByte() {
    require(1);
    return bytes[at++] & 0xff;
  }

  /** An unsigned integer; read the result as unsigned. */
  public long unsigned() {
    return head(CborKind.UNSIGNED);
  }

  /** An unsigned integer of at most {@code max}, which is not negative. */
  public int unsigned(int max) {
    int where = offset();
    long value = head(CborKind.UNSIGNED);
    if (value < 0 || value > max) {
      throw fault(where, Long.toUnsignedString(value) + " is more than " + max);
    }
    return (int) value;
  }

  /** The head of a negative integer: -1 minus the integer, as unsigned. */
  long negative() {
    return head(CborKind.NEGATIVE);
  }

  /** An integer of either sign that fits a long. */
  public long integer() {
    int where = offset();
    boolean negative = peek() == CborKind.NEGATIVE;
    long value = head(negative ? CborKind.NEGATIVE : CborKind.UNSIGNED);
    if (value < 0) {
      throw fault(where, "the integer does not fit 64 bits with a sign");
    }
    return negative ? -1 - value : value;
  }

  /** The head of an array: how many items follow, each of them at least a byte of the input. */
  public int array() {
    return count(CborKind.ARRAY, 1);
  }

  /** The head of an array of exactly {@code items} items. */
  public void array(int items) {
    int where = offset();
    long found = head(CborKind.ARRAY);
    if (found != items) {
      throw fault(
          where, "an array of " + items + " items is due, not of " + Long.toUnsignedString(found));
    }
  }

  /** The head of an array whose items need not be in this input: how many, unsigned. */
  public long arrayHead() {
    return head(CborKind.ARRAY);
  }

  /** The head of a map: how many pairs follow. */
  public int map() {
    return count(CborKind.MAP, 2);
  }

  /** The head of a tag: its number, unsigned; the tagged item follows. */
  public long tag() {
    return head(CborKind.TAG);
  }

  private int count(CborKind kind, int bytesEach) {
    int where = offset();
    long count = head(kind);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw fault(where, "the count " + Long.toUnsignedString(count) + " is beyond all reason");
    }
    if (count * bytesEach > remaining()) {
      throw WireException.truncated(where, section, offset() + count * bytesEach);
    }
    return (int) count;
  }

  /** The head of a byte string whose content need not be in this input: its length, unsigned. */
  public long bytesHead() {
    return head(CborKind.BYTES);
  }

  /** A byte string, shared with the input. */
  public Octets bytes() {
    int from = content(CborKind.BYTES);
    return slice(from, offset());
  }

  /** A byte string of exactly {@code size} bytes. */
  public Octets bytes(int size) {
    int where = offset();
    long found = head(CborKind.BYTES);
    if (found != size) {
      throw fault(
          where,
          "a byte string of " + size + " bytes is due, not of " + Long.toUnsignedString(found));
    }
    require(size);
    at += size;
    return slice(offset() - size, offset());
  }

  /**
   * A byte string that is CBOR itself: a cursor over its content only, with the offsets of this
   * input.
   */
  public CborReader embedded() {
    int from = content(CborKind.BYTES);
    CborReader inner = new CborReader(bytes, zero, at, form);
    inner.at = zero + from;
    inner.section = section;
    return inner;
  }

  /** A text string of at most {@code maxBytes} bytes in UTF-8, which must be valid. */
  public String text(int maxBytes) {
    int where = offset();
    long length = head(CborKind.TEXT);
    if (length < 0 || length > maxBytes) {
      throw fault(
          where, "a text of " + Long.toUnsignedString(length) + " bytes is more than " + maxBytes);
    }
    require(length);
    int from = at;
    at += (int) length;
    for (int i = from; i < at; i++) {
      if (bytes[i] < 0) {
        return decode(where, from);
      }
    }
    return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
  }

  private String decode(int where, int from) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, at - from))
          .toString();
    } catch (CharacterCodingException _) {
      throw new WireException(where, "RFC 8949 §3.1", "the text is no valid UTF-8");
    }
  }

  /** A boolean. */
  public boolean bool() {
    int where = offset();
    int first = takeByte();
    if (first != 0xf4 && first != 0xf5) {
      throw fault(where, "a boolean is due, not " + CborKind.of(first));
    }
    return first == 0xf5;
  }

  /** Takes a null if one is next, and says whether. */
  public boolean nextIsNull() {
    if (peekByte() != 0xf6) {
      return false;
    }
    at++;
    return true;
  }

  /** A floating-point number, in the shortest of the three forms that keeps its value. */
  public double number() {
    int where = offset();
    int first = takeByte();
    int width = 1 << (first - 0xf8);
    if (first < 0xf9 || first > 0xfb) {
      throw fault(where, "a floating-point number is due, not " + CborKind.of(first));
    }
    long bits = fixed(width);
    double value = FloatForm.value(bits, width);
    if (form == Form.SHORTEST && !FloatForm.isShortest(value, bits, width)) {
      throw new WireException(
          where, SHORTEST_SECTION, "the floating-point number is not in its shortest form");
    }
    return value;
  }

  /**
   * Any one item, checked and shared with the input.
   *
   * @param maxDepth how deep arrays, maps and tags may nest; 0 for an item that contains no other
   */
  public Octets item(int maxDepth) {
    int from = offset();
    ItemScan.skip(this, maxDepth);
    return slice(from, offset());
  }

  /** Any one item of at most {@code maxBytes} bytes, as {@link #item(int)}. */
  public Octets item(int maxDepth, int maxBytes) {
    int wholeEnd = end;
    int from = offset();
    if (maxBytes < remaining()) {
      end = at + maxBytes;
    }
    try {
      return item(maxDepth);
    } catch (WireException fault) {
      if (fault.isTruncated() && fault.needed() > from + (long) maxBytes) {
        throw fault(from, "the item has more than " + maxBytes + " bytes");
      }
      throw fault;
    } finally {
      end = wholeEnd;
    }
  }

  private int content(CborKind kind) {
    int where = offset();
    long length = head(kind);
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw fault(where, "the length " + Long.toUnsignedString(length) + " is beyond all reason");
    }
    require(length);
    int from = offset();
    at += (int) length;
    return from;
  }

  private void require(long count) {
    if (count > end - at) {
      throw WireException.truncated(offset(), section, offset() + count);
    }
  }

  private long head(CborKind kind) {
    require(1);
    int first = bytes[at] & 0xff;
    if (first >>> 5 != kind.major()) {
      throw fault(offset(), kind + " is due, not " + CborKind.of(first));
    }
    int info = first & 0x1f;
    if (info < 24) {
      at++;
      return info;
    }
    return wideHead(info);
  }

  private long wideHead(int info) {
    int where = offset();
    if (info > 27) {
      throw info == 31
          ? fault(where, "an item of indefinite length stands where a definite one is due")
          : new WireException(where, WELL_FORMED_SECTION, "not a well-formed head");
    }
    int width = 1 << (info - 24);
    if (width >= end - at) {
      throw WireException.truncated(where, section, where + 1 + width);
    }
    at++;
    long value = fixed(width);
    boolean shortest =
        switch (width) {
          case 1 -> value >= 24;
          case 2 -> value >= 1 << 8;
          case 4 -> value >= 1 << 16;
          default -> value >>> 32 != 0;
        };
    if (!shortest && form == Form.SHORTEST) {
      throw new WireException(where, SHORTEST_SECTION, "the head is wider than its value needs");
    }
    return value;
  }

  private long fixed(int width) {
    require(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }
}
