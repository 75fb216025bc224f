package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;

/** Checks what follows a payload: the CRC field, if there is one, and the break. */
final class PayloadEnd {
  private static final int BREAK = 0xff;

  private PayloadEnd() {}

  /** How many bytes follow the payload. */
  static int length(BundleHead.PayloadHeader payload, boolean endsWithBreak) {
    return payload.trailerLength() - (endsWithBreak ? 0 : 1);
  }

  /**
   * @param found as many bytes as {@link #length} says
   * @param expected the trailer by our own computation
   * @param offset where {@code found} stands in the bundle
   */
  static void check(Octets found, Octets expected, long offset) {
    int crcLength = expected.size() - 1;
    if (crcLength > 0) {
      if (found.get(0) != expected.get(0)) { // RFC 9171 §4.2.1
        throw new WireException(
            offset,
            CrcTypes.SECTION,
            "a byte string of " + (crcLength - 1) + " bytes is due as the payload block's CRC");
      }
      Octets foundCrc = found.slice(1, crcLength);
      Octets expectedCrc = expected.slice(1, crcLength);
      if (!foundCrc.equals(expectedCrc)) { // RFC 9171 §4.2.1
        throw new WireException(
            offset,
            CrcTypes.SECTION,
            CrcTypes.mismatch("the payload block", foundCrc, expectedCrc));
      }
    }
    if (found.size() > crcLength && found.unsigned(crcLength) != BREAK) { // RFC 9171 §4.1
      throw new WireException(
          offset + crcLength,
          "RFC 9171 §4.1",
          "the bundle does not end with a break after the payload block");
    }
  }
}
