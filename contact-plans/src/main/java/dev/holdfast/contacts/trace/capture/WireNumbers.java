package dev.holdfast.contacts.trace.capture;

/** Numbers at places of a byte array, in the byte order of its file. */
final class WireNumbers {
  private final byte[] bytes;
  private final boolean bigEndian;

  WireNumbers(byte[] bytes, boolean bigEndian) {
    this.bytes = bytes;
    this.bigEndian = bigEndian;
  }

  int size() {
    return bytes.length;
  }

  /** The array itself, for whoever knows that nobody writes to it any more. */
  byte[] bytes() {
    return bytes;
  }

  int u8(int at) {
    return bytes[at] & 0xff;
  }

  int u16(int at) {
    return bigEndian ? u8(at) << 8 | u8(at + 1) : u8(at + 1) << 8 | u8(at);
  }

  int i32(int at) {
    return bigEndian ? u16(at) << 16 | u16(at + 2) : u16(at + 2) << 16 | u16(at);
  }

  long u32(int at) {
    return i32(at) & 0xffff_ffffL;
  }

  long i64(int at) {
    return bigEndian ? u32(at) << 32 | u32(at + 4) : u32(at + 4) << 32 | u32(at);
  }
}
