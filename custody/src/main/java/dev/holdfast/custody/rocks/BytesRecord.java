package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;

/**
 * The first record of a bundle's bytes: both ends, and where the payload is. A payload of up to
 * {@value #WITH_ENDS} bytes stands in it, so that a small bundle is one record.
 *
 * @param ends bytes around the payload
 * @param place where the payload is
 * @param payloadLength length of the payload in bytes
 * @param file number of the payload file if it is in one
 * @param payload the payload if it is here
 */
record BytesRecord(
    BundleStore.Ends ends, Place place, long payloadLength, long file, Octets payload) {
  /** Longest payload, in bytes, that stands in the record itself. */
  static final int WITH_ENDS = 4096;

  /** Bytes of a longer inline payload that stand in one record; the last may have fewer. */
  static final int PIECE = 65_536;

  private static final int VERSION = 1;
  private static final int PIECES_MAX = 65_535;

  /** Where a payload is. */
  enum Place {
    HERE(0),
    IN_PIECES(1),
    IN_FILE(2);

    private static final Place[] BY_CODE = values();

    private final int code;

    Place(int code) {
      this.code = code;
    }
  }

  static BytesRecord of(Octets head, Payload payload, Octets trailer) {
    BundleStore.Ends ends = new BundleStore.Ends(head, trailer);
    return switch (payload) {
      case Payload.Spooled spooled ->
          new BytesRecord(ends, Place.IN_FILE, spooled.length(), spooled.spool(), Octets.EMPTY);
      case Payload.Inline inline when inline.length() <= WITH_ENDS ->
          new BytesRecord(ends, Place.HERE, inline.length(), 0, inline.bytes());
      case Payload.Inline inline ->
          new BytesRecord(ends, Place.IN_PIECES, inline.length(), 0, Octets.EMPTY);
    };
  }

  /** How many further records an inline payload of that length has. */
  static int pieces(long payloadLength) {
    if (payloadLength <= WITH_ENDS) {
      return 0;
    }
    long pieces = (payloadLength + PIECE - 1) / PIECE;
    if (pieces > PIECES_MAX) {
      throw new IllegalArgumentException("too long for a payload in a batch: " + payloadLength);
    }
    return (int) pieces;
  }

  RecordWriter encode(RecordWriter out) {
    out.u8(VERSION).u8(place.code).varint(payloadLength).varint(file);
    out.varint(ends.head().size()).varint(ends.trailer().size());
    return out.raw(ends.head()).raw(ends.trailer()).raw(payload);
  }

  static BytesRecord decode(HeldKey key, byte[] record) {
    RecordReader in = new RecordReader("the bytes of bundle " + key.sequence(), record);
    RecordCodec.requireVersion(in, VERSION);
    int code = in.u8();
    if (code >= Place.BY_CODE.length) {
      throw in.corrupt("has its payload in an unknown place " + code);
    }
    Place place = Place.BY_CODE[code];
    long payloadLength = in.varint();
    long file = in.varint();
    int head = in.varint31();
    int trailer = in.varint31();
    BundleStore.Ends ends = new BundleStore.Ends(in.octets(head), in.octets(trailer));
    Octets payload = in.octets(in.remaining());
    if (payload.size() != (place == Place.HERE ? payloadLength : 0)) {
      throw in.corrupt("holds another length of payload than it says");
    }
    return new BytesRecord(ends, place, payloadLength, file, payload);
  }
}
