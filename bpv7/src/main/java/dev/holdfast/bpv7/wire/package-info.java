/**
 * Octets and how RFC 9171 writes them: immutable byte ranges, strict CBOR (RFC 8949 §4.2), CRCs,
 * and the limits on input.
 *
 * <p>Lowest package of the project. Pure; any thread.
 */
@NullMarked
package dev.holdfast.bpv7.wire;

import org.jspecify.annotations.NullMarked;
