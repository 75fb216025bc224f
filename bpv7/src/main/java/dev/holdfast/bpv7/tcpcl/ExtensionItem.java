package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;

/**
 * An extension item of SESS_INIT or of a transfer (RFC 9174 §4.8, §5.2.5).
 *
 * @param critical whether a peer that does not know the type must fail
 * @param type 0..65535
 * @param value at most 65535 bytes
 */
public record ExtensionItem(boolean critical, int type, Octets value) {
  /** Type of the Transfer Length item of a transfer (§5.2.5.1). */
  static final int TRANSFER_LENGTH = 1;

  /** Flags, type and length. */
  static final int HEADER_BYTES = 5;

  /** Checks the ranges. */
  public ExtensionItem {
    if (type < 0 || type > 0xffff || value.size() > 0xffff) {
      throw new IllegalArgumentException(
          "type and length of an extension item are 0..65535: " + type + ", " + value.size());
    }
  }
}
