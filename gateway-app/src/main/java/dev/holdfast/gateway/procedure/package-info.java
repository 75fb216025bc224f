/**
 * The procedures of RFC 9171 §5, one small class each: what a node does with a bundle from
 * reception to deletion.
 *
 * <p>They decide on values and leave changes and effects in a {@link
 * dev.holdfast.gateway.turn.Turn}. The node's thread.
 */
@NullMarked
package dev.holdfast.gateway.procedure;

import org.jspecify.annotations.NullMarked;
