package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.custody.HeldBundle;

/**
 * A held fragment and its head.
 *
 * @param held what is kept beside the bytes
 * @param head the head as it came
 */
public record HeldFragment(HeldBundle held, BundleHead head) {}
