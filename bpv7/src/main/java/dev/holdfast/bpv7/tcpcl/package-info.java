/**
 * TCPCLv4 (RFC 9174) without sockets: one {@link dev.holdfast.bpv7.tcpcl.TcpclSession} for each
 * connection, bytes and time in, bytes and events out.
 *
 * <p>Pure: no I/O, no clock, no thread. A session belongs to one thread at a time. Depends on
 * {@code bpv7.wire}, {@code bpv7.eid} and {@code Fault} only.
 */
@NullMarked
package dev.holdfast.bpv7.tcpcl;

import org.jspecify.annotations.NullMarked;
