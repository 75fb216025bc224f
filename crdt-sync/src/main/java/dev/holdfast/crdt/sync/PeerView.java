package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.Hlc;
import java.util.Optional;

/**
 * What is known of another region in one class.
 *
 * @param region which one
 * @param open whether messages can leave to it now
 * @param inStep whether what it said last is what is here now
 * @param heard its clock when it said that; empty if it was never heard
 * @param knowsOurs the last number of the stream written here that it said it has
 */
public record PeerView(
    RegionId region, boolean open, boolean inStep, Optional<Hlc> heard, long knowsOurs) {}
