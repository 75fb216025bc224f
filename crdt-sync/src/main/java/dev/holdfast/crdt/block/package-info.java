/**
 * Operations of one writer as signed blocks in a chain: what a DELTA carries. What is to be sent
 * waits in a {@link dev.holdfast.crdt.block.Pending}, where later operations take in earlier ones;
 * a {@link dev.holdfast.crdt.block.Sealer} makes a {@link dev.holdfast.crdt.block.Block} of it. Who
 * receives one reads it, {@linkplain dev.holdfast.crdt.block.Block#verify verifies} it, asks the
 * {@link dev.holdfast.crdt.block.Chain} of its stream what follows, and only then applies it. The
 * reasons and figures: docs/0002.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; keys and secrets come from the caller.
 * Depends on {@code bpv7.wire} and on BouncyCastle for BLAKE3 and Ed25519 (RFC 8032).
 */
@NullMarked
package dev.holdfast.crdt.block;

import org.jspecify.annotations.NullMarked;
