/**
 * The centre: {@link dev.holdfast.gateway.node.Node} decides, {@link
 * dev.holdfast.gateway.node.NodeLoop} gives it turns, commits what it decided, and only then lets
 * anybody hear of it.
 *
 * <p>One platform thread owns the node and all writes to the store.
 */
@NullMarked
package dev.holdfast.gateway.node;

import org.jspecify.annotations.NullMarked;
