/**
 * Bundles as values: RFC 9171 blocks, identifiers, times and flags, and the way between them and
 * bytes.
 *
 * <p>Pure: no I/O, no clock, no thread. Depends on {@code bpv7.wire} and {@code bpv7.eid} only.
 */
@NullMarked
package dev.holdfast.bpv7;

import org.jspecify.annotations.NullMarked;
