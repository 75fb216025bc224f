package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.Request;
import java.util.List;
import java.util.Optional;

/** Writes the blocks of bundles that are made here. */
final class NewBundles {
  private final long trafficType;

  /** Bundles whose traffic class block has that type code. */
  NewBundles(long trafficType) {
    this.trafficType = trafficType;
  }

  /**
   * An application data unit.
   *
   * @param payload its bytes
   * @param flags flags of the payload block
   * @param crc checksum type of the payload block
   * @param trailer what ends the bundle, computed already with those; needed if the payload is
   *     spooled
   */
  record Adu(Payload payload, BlockFlags flags, CrcType crc, Optional<Octets> trailer) {
    /** A unit in a payload block without flags, with CRC-32C. */
    static Adu of(Payload payload, Optional<Octets> trailer) {
      return new Adu(payload, BlockFlags.NONE, CrcType.CRC32C, trailer);
    }
  }

  /**
   * A further extension block.
   *
   * @param type block type code
   * @param data block-type-specific data
   */
  record Block(long type, Octets data) {}

  Fresh make(Transmission.Draft draft, CreationTimestamp created, Adu adu, List<Block> further) {
    Request.Service service = draft.service();
    BundleBuilder builder =
        BundleBuilder.to(draft.to())
            .from(draft.from())
            .reportTo(draft.reportTo())
            .created(created)
            .lifetime(draft.lifetimeMillis())
            .flags(draft.flags())
            .payloadFlags(adu.flags())
            .payloadCrc(adu.crc());
    if (created.time().isUnknown()) {
      builder.age(0); // RFC 9171 §4.2.7: without a creation time the age must be told.
    }
    if (service.hopLimit() > 0) {
      builder.hopLimit(service.hopLimit());
    }
    if (service.trafficClass() != TrafficClass.NORMAL
        || service.ordinal() != 0
        || service.critical()
        || service.bestEffort()) {
      builder.traffic(
          trafficType,
          service.trafficClass(),
          service.ordinal(),
          service.critical(),
          service.bestEffort());
    }
    further.forEach(block -> builder.block(block.type(), BlockFlags.NONE, block.data()));
    BundleHead head = builder.head(adu.payload().length());
    return new Fresh(head, adu.payload(), trailer(head, adu), Optional.empty());
  }

  private static Octets trailer(BundleHead head, Adu adu) {
    if (adu.trailer().isPresent()) {
      return adu.trailer().get();
    }
    return switch (adu.payload()) {
      case Payload.Inline(Octets bytes) -> PayloadCrc.of(head.payload()).update(bytes).trailer();
      case Payload.Spooled _ ->
          throw new IllegalArgumentException("a spooled payload comes with its trailer");
    };
  }
}
