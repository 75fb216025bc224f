package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.wire.Crc;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;

/**
 * The running checksum of a payload block (RFC 9171 §4.2.1), for payloads that pass by in pieces,
 * and the bytes that end the bundle after them.
 *
 * <p>Not for use by several threads.
 */
public final class PayloadCrc {
  private static final Octets BREAK = Octets.ofHex("ff");
  private static final int BYTE_STRING = 0x40;

  private final Optional<Crc> crc;
  private boolean finished;
  private Octets trailer = BREAK;

  private PayloadCrc(Optional<Crc> crc) {
    this.crc = crc;
  }

  /** A checksum that has taken in the payload block up to its data. */
  public static PayloadCrc of(PayloadHeader header) {
    Optional<Crc> crc = CrcTypes.start(header.crc());
    crc.ifPresent(c -> c.update(header.encoded()));
    return new PayloadCrc(crc);
  }

  /** Takes in the next bytes of the payload. */
  public PayloadCrc update(Octets payload) {
    if (finished) {
      throw new IllegalStateException("the payload has ended");
    }
    if (crc.isPresent()) {
      crc.get().update(payload);
    }
    return this;
  }

  /**
   * What follows the payload: the CRC field, if there is one, and the break that ends the bundle.
   * The payload has ended with that.
   */
  public Octets trailer() {
    if (!finished && crc.isPresent()) {
      Crc sum = crc.get();
      Octets fieldHead = Octets.wrap(new byte[] {(byte) (BYTE_STRING | sum.width())});
      Octets value = sum.update(fieldHead).updateValueAsZeros().octets();
      trailer = Octets.concat(List.of(fieldHead, value, BREAK));
    }
    finished = true;
    return trailer;
  }
}
