package dev.holdfast.it.crash;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;

/** Bundles and payloads that can be told apart by a number. */
final class Cargo {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

  private Cargo() {}

  /** A bundle from ipn:1.5 to ipn:2.5, as it goes over the wire. */
  static Octets bundle(DtnTime now, long number, int payloadBytes) {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(2, 5))
            .from(IpnEid.of(1, 5))
            .created(new CreationTimestamp(now, number))
            .lifetime(HOUR_MILLIS)
            .build(Octets.wrap(payload(number, payloadBytes)));
    byte[] head = bundle.head().encoded().toByteArray();
    byte[] trailer = bundle.trailer().toByteArray();
    return Octets.wrap(
        ByteBuffer.allocate(head.length + payloadBytes + trailer.length)
            .put(head)
            .put(bundle.payload().toByteArray())
            .put(trailer)
            .array());
  }

  /** A payload of at least 16 bytes that repeats the marks of its number. */
  static byte[] payload(long number, int bytes) {
    ByteBuffer all = ByteBuffer.allocate(bytes + Long.BYTES);
    all.putLong(number);
    while (all.position() < bytes) {
      all.putLong(mark(number));
    }
    byte[] payload = new byte[bytes];
    all.get(0, payload);
    return payload;
  }

  /** Eight bytes that no payload of another number holds. */
  static long mark(long number) {
    long mixed = (number + 1) * STEP;
    return mixed ^ mixed >>> 29;
  }
}
