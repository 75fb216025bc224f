package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import java.io.ByteArrayOutputStream;

/**
 * Numbers from 0 to 2^63 - 1 one after the other, seven bits a byte, the lowest first, all bytes
 * but the last with the high bit set (LEB128). A byte for up to 127 and two up to 16,383, where
 * CBOR has two from 24 and three from 256 on: a clock's step and a replaced dot are mostly between.
 */
public final class Numbers {
  private static final int MOST_BITS = 63;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** No numbers yet. */
  public Numbers() {}

  /** Adds a number, 0 or more. */
  public void put(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("no such number here: " + number);
    }
    long rest = number;
    while (rest > 0x7f) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Adds bytes as they are. */
  public void put(Octets bytes) {
    out.write(bytes.toByteArray(), 0, bytes.size());
  }

  /** All that was added. */
  public Octets octets() {
    return Octets.wrap(out.toByteArray());
  }

  /** The next number, which must be in its shortest form. */
  public static long read(CborReader from) {
    int where = from.offset();
    long number = 0;
    for (int shift = 0; shift < MOST_BITS; shift += 7) {
      int next = from.takeByte();
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          throw from.fault(where, "the number is longer than its value needs");
        }
        return number;
      }
    }
    throw from.fault(where, "the number has more than 63 bits");
  }

  /** The next number, {@code most} at most. */
  public static int read(CborReader from, int most, String what) {
    return (int) read(from, (long) most, what);
  }

  /** The next number, {@code most} at most. */
  public static long read(CborReader from, long most, String what) {
    int where = from.offset();
    long number = read(from);
    if (number > most) {
      throw from.fault(where, what + " is " + number + ", " + most + " at most");
    }
    return number;
  }
}
