/**
 * TCPCLv4 (RFC 9174) over real sockets: threads and channels around {@link
 * dev.holdfast.bpv7.tcpcl.TcpclSession}.
 *
 * <p>A {@code TcpclConnection} is one session with three virtual threads: one reads and hands
 * bundles to the node, one writes, one does everything else, so that none waits for another's work.
 * A {@code TcpclLink} is the way to one neighbour, over up to two such sessions; a {@code
 * TcpclDoor} takes connections and finds the link that each belongs to. Depends on the link port,
 * {@code link.stream} and the session; not on the node.
 */
@NullMarked
package dev.holdfast.gateway.link.tcpcl;

import org.jspecify.annotations.NullMarked;
