package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes bundles, no two of one identity. One thread at a time. */
final class Bundles {
  private static final long LIFETIME_MILLIS = 86_400_000;
  private static final int BLOCK = 1 << 20;
  private static final int HEAD_ROOM = 96;

  private final GatewayClock clock;
  private final Eid source;
  private final Eid destination;
  private final boolean bestEffort;
  private long sequence;

  /**
   * Bundles of one source and destination.
   *
   * @param bestEffort whether losing them in a crash would be acceptable
   */
  Bundles(GatewayClock clock, Eid source, Eid destination, boolean bestEffort) {
    this.clock = clock;
    this.source = source;
    this.destination = destination;
    this.bestEffort = bestEffort;
  }

  /** Bytes that do not repeat within any bundle of this suite that is in memory. */
  static Octets noise(int size) {
    byte[] bytes = new byte[size];
    long state = 0x9e3779b97f4a7c15L ^ size;
    for (int i = 0; i < size; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      bytes[i] = (byte) state;
    }
    return Octets.wrap(bytes);
  }

  /**
   * So many bundles with that payload, made now, so that handing them out costs the sender next to
   * nothing. Only their heads take memory of their own.
   */
  Supplier<Cargo> ahead(int count, Octets payload) {
    var heads = new ByteArrayOutputStream(count * HEAD_ROOM);
    int[] ends = new int[count];
    Octets trailer = Octets.EMPTY;
    for (int i = 0; i < count; i++) {
      Bundle bundle = builder().build(payload);
      heads.writeBytes(bundle.head().encoded().toByteArray());
      ends[i] = heads.size();
      trailer = bundle.trailer(); // of the payload alone, and so the same for all
    }
    byte[] all = heads.toByteArray();
    Octets end = trailer;
    var next = new AtomicInteger();
    return () -> {
      int i = next.getAndIncrement();
      int from = i == 0 ? 0 : ends[i - 1];
      return new Cargo.Whole(List.of(Octets.wrap(all, from, ends[i] - from), payload, end));
    };
  }

  /** A bundle with that payload. */
  Cargo with(Octets payload) {
    Bundle bundle = builder().build(payload);
    return new Cargo.Whole(List.of(bundle.head().encoded(), bundle.payload(), bundle.trailer()));
  }

  /** A bundle with a payload of that length, which is not in memory. */
  Cargo.Repeated ofLength(long payloadLength) {
    Octets block = noise((int) Math.min(BLOCK, payloadLength));
    BundleHead head = builder().head(payloadLength);
    PayloadCrc crc = PayloadCrc.of(head.payload());
    long left = payloadLength;
    while (left > 0) {
      int size = (int) Math.min(block.size(), left);
      crc = crc.update(block.slice(0, size));
      left -= size;
    }
    return new Cargo.Repeated(head.encoded(), block, payloadLength, crc.trailer());
  }

  private BundleBuilder builder() {
    return BundleBuilder.to(destination)
        .from(source)
        .reportTo(NodeId.ipn(BenchGateway.LOAD_NODE).eid())
        .created(new CreationTimestamp(clock.now().wall(), sequence++))
        .lifetime(LIFETIME_MILLIS)
        .hopLimit(64)
        .traffic(CanonicalBlock.Traffic.DEFAULT_TYPE, TrafficClass.NORMAL, 0, false, bestEffort);
  }
}
