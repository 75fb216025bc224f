/**
 * MTCP (draft-ietf-dtn-mtcpcl) without sockets: bundles one way over a TCP connection, each as one
 * CBOR byte string (RFC 8949 §3.1), nothing acknowledged.
 *
 * <p>Pure: no I/O, no clock, no thread. Depends on {@code bpv7.wire} and {@code Fault} only.
 */
@NullMarked
package dev.holdfast.bpv7.mtcp;

import org.jspecify.annotations.NullMarked;
