package dev.holdfast.bpv7.mtcp;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds bundles in a stream of CBOR byte strings that is cut anywhere. Data is handed on in slices
 * of what came in; nothing is gathered. One thread at a time.
 */
public final class MtcpReader {
  private static final int MAJOR_BYTE_STRING = 2;
  private static final String SECTION = "RFC 8949 §3.1";

  private final long bundleMru;

  /** Bytes of the length still to come; -1 between strings. */
  private int lengthBytesLeft = -1;

  private long length;
  private long dataLeft;
  private long position;
  private long headOffset;
  private boolean unreadable;

  /**
   * A reader at the start of a connection.
   *
   * @param bundleMru longest bundle taken, in bytes
   */
  public MtcpReader(long bundleMru) {
    this.bundleMru = bundleMru;
  }

  /** What the next bytes hold, in order. After {@link MtcpPart.Unreadable} always nothing. */
  public List<MtcpPart> on(Octets received) {
    List<MtcpPart> parts = new ArrayList<>();
    int at = 0;
    while (at < received.size() && !unreadable) {
      if (dataLeft > 0) {
        int count = (int) Math.min(dataLeft, received.size() - at);
        parts.add(new MtcpPart.BundleData(received.slice(at, at + count)));
        at += count;
        position += count;
        dataLeft -= count;
        if (dataLeft == 0) {
          parts.add(new MtcpPart.BundleEnded());
        }
      } else {
        head(received.unsigned(at), parts);
        at++;
        position++;
      }
    }
    return parts;
  }

  /** Takes one byte of a string's head. */
  private void head(int octet, List<MtcpPart> parts) {
    if (lengthBytesLeft < 0) {
      begin(octet, parts);
    } else {
      length = length << 8 | octet;
      lengthBytesLeft--;
    }
    if (lengthBytesLeft == 0 && !unreadable) {
      lengthBytesLeft = -1;
      start(parts);
    }
  }

  private void begin(int octet, List<MtcpPart> parts) {
    headOffset = position;
    int additional = octet & 0x1f;
    if (octet >> 5 != MAJOR_BYTE_STRING) {
      fail(parts, "not a byte string: initial byte " + Integer.toHexString(octet));
    } else if (additional > 27) {
      // Reserved values, and 31: a string in chunks has no length to begin with.
      fail(parts, "a byte string without a definite length");
    } else if (additional < 24) {
      length = additional;
      lengthBytesLeft = 0;
    } else {
      length = 0;
      lengthBytesLeft = 1 << (additional - 24);
    }
  }

  private void start(List<MtcpPart> parts) {
    if (length == 0) {
      parts.add(new MtcpPart.Keepalive());
    } else if (Long.compareUnsigned(length, bundleMru) > 0) {
      String size = Long.toUnsignedString(length);
      fail(parts, "a bundle of " + size + " bytes, at most " + bundleMru + " are taken");
    } else {
      dataLeft = length;
      parts.add(new MtcpPart.BundleStarted(length));
    }
  }

  private void fail(List<MtcpPart> parts, String reason) {
    unreadable = true;
    parts.add(new MtcpPart.Unreadable(new Fault(headOffset, SECTION, reason)));
  }
}
