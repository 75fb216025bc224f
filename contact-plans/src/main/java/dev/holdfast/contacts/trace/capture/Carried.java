package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/** What an IP packet carries from one end to another. */
sealed interface Carried permits TcpSegment, UdpDatagram {
  /** Who sent it. */
  Endpoint from();

  /** Who it is for. */
  Endpoint to();

  /** What was captured of its data. */
  Octets payload();

  /** How long its data was. */
  int length();
}
