package dev.holdfast.bpv7;

/**
 * What every canonical block has beside its data and type (RFC 9171 §4.3.2).
 *
 * @param number block number, unsigned, unique in its bundle; the payload has 1
 * @param flags block processing control flags
 * @param crc checksum type
 */
public record BlockHeader(long number, BlockFlags flags, CrcType crc) {}
