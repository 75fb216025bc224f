package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds keys and records: big-endian numbers where order counts, short ones where it does not. */
final class RecordWriter {
  static final int EID_NULL = 0;
  static final int EID_IPN = 1;
  static final int EID_DTN = 2;
  static final int EID_UNKNOWN = 3;
  static final int EID_IPN_THREE_ELEMENTS = 4;

  private static final VarHandle SHORT = bigEndian(short[].class);
  private static final VarHandle INT = bigEndian(int[].class);
  private static final VarHandle LONG = bigEndian(long[].class);

  private byte[] bytes = new byte[64];
  private int size;

  private static VarHandle bigEndian(Class<?> numbers) {
    return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.BIG_ENDIAN);
  }

  RecordWriter u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  RecordWriter u16(int value) {
    room(Short.BYTES);
    SHORT.set(bytes, size, (short) value);
    size += Short.BYTES;
    return this;
  }

  RecordWriter u32(long value) {
    room(Integer.BYTES);
    INT.set(bytes, size, (int) value);
    size += Integer.BYTES;
    return this;
  }

  /** Eight bytes; unsigned numbers sort as their bytes do. */
  RecordWriter u64(long value) {
    room(Long.BYTES);
    LONG.set(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  /** An unsigned number in one to ten bytes. */
  RecordWriter varint(long value) {
    room(10);
    byte[] out = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    size = at;
    return this;
  }

  RecordWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  RecordWriter raw(Octets value) {
    room(value.size());
    value.copyTo(bytes, size);
    size += value.size();
    return this;
  }

  RecordWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).raw(utf8);
  }

  /**
   * An endpoint for a key: equal endpoints give equal bytes whatever form they came in, and no
   * endpoint's bytes begin with another's.
   */
  RecordWriter eidKey(Eid eid) {
    return switch (eid) {
      case NullEid _ -> u8(EID_NULL);
      case IpnEid ipn -> u8(EID_IPN).u32(ipn.allocator()).u32(ipn.node()).u64(ipn.service());
      case DtnEid dtn -> u8(EID_DTN).text(dtn.nodeName()).text(dtn.demux());
      case UnknownEid unknown ->
          u8(EID_UNKNOWN)
              .u64(unknown.scheme())
              .varint(unknown.specificPart().size())
              .raw(unknown.specificPart());
    };
  }

  /** An endpoint for a record: short, and with the form it came in. */
  RecordWriter eid(Eid eid) {
    return switch (eid) {
      case IpnEid ipn ->
          u8(ipn.threeElements() ? EID_IPN_THREE_ELEMENTS : EID_IPN)
              .varint(ipn.allocator())
              .varint(ipn.node())
              .varint(ipn.service());
      case NullEid _, DtnEid _, UnknownEid _ -> eidKey(eid);
    };
  }

  /** Begins anew. */
  RecordWriter clear() {
    size = 0;
    return this;
  }

  int size() {
    return size;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, size);
  }

  /** As {@link Arrays#compareUnsigned(byte[], byte[])} does. */
  int compareTo(byte[] other) {
    return Arrays.compareUnsigned(bytes, 0, size, other, 0, other.length);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
