package dev.holdfast.bpv7.wire;

/**
 * A running checksum over a block (RFC 9171 §4.2.1).
 *
 * <p>It runs over the whole block with the bytes of the CRC value itself taken as zero; the head of
 * the byte string that carries them stays as it is (erratum 8043). Not for use by several threads.
 */
public sealed interface Crc permits Crc16, Crc32c {
  /** The X-25 CRC-16, two bytes wide. */
  static Crc x25() {
    return new Crc16();
  }

  /** The Castagnoli CRC-32C, four bytes wide. */
  static Crc castagnoli() {
    return new Crc32c();
  }

  /** Takes in {@code length} bytes of {@code array} from {@code offset}. */
  Crc update(byte[] array, int offset, int length);

  /** The checksum of all that was taken in, as an unsigned number. */
  long value();

  /** How many bytes the value has on the wire. */
  int width();

  /** Takes in all of {@code octets}. */
  default Crc update(Octets octets) {
    return update(octets.array(), octets.arrayOffset(), octets.size());
  }

  /** Takes in as many zeros as the value is wide, in place of the value itself. */
  default Crc updateValueAsZeros() {
    return update(new byte[4], 0, width());
  }

  /** The value as it stands on the wire, most significant byte first. */
  default Octets octets() {
    byte[] bytes = new byte[width()];
    long value = value();
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = (byte) value;
      value >>>= 8;
    }
    return Octets.wrap(bytes);
  }
}
