package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link RecordWriter} built. Bytes that it cannot have built are a {@link
 * StoreException} of kind CORRUPT that tells the record and the position.
 */
final class RecordReader {
  private static final long MAX32 = 0xffff_ffffL;

  private final String what;
  private final byte[] bytes;
  private int at;

  RecordReader(String what, byte[] bytes) {
    this.what = what;
    this.bytes = bytes;
  }

  int u8() {
    if (at == bytes.length) {
      throw corrupt("ends early");
    }
    return bytes[at++] & 0xff;
  }

  int u16() {
    return u8() << 8 | u8();
  }

  long u32() {
    return (long) u16() << 16 | u16();
  }

  long u64() {
    return u32() << 32 | u32();
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw corrupt("has a number of more than ten bytes");
  }

  /** A number that is known to fit 31 bits. */
  int varint31() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw corrupt("has a number out of range");
    }
    return (int) value;
  }

  TrafficClass trafficClass() {
    int code = u8();
    return TrafficClass.of(code).orElseThrow(() -> corrupt("has an unknown class " + code));
  }

  QueueKey.Wait waitKind() {
    int code = u8();
    return QueueKey.Wait.of(code).orElseThrow(() -> corrupt("has an unknown queue " + code));
  }

  Octets octets(int size) {
    if (size > bytes.length - at) {
      throw corrupt("ends early");
    }
    at += size;
    return Octets.wrap(bytes, at - size, size);
  }

  String text() {
    Octets utf8 = octets(varint31());
    return new String(utf8.toByteArray(), StandardCharsets.UTF_8);
  }

  Eid eidKey() {
    int kind = u8();
    return kind == RecordWriter.EID_IPN ? new IpnEid(u32(), u32(), u64(), false) : otherEid(kind);
  }

  Eid eid() {
    int kind = u8();
    return switch (kind) {
      case RecordWriter.EID_IPN -> new IpnEid(varint32(), varint32(), varint(), false);
      case RecordWriter.EID_IPN_THREE_ELEMENTS ->
          new IpnEid(varint32(), varint32(), varint(), true);
      default -> otherEid(kind);
    };
  }

  private Eid otherEid(int kind) {
    return switch (kind) {
      case RecordWriter.EID_NULL -> Eid.NULL;
      case RecordWriter.EID_DTN -> new DtnEid(text(), text());
      case RecordWriter.EID_UNKNOWN -> new UnknownEid(u64(), octets(varint31()).compact());
      default -> throw corrupt("has an unknown kind of endpoint " + kind);
    };
  }

  private long varint32() {
    long value = varint();
    if (value < 0 || value > MAX32) {
      throw corrupt("has a number out of range");
    }
    return value;
  }

  int remaining() {
    return bytes.length - at;
  }

  void end() {
    if (at != bytes.length) {
      throw corrupt("goes on after its end");
    }
  }

  StoreException corrupt(String problem) {
    return new StoreException(
        StoreException.Kind.CORRUPT,
        what + " " + problem + " at byte " + at + "; run `holdfast store verify` on the directory");
  }
}
