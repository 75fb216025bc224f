package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Understands the datagrams between two ends, by one convergence layer. Sides are 0, who sent the
 * first one that was seen, and 1.
 */
sealed interface DatagramTalk permits UdpclTalk {
  /** The next datagram of a side, whole. */
  void on(int side, Octets datagram);
}
