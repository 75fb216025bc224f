package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * A UDP datagram as it was captured.
 *
 * @param from who sent it
 * @param to who it is for
 * @param payload what was captured of its data
 * @param length how long its data was
 */
record UdpDatagram(Endpoint from, Endpoint to, Octets payload, int length) implements Carried {}
