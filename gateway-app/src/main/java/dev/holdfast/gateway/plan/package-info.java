/**
 * The contact plan of a running gateway: read from its file, checked, put in force, read again on
 * request; single contacts of it edited over the file; every version kept, to go back to.
 *
 * <p>A plan with an error is refused and the one in force stays. Depends on {@code contacts} and
 * {@code gateway.config}. Any thread.
 */
@NullMarked
package dev.holdfast.gateway.plan;

import org.jspecify.annotations.NullMarked;
