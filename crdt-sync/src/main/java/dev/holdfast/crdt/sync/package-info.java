/**
 * What regions say to each other of one export class, as values and octets: blocks, how far they
 * are, sketches and parts of their state, what they ask for, keys, and proofs of a fork. {@link
 * dev.holdfast.crdt.sync.SyncCodec} reads and writes them; a {@link dev.holdfast.crdt.keys.KeyRing}
 * says which key signs what. The reasons and sizes: docs/0005.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; keys, salts and times come from the caller.
 * Depends on {@code bpv7.wire}, on {@code crdt}, {@code crdt.block}, {@code crdt.digest}, {@code
 * crdt.replica} and {@code crdt.keys}.
 */
@NullMarked
package dev.holdfast.crdt.sync;

import org.jspecify.annotations.NullMarked;
