/**
 * What one region holds of the things of an export class, and how it changes: by its own {@link
 * dev.holdfast.crdt.replica.Edit edits}, by blocks of others, by whole parts of another's state.
 * Kept leaf by leaf in an ordered store that the gateway provides; here nothing is written, only
 * said what is to be written.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness. Depends on {@code bpv7.wire}, on {@code
 * crdt}, {@code crdt.block} and {@code crdt.digest}. The reasons: docs/0003.
 */
@NullMarked
package dev.holdfast.crdt.replica;

import org.jspecify.annotations.NullMarked;
