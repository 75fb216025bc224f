/**
 * Endpoint identifiers: the {@code dtn} scheme (RFC 9171 §4.2.5.1.1) and the {@code ipn} scheme
 * (RFC 9758).
 *
 * <p>Pure; any thread. Depends on {@code bpv7.wire} only.
 */
@NullMarked
package dev.holdfast.bpv7.eid;

import org.jspecify.annotations.NullMarked;
