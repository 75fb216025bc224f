package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;

/**
 * A header and its signature, by itself enough to show what a writer said: who keeps it can prove a
 * fork long after the operations are forgotten.
 *
 * @param header the header
 * @param signature Ed25519 over its id, {@value #SIGNATURE_SIZE} bytes; may be wrong
 */
public record SignedHeader(Header header, Octets signature) {
  /** Length of a signature in bytes. */
  public static final int SIGNATURE_SIZE = 64;

  /** Checks the length. */
  public SignedHeader {
    if (signature.size() != SIGNATURE_SIZE) {
      throw new IllegalArgumentException(
          "a signature has " + SIGNATURE_SIZE + " bytes, not " + signature.size());
    }
  }

  /** Whether the signature was made over this header with the key that belongs to {@code key}. */
  public boolean verifies(VerifyKey key) {
    return key.verifies(header.id(), signature);
  }

  /** Its octets. */
  public Octets encode() {
    return new CborWriter(2 * Header.EXPECTED_BYTES)
        .array(2)
        .item(header.encode())
        .bytes(signature)
        .end()
        .finish();
  }

  /** What these octets from outside say; nothing is verified. */
  public static Parsed<SignedHeader> decode(Octets octets) {
    try {
      CborReader from = new CborReader(octets);
      from.array(2);
      SignedHeader signed = read(from);
      from.expectEnd();
      return new Parsed.Good<>(signed);
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  /** Reads both items. */
  static SignedHeader read(CborReader from) {
    Header header = Header.read(from);
    return new SignedHeader(header, from.bytes(SIGNATURE_SIZE).compact());
  }
}
