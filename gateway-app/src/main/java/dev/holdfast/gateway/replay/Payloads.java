package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Payloads that say which they are and can be checked byte by byte: a mark, a number, and what
 * follows from the number.
 */
final class Payloads {
  /** Smallest payload that has room for its number. */
  static final int LEAST = 8;

  private static final long MARK = 0x4846L << 48;
  private static final long NUMBER = (1L << 48) - 1;
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private Payloads() {}

  /** The payload of that number. */
  static Octets of(long number, int size) {
    ByteBuffer bytes = ByteBuffer.allocate((size + 7) / 8 * 8);
    bytes.putLong(MARK | number);
    for (long word = 1; bytes.hasRemaining(); word++) {
      bytes.putLong(mixed(number + word * STEP));
    }
    return Octets.wrap(bytes.array(), 0, size);
  }

  private static long mixed(long value) {
    long mixed = (value ^ value >>> 31) * 0xbf58476d1ce4e5b9L;
    return mixed ^ mixed >>> 29;
  }

  /** The number of a payload, by its first bytes; empty if it is none of ours. */
  static OptionalLong number(Octets payload) {
    if (payload.size() < LEAST) {
      return OptionalLong.empty();
    }
    long first = payload.slice(0, LEAST).asByteBuffer().getLong();
    return (first & ~NUMBER) == MARK ? OptionalLong.of(first & NUMBER) : OptionalLong.empty();
  }
}
