package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/**
 * The primary block (RFC 9171 §4.3.1). It never changes on its way, so its bytes are part of it.
 *
 * @param flags bundle processing control flags
 * @param crc checksum type
 * @param destination where the bundle goes
 * @param source who made it; null if anonymous
 * @param reportTo who gets status reports
 * @param created creation timestamp
 * @param lifetime milliseconds after creation at which the payload is of no use, unsigned
 * @param fragment offset and total length if the bundle is a fragment
 * @param encoded the block as it came or as it goes, CRC included
 */
public record PrimaryBlock(
    BundleFlags flags,
    CrcType crc,
    Eid destination,
    Eid source,
    Eid reportTo,
    CreationTimestamp created,
    long lifetime,
    Optional<FragmentInfo> fragment,
    Octets encoded) {}
