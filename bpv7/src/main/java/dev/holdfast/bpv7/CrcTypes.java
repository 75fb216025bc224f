package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Crc;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/** The CRC type and CRC fields of blocks as bytes (RFC 9171 §4.2.1). */
final class CrcTypes {
  static final String SECTION = "RFC 9171 §4.2.1";

  private CrcTypes() {}

  static CrcType read(CborReader reader) {
    int where = reader.in(SECTION).offset();
    long code = reader.unsigned();
    if (code == 0) {
      return CrcType.NONE;
    }
    if (code == 1) {
      return CrcType.CRC16;
    }
    if (code == 2) {
      return CrcType.CRC32C;
    }
    throw reader.fault(where, "CRC type " + Long.toUnsignedString(code) + " is none of 0, 1, 2");
  }

  /** A fresh checksum of that type; empty for none. */
  static Optional<Crc> start(CrcType type) {
    return switch (type) {
      case NONE -> Optional.empty();
      case CRC16 -> Optional.of(Crc.x25());
      case CRC32C -> Optional.of(Crc.castagnoli());
    };
  }

  /** Reads the CRC field, if there is to be one, of the block that begins at {@code begin}. */
  static void check(CborReader reader, int begin, CrcType type, String block) {
    if (type == CrcType.NONE) {
      return;
    }
    int where = reader.in(SECTION).offset();
    Octets found = reader.bytes(type.width());
    Crc crc = type == CrcType.CRC16 ? Crc.x25() : Crc.castagnoli();
    crc.update(reader.slice(begin, reader.offset() - type.width())).updateValueAsZeros();
    if (crc.value() != value(found)) { // RFC 9171 §4.2.1
      throw reader.fault(where, mismatch(block, found, crc.octets()));
    }
  }

  static String mismatch(String block, Octets found, Octets computed) {
    return "the CRC of " + block + " is " + found.hex() + ", computed " + computed.hex();
  }

  static void write(CborWriter writer, int from, CrcType type) {
    switch (type) {
      case NONE -> {}
      case CRC16 -> writer.crc(from, Crc.x25());
      case CRC32C -> writer.crc(from, Crc.castagnoli());
    }
  }

  private static long value(Octets octets) {
    long value = 0;
    for (int i = 0; i < octets.size(); i++) {
      value = value << 8 | octets.unsigned(i);
    }
    return value;
  }
}
