/**
 * Twins of this region, kept in step with those of others by bundles (gateway-app/docs/0008): what
 * is asked of them and answered, a deterministic centre ({@code Twins}) with its thread ({@code
 * TwinLoop}), what leaves to whom and when.
 *
 * <p>They stand in the database of the bundles and change in the node's batches, so that a twin
 * change and the bundle that carries it stand or fall together (DESIGN §1, §5). The centre is for
 * the twins' thread alone; bundles are read and verified beside it.
 */
@NullMarked
package dev.holdfast.gateway.twin;

import org.jspecify.annotations.NullMarked;
