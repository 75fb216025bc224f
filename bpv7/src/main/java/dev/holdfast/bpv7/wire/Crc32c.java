package dev.holdfast.bpv7.wire;

import java.util.zip.CRC32C;

/** CRC-32C by the JDK, which uses the processor's instruction. */
final class Crc32c implements Crc {
  private final CRC32C crc = new CRC32C();

  @Override
  public Crc update(byte[] array, int offset, int length) {
    crc.update(array, offset, length);
    return this;
  }

  @Override
  public long value() {
    return crc.getValue();
  }

  @Override
  public int width() {
    return 4;
  }
}
