package dev.holdfast.bpv7;

/**
 * Where a fragment's payload lies in the application data unit it was cut from (RFC 9171 §4.3.1).
 *
 * @param offset first byte, unsigned
 * @param totalLength length of the whole application data unit, unsigned
 */
public record FragmentInfo(long offset, long totalLength) {}
