/**
 * Links to neighbours: the {@link dev.holdfast.gateway.link.Link} port that the node sends through,
 * and what links tell the node.
 *
 * <p>One package below this for each convergence layer. Links own their threads; the node is told
 * through a {@link dev.holdfast.gateway.link.LinkSink} and never waits.
 */
@NullMarked
package dev.holdfast.gateway.link;

import org.jspecify.annotations.NullMarked;
