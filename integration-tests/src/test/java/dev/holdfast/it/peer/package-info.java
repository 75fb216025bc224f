/**
 * The other implementations: how to find, start, feed and ask them, and what they put on the wire.
 *
 * <p>Nothing here uses our codec or our sessions to judge theirs: bundles are built and taken apart
 * by the peers, by the oracles ({@link dev.holdfast.it.peer.Bp7Oracle}, {@link
 * dev.holdfast.it.peer.TsharkOracle}) or by a plain CBOR parser. Everything listens on loopback.
 *
 * <p>A test that needs a peer which is not installed is left out with a notice that says how to add
 * it; where {@code CI=true} it fails instead ({@link dev.holdfast.it.peer.Tool}).
 */
@NullMarked
package dev.holdfast.it.peer;

import org.jspecify.annotations.NullMarked;
