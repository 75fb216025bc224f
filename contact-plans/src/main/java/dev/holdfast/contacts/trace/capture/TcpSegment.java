package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * A TCP segment as it was captured.
 *
 * @param from who sent it
 * @param to who it is for
 * @param sequence the number of its first byte
 * @param flags as they stand there
 * @param payload what was captured of its data
 * @param length how long its data was
 */
record TcpSegment(Endpoint from, Endpoint to, int sequence, int flags, Octets payload, int length)
    implements Carried {
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

  boolean isFin() {
    return (flags & FIN) != 0;
  }

  boolean isSyn() {
    return (flags & SYN) != 0;
  }

  boolean isRst() {
    return (flags & RST) != 0;
  }

  boolean isAck() {
    return (flags & ACK) != 0;
  }
}
