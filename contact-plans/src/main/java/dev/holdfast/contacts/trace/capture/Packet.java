package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * A packet as it was captured.
 *
 * @param offset where it stands in the file
 * @param unixNanos when it was seen, in nanoseconds since 1970
 * @param linkType what it begins with, by the numbers of tcpdump's LINKTYPE_ list
 * @param octets what was captured of it
 */
record Packet(long offset, long unixNanos, int linkType, Octets octets) {}
