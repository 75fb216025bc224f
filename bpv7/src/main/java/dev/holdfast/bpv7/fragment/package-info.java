/**
 * Fragmentation and reassembly of bundles (RFC 9171 §5.8, §5.9): which bytes go where. The bytes
 * themselves stay with the caller.
 *
 * <p>Pure. Depends on {@code bpv7} and {@code bpv7.wire}.
 */
@NullMarked
package dev.holdfast.bpv7.fragment;

import org.jspecify.annotations.NullMarked;
