/**
 * Which key signs what: regions by their first key, statements by which a region replaces its key
 * or begins a stream, and a {@link dev.holdfast.crdt.keys.KeyRing} that says of each block and each
 * message whether its region signed it. Old keys are kept, with the numbers that they signed. The
 * reasons: docs/0005.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness. Depends on {@code bpv7.wire}, on {@code
 * crdt}, {@code crdt.block} and {@code crdt.replica}.
 */
@NullMarked
package dev.holdfast.crdt.keys;

import org.jspecify.annotations.NullMarked;
