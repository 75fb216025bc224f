/**
 * MTCP over real sockets: bundles one way, each as one CBOR byte string, nothing acknowledged.
 *
 * <p>An {@code MtcpLink} dials a neighbour and sends; an {@code MtcpDoor} takes connections and
 * receives from whoever made them. Virtual threads; depends on the link port, {@code link.stream}
 * and the framing of {@code bpv7.mtcp}; not on the node.
 */
@NullMarked
package dev.holdfast.gateway.link.mtcp;

import org.jspecify.annotations.NullMarked;
