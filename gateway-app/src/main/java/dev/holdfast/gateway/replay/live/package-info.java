/**
 * Captures replayed in real time: the neighbours of one node of a capture, played to a gateway that
 * runs, over the links that gateways themselves have.
 *
 * <p>The thread that calls owns all state here; links have threads of their own and are heard
 * through a queue. Depends on {@code gateway.link} and what is below it, {@code gateway.replay} and
 * {@code gateway.clock}.
 */
@NullMarked
package dev.holdfast.gateway.replay.live;

import org.jspecify.annotations.NullMarked;
