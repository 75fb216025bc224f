package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundles;

/** Bundles whose bytes are bundles, so that a verification finds nothing wrong with them. */
final class RealBundles {
  private RealBundles() {}

  static HeldBundles of(long key, int payloadSize) {
    Bundle bundle =
        BundleBuilder.to(IpnEid.of(2, 7))
            .from(IpnEid.of(1, 42))
            .created(new CreationTimestamp(new DtnTime(800_000_000_000L + key / 10), key % 10))
            .lifetime(3_600_000)
            .primaryCrc(CrcType.CRC32C)
            .payloadCrc(CrcType.CRC32C)
            .build(HeldBundles.randomBytes(payloadSize, key));
    return HeldBundles.of(key)
        .id(bundle.id())
        .bytes(bundle.head().encoded(), bundle.payload(), bundle.trailer());
  }

  static HeldBundles spooled(BundleStore store, long key, int payloadSize) {
    Octets payload = HeldBundles.randomBytes(payloadSize, key);
    BundleStore.SpoolWriter writer = store.spool();
    for (int at = 0; at < payloadSize; at += 50_000) {
      writer.write(payload.slice(at, Math.min(payloadSize, at + 50_000)));
    }
    return of(key, payloadSize).spooled(writer.finish());
  }
}
