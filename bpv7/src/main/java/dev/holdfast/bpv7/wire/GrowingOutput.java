package dev.holdfast.bpv7.wire;

import java.io.OutputStream;
import java.util.Arrays;

/** An array that grows, as the stream that Jackson wants. */
final class GrowingOutput extends OutputStream {
  private byte[] bytes;
  private int size;

  GrowingOutput(int expectedSize) {
    bytes = new byte[expectedSize];
  }

  int size() {
    return size;
  }

  void dropLast() {
    size--;
  }

  void setBits(int index, int bits) {
    bytes[index] |= (byte) bits;
  }

  void insert(int index, byte[] more) {
    grow(more.length);
    System.arraycopy(bytes, index, bytes, index + more.length, size - index);
    System.arraycopy(more, 0, bytes, index, more.length);
    size += more.length;
  }

  void seal(int from, Crc crc) {
    long value = crc.update(bytes, from, size - from).value();
    for (int i = 1; i <= crc.width(); i++) {
      bytes[size - i] = (byte) value;
      value >>>= 8;
    }
  }

  Octets octets() {
    return Octets.wrap(bytes, 0, size);
  }

  @Override
  public void write(int b) {
    grow(1);
    bytes[size++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    grow(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  private void grow(int more) {
    int least = Math.addExact(size, more);
    if (least > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(least, (int) Math.min(bytes.length * 2L, 1 << 30)));
    }
  }
}
