package dev.holdfast.bpv7;

/** The checksum of a block (RFC 9171 §4.2.1). */
public enum CrcType {
  /** No CRC. */
  NONE(0, 0),
  /** X-25 CRC-16, two bytes. */
  CRC16(1, 2),
  /** Castagnoli CRC-32C, four bytes. */
  CRC32C(2, 4);

  private final int code;
  private final int width;

  CrcType(int code, int width) {
    this.code = code;
    this.width = width;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** Length of the CRC value in bytes; zero for {@link #NONE}. */
  public int width() {
    return width;
  }
}
