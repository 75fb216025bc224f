package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.keys.RegionId;

/**
 * A message that is to be sent.
 *
 * @param to which region
 * @param kind of which kind: its lifetime and class follow from it
 * @param supersedes whether older ones of that kind to that region, and of the same class, need not
 *     leave any more
 * @param payload its octets
 */
public record Outgoing(RegionId to, MessageKind kind, boolean supersedes, Octets payload) {}
