/**
 * Digests of a set of elements: sketches from which the difference of two sets is found ({@link
 * dev.holdfast.crdt.digest.Sketcher}, {@link dev.holdfast.crdt.digest.Peeler}), others that carry
 * what the elements are ({@link dev.holdfast.crdt.digest.ContentSketcher}, {@link
 * dev.holdfast.crdt.digest.ContentPeeler}), and a hash that tells whether two sets are equal
 * ({@link dev.holdfast.crdt.digest.SetHash}).
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; salts come from the caller. Depends on
 * {@code bpv7.wire} for octets.
 */
@NullMarked
package dev.holdfast.crdt.digest;

import org.jspecify.annotations.NullMarked;
