/**
 * Records what happens on this gateway's links as a link trace, so that what happened can be
 * replayed.
 *
 * <p>Stands around the links: sees what they tell the node and what the node gives them. One thread
 * of its own writes. Depends on {@code gateway.link}, {@code gateway.clock} and {@code
 * contacts.trace}.
 */
@NullMarked
package dev.holdfast.gateway.record;

import org.jspecify.annotations.NullMarked;
