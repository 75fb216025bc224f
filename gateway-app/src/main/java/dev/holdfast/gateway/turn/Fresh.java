package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import java.util.Optional;

/**
 * A bundle that is new here and not held yet: received and found good, made here, or put together.
 *
 * @param head everything before the payload
 * @param payload the payload
 * @param trailer everything after it
 * @param from the node it came from: whom the link knows to be at its other end, or else who the
 *     bundle says forwarded it; empty if it was made or put together here
 */
public record Fresh(BundleHead head, Payload payload, Octets trailer, Optional<NodeId> from) {}
