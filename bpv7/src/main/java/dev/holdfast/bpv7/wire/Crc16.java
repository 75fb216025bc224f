package dev.holdfast.bpv7.wire;

/**
 * CRC-16/X-25: polynomial 0x1021 reflected, all ones before and after.
 *
 * <p>Eight bytes a step by eight tables, where table {@code k} holds what a byte does to the
 * remainder once {@code k} more bytes have passed.
 */
final class Crc16 implements Crc {
  private static final int REFLECTED_POLYNOMIAL = 0x8408;
  private static final int STEP = 8;
  private static final char[] TABLES = tables();

  private int remainder = 0xffff;

  private static char[] tables() {
    char[] tables = new char[STEP * 256];
    for (int b = 0; b < 256; b++) {
      int r = b;
      for (int bit = 0; bit < 8; bit++) {
        r = (r & 1) == 0 ? r >>> 1 : r >>> 1 ^ REFLECTED_POLYNOMIAL;
      }
      tables[b] = (char) r;
    }
    for (int i = 256; i < tables.length; i++) {
      int r = tables[i - 256];
      tables[i] = (char) (r >>> 8 ^ tables[r & 0xff]);
    }
    return tables;
  }

  @Override
  public Crc update(byte[] array, int offset, int length) {
    char[] t = TABLES;
    int r = remainder;
    int at = offset;
    int end = offset + length;
    for (; end - at >= STEP; at += STEP) {
      int low = (array[at] ^ r) & 0xff;
      int high = (array[at + 1] ^ r >>> 8) & 0xff;
      r =
          t[7 * 256 + low]
              ^ t[6 * 256 + high]
              ^ t[5 * 256 + (array[at + 2] & 0xff)]
              ^ t[4 * 256 + (array[at + 3] & 0xff)]
              ^ t[3 * 256 + (array[at + 4] & 0xff)]
              ^ t[2 * 256 + (array[at + 5] & 0xff)]
              ^ t[256 + (array[at + 6] & 0xff)]
              ^ t[array[at + 7] & 0xff];
    }
    for (; at < end; at++) {
      r = r >>> 8 ^ t[(r ^ array[at]) & 0xff];
    }
    remainder = r;
    return this;
  }

  @Override
  public long value() {
    return ~remainder & 0xffff;
  }

  @Override
  public int width() {
    return 2;
  }
}
