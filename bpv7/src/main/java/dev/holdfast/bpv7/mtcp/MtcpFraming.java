package dev.holdfast.bpv7.mtcp;

import dev.holdfast.bpv7.wire.Octets;

/** What goes before each bundle on an MTCP connection. Any thread. */
public final class MtcpFraming {
  /** An empty string: says that we are alive. */
  public static final Octets KEEPALIVE = Octets.ofHex("40");

  private static final int BYTE_STRING = 2 << 5;

  private MtcpFraming() {}

  /** The head of a byte string (RFC 8949 §3.1) of {@code length} bytes, in its shortest form. */
  public static Octets head(long length) {
    if (length < 1) {
      throw new IllegalArgumentException("a bundle of " + length + " bytes");
    }
    if (length < 24) {
      return Octets.wrap(new byte[] {(byte) (BYTE_STRING + length)});
    }
    int power = length <= 0xff ? 0 : length <= 0xffff ? 1 : length <= 0xffff_ffffL ? 2 : 3;
    byte[] head = new byte[1 + (1 << power)];
    head[0] = (byte) (BYTE_STRING + 24 + power);
    for (int i = 1; i < head.length; i++) {
      head[i] = (byte) (length >>> (8 * (head.length - 1 - i)));
    }
    return Octets.wrap(head);
  }
}
