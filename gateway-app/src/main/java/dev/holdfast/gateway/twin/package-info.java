/**
 * Twins in the database of the bundles, so that a twin change and the bundle that carries it stand
 * or fall together (DESIGN §1, §5).
 *
 * <p>Reads on any platform thread; what is to be written goes with the node's turn to its commit.
 */
@NullMarked
package dev.holdfast.gateway.twin;

import org.jspecify.annotations.NullMarked;
