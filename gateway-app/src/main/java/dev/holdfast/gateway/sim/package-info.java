/**
 * Gateways without sockets, threads or a clock: many real nodes over memory stores, virtual time,
 * one seed for everything.
 *
 * <p>The same seed gives the same bytes on every JVM. Depends on {@code gateway.node} and
 * everything below it.
 */
@NullMarked
package dev.holdfast.gateway.sim;

import org.jspecify.annotations.NullMarked;
