package dev.holdfast.gateway.demo;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A payload that is made while it is read: so many bytes from a seed, and their SHA-256. Memory
 * does not grow with its size. One thread.
 */
final class SeededPayload extends InputStream {
  private static final int BLOCK_BYTES = 8 << 10;

  private final SplitMix bytes;
  private final MessageDigest digest = Sha256.start();
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).flip();
  private long left;

  /** A payload of {@code size} bytes, zero or more. */
  SeededPayload(long size, long seed) {
    this.left = size;
    this.bytes = new SplitMix(seed);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (left == 0) {
      return -1;
    }
    int wanted = (int) Math.min(length, left);
    int done = 0;
    while (done < wanted) {
      if (!block.hasRemaining()) {
        refill();
      }
      int part = Math.min(wanted - done, block.remaining());
      block.get(target, offset + done, part);
      done += part;
    }
    digest.update(target, offset, wanted);
    left -= wanted;
    return wanted;
  }

  private void refill() {
    block.clear();
    while (block.hasRemaining()) {
      block.putLong(bytes.nextLong());
    }
    block.flip();
  }

  /** The SHA-256 of all bytes, lower-case hexadecimal; once, after the last byte was read. */
  String sha256() {
    if (left != 0) {
      throw new IllegalStateException(left + " bytes of the payload were not read");
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
