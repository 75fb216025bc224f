/**
 * Steps 4 and 5 of a bundle's life: what waits, through whom it goes, in which contact, and what
 * may leave now.
 *
 * <p>Everything here is derived from what is held and from the plan, lives in memory, and belongs
 * to the node's thread.
 */
@NullMarked
package dev.holdfast.gateway.schedule;

import org.jspecify.annotations.NullMarked;
