/**
 * Administrative records: what one node tells another about a bundle (RFC 9171 §6, RFC 9713).
 *
 * <p>Pure; any thread. Depends on {@code bpv7}, {@code bpv7.eid} and {@code bpv7.wire}.
 */
@NullMarked
package dev.holdfast.bpv7.admin;

import org.jspecify.annotations.NullMarked;
