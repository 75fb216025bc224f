/**
 * State that converges whatever the order, repetition or loss of what carries it. A {@link
 * dev.holdfast.crdt.Causal} is what is there, each part under the dot of the write that put it
 * there, and what is known; {@link dev.holdfast.crdt.Causal#join} is the one operation:
 * commutative, associative, idempotent. What is known and not there was deleted, so nothing is kept
 * of it.
 *
 * <p>The types: {@link dev.holdfast.crdt.MvRegister}, {@link dev.holdfast.crdt.OrMap}, {@link
 * dev.holdfast.crdt.OrSet}, {@link dev.holdfast.crdt.PnCounter}, {@link
 * dev.holdfast.crdt.BoundedCounter}, {@link dev.holdfast.crdt.Blob}, {@link
 * dev.holdfast.crdt.CrdtList}. The reasons: docs/0001.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; immutable values, any thread. Depends on
 * {@code bpv7.wire} only, since what is exchanged is just the payload of a bundle, and on
 * BouncyCastle for BLAKE3.
 */
@NullMarked
package dev.holdfast.crdt;

import org.jspecify.annotations.NullMarked;
