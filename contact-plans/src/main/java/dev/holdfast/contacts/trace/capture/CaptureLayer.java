package dev.holdfast.contacts.trace.capture;

import java.util.Locale;
import java.util.Optional;

/** What connections and datagrams are understood as; what is of another layer is left out. */
public enum CaptureLayer {
  /** What its first bytes look like. */
  GUESS,
  /** TCPCLv4 (RFC 9174). */
  TCPCL,
  /** MTCP: byte strings of CBOR, one bundle each. */
  MTCP,
  /** A bundle in each UDP datagram. */
  UDPCL;

  /** The layer of this name, in any case. */
  public static Optional<CaptureLayer> named(String name) {
    for (CaptureLayer layer : values()) {
      if (layer.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(layer);
      }
    }
    return Optional.empty();
  }
}
