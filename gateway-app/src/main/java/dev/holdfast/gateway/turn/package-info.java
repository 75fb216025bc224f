/**
 * What goes into and comes out of one turn of the node: events and requests in; changes, effects
 * and answers out.
 *
 * <p>Values only. {@code gateway.node} decides with them, the edge brings events and carries
 * effects out after the commit.
 */
@NullMarked
package dev.holdfast.gateway.turn;

import org.jspecify.annotations.NullMarked;
