/** Captures replayed over real sockets to real gateways. */
@NullMarked
package dev.holdfast.gateway.replay.live;

import org.jspecify.annotations.NullMarked;
