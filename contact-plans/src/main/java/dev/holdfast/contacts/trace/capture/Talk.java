package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Understands what the two sides of a connection say, by one convergence layer. Sides are 0, who
 * began the connection as far as that is known, and 1.
 */
sealed interface Talk permits TcpclTalk, MtcpTalk, UnknownTalk {
  /** The next bytes of a side, in order and without a gap. */
  void on(int side, Octets octets);

  /** Nothing more of a side can be read. */
  void end(int side, String why);
}
