/**
 * State that converges whatever the order, repetition or loss of what carries it: dots, causal
 * contexts and hybrid clocks. Join is the one operation: commutative, associative, idempotent.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; immutable values, any thread. Depends on
 * {@code bpv7.wire} only, since what is exchanged is just the payload of a bundle.
 */
@NullMarked
package dev.holdfast.crdt;

import org.jspecify.annotations.NullMarked;
