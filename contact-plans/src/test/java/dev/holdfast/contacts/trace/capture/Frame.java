package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * An IP packet and when it was seen.
 *
 * @param unixNanos nanoseconds since 1970
 * @param ip the packet
 */
record Frame(long unixNanos, Octets ip) {}
