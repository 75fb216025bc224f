package dev.holdfast.bpv7.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * An immutable run of bytes with value equality and slices that share the bytes below them.
 *
 * <p>Stands wherever a record would otherwise hold an array. Ordered as unsigned bytes. Any thread.
 */
public final class Octets implements Comparable<Octets> {
  /** No bytes at all. */
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int offset;
  private final int size;

  private Octets(byte[] bytes, int offset, int size) {
    this.bytes = bytes;
    this.offset = offset;
    this.size = size;
  }

  /** A copy of {@code bytes}. */
  public static Octets copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes.clone(), 0, bytes.length);
  }

  /** A copy of what remains in {@code buffer}, whose position does not move. */
  public static Octets copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return wrap(copy);
  }

  /** The array itself, not copied: the caller hands it over and never writes to it again. */
  public static Octets wrap(byte[] bytes) {
    return wrap(bytes, 0, bytes.length);
  }

  /** A part of an array, not copied: the caller hands it over and never writes to it again. */
  public static Octets wrap(byte[] bytes, int offset, int size) {
    Objects.checkFromIndexSize(offset, size, bytes.length);
    return size == 0 ? EMPTY : new Octets(bytes, offset, size);
  }

  /** The bytes that {@code hex} spells, two digits each, no separators. */
  public static Octets ofHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  /** All parts, one after the other, in one fresh array. */
  public static Octets concat(List<Octets> parts) {
    int total = 0;
    for (Octets part : parts) {
      total = Math.addExact(total, part.size);
    }
    byte[] all = new byte[total];
    int at = 0;
    for (Octets part : parts) {
      part.copyTo(all, at);
      at += part.size;
    }
    return wrap(all);
  }

  /** How many bytes. */
  public int size() {
    return size;
  }

  /** Whether there is no byte. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The byte at {@code index}. */
  public byte get(int index) {
    return bytes[offset + Objects.checkIndex(index, size)];
  }

  /** The byte at {@code index} as 0..255. */
  public int unsigned(int index) {
    return get(index) & 0xff;
  }

  /** Bytes {@code from} (inclusive) to {@code to} (exclusive), sharing these. */
  public Octets slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return from == 0 && to == size ? this : wrap(bytes, offset + from, to - from);
  }

  /** Bytes from {@code from} to the end, sharing these. */
  public Octets from(int from) {
    return slice(from, size);
  }

  /** Copies all bytes into {@code target}, starting at {@code at}. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, offset, target, at, size);
  }

  /** A fresh array with these bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(bytes, offset, offset + size);
  }

  /**
   * These bytes in an array of exactly their size, copied only if this is a slice of a larger one.
   */
  public Octets compact() {
    return bytes.length == size ? this : wrap(toByteArray());
  }

  /** A read-only view for channels; position 0, limit {@link #size()}. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes, offset, size).slice().asReadOnlyBuffer();
  }

  /** The array below, for readers of this package, which never write to it. */
  byte[] array() {
    return bytes;
  }

  /** Where in {@link #array()} the first byte stands. */
  int arrayOffset() {
    return offset;
  }

  /**
   * Feeds these bytes to {@code sink} without copying them; the sink must not write to or keep the
   * array.
   */
  public <R> R read(ArrayReader<R> sink) {
    return sink.read(bytes, offset, size);
  }

  /** Something that reads a range of an array it does not own. */
  @FunctionalInterface
  public interface ArrayReader<R> {
    /** Reads {@code length} bytes at {@code offset}. */
    R read(byte[] array, int offset, int length);
  }

  /** Lower-case hexadecimal digits, two a byte. */
  public String hex() {
    return HexFormat.of().formatHex(bytes, offset, offset + size);
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(
        bytes, offset, offset + size, other.bytes, other.offset, other.offset + other.size);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Octets that
            && Arrays.equals(
                bytes, offset, offset + size, that.bytes, that.offset, that.offset + that.size));
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + size; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  /** Hex of the first 32 bytes and the size, for messages. */
  @Override
  public String toString() {
    return size <= 32 ? hex() : slice(0, 32).hex() + "… (" + size + " bytes)";
  }
}
