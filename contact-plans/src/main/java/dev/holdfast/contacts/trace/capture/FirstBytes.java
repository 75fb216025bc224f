package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/** What the first bytes of one side of a connection look like. */
enum FirstBytes {
  /** A contact header. */
  TCPCL,
  /** A byte string that holds an array, as each bundle is one. */
  MTCP,
  /** A handshake of TLS. */
  TLS,
  /** None of these. */
  OTHER,
  /** More bytes are needed to tell. */
  TOO_FEW;

  private static final byte[] MAGIC = {'d', 't', 'n', '!'};
  private static final int MAJOR_BYTE_STRING = 2;
  private static final int MAJOR_ARRAY = 4;
  private static final int MANY_KEEPALIVES = 16;
  private static final int OPEN_ARRAY = 0x9f;
  private static final int BREAK = 0xff;
  private static final int TLS_HANDSHAKE = 0x16;

  static FirstBytes of(Octets octets) {
    int first = octets.unsigned(0);
    if (first == MAGIC[0]) {
      return magic(octets);
    }
    if (first == TLS_HANDSHAKE) {
      return octets.size() < 2 ? TOO_FEW : octets.get(1) == 3 ? TLS : OTHER;
    }
    int at = 0;
    while (at < octets.size() && octets.unsigned(at) == MAJOR_BYTE_STRING << 5) {
      at++; // An empty byte string keeps the connection alive.
    }
    if (at == octets.size()) {
      return at < MANY_KEEPALIVES ? TOO_FEW : MTCP;
    }
    return byteString(octets, at);
  }

  /** Whether a datagram is a bundle by its first byte and its last (RFC 9171 §4.1). */
  static boolean isBundle(Octets datagram) {
    return datagram.size() > 2
        && datagram.unsigned(0) == OPEN_ARRAY
        && datagram.unsigned(datagram.size() - 1) == BREAK;
  }

  private static FirstBytes magic(Octets octets) {
    for (int i = 0; i < Math.min(octets.size(), MAGIC.length); i++) {
      if (octets.get(i) != MAGIC[i]) {
        return OTHER;
      }
    }
    return octets.size() < MAGIC.length ? TOO_FEW : TCPCL;
  }

  private static FirstBytes byteString(Octets octets, int at) {
    int head = octets.unsigned(at);
    int additional = head & 0x1f;
    if (head >> 5 != MAJOR_BYTE_STRING || additional > 27) {
      return OTHER;
    }
    int content = at + 1 + (additional < 24 ? 0 : 1 << (additional - 24));
    if (content >= octets.size()) {
      return TOO_FEW;
    }
    return octets.unsigned(content) >> 5 == MAJOR_ARRAY ? MTCP : OTHER;
  }
}
