/**
 * The gateway as a process: configuration, wiring, start, drain and stop.
 *
 * <p>The only module with sockets, threads and a clock; the centre of it ({@code gateway.node}) has
 * none of them.
 */
@NullMarked
package dev.holdfast.gateway;

import org.jspecify.annotations.NullMarked;
