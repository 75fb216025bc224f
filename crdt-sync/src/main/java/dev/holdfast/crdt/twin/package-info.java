/**
 * Digital twins over what replicas agree on: the Thing model of Eclipse Ditto (attributes, features
 * with properties and desired properties), where each value that is not an object is a leaf of its
 * own. {@link dev.holdfast.crdt.twin.Twin} reads the leaves of a thing as JSON, with all that was
 * written concurrently; {@link dev.holdfast.crdt.twin.TwinEditor} says which edits a change of the
 * JSON needs, or why it is refused; {@link dev.holdfast.crdt.twin.CanonicalObject} is the same
 * thing as a document to hand on.
 *
 * <p>JSON is RFC 8259, paths are RFC 6901, patches are RFC 7396, stored values are RFC 8949 §4.2.
 * The reasons: docs/0004.
 *
 * <p>Pure: no I/O, no clock, no thread, no randomness; immutable values, any thread. Depends on
 * {@code bpv7.wire}, {@code crdt}, {@code crdt.block} and {@code crdt.replica}, and on Jackson for
 * JSON.
 */
@NullMarked
package dev.holdfast.crdt.twin;

import org.jspecify.annotations.NullMarked;
