package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Where one TCPCLv4 message ends and the next begins: RFC 9174 §4.2, §4.5, §5.1 to §6.1. */
public enum TcpclFraming {
  /** As the RFC has it. */
  STANDARD(false),
  /** As dtn7-go has it: a Transfer Extension Length in every segment, not only in the first. */
  EXTENSION_LENGTH_IN_EVERY_SEGMENT(true);

  private static final int XFER_SEGMENT = 1;
  private static final int SESS_INIT = 7;
  private static final int CONTACT_HEADER = 'd';
  private static final int START = 2;
  private static final String[] NAMES = {
    "",
    "XFER_SEGMENT",
    "XFER_ACK",
    "XFER_REFUSE",
    "KEEPALIVE",
    "SESS_TERM",
    "MSG_REJECT",
    "SESS_INIT"
  };
  private static final int[] FIXED = {0, 0, 18, 10, 1, 3, 3, 0};

  private final boolean always;

  TcpclFraming(boolean always) {
    this.always = always;
  }

  /** The name of the message that starts with this octet. */
  static String name(int type) {
    if (type == CONTACT_HEADER) {
      return "CONTACT_HEADER";
    }
    if (type < 1 || type >= NAMES.length) {
      throw new IllegalArgumentException("no TCPCLv4 message has type " + type);
    }
    return NAMES[type];
  }

  /** The size of the message at the start; empty while too little has come to tell. */
  public OptionalInt size(Octets stream) {
    if (stream.isEmpty()) {
      return OptionalInt.empty();
    }
    ByteBuffer at = stream.asByteBuffer();
    int type = stream.unsigned(0);
    return switch (type) {
      case CONTACT_HEADER -> OptionalInt.of(6);
      case SESS_INIT -> sessInit(at);
      case XFER_SEGMENT -> xferSegment(at);
      default -> OptionalInt.of(FIXED[type < FIXED.length ? type : 0]);
    };
  }

  private static OptionalInt sessInit(ByteBuffer at) {
    if (at.remaining() < 21) {
      return OptionalInt.empty();
    }
    int extensions = 21 + Short.toUnsignedInt(at.getShort(19));
    return at.remaining() < extensions + 4
        ? OptionalInt.empty()
        : OptionalInt.of(extensions + 4 + at.getInt(extensions));
  }

  private OptionalInt xferSegment(ByteBuffer at) {
    if (at.remaining() < 14) {
      return OptionalInt.empty();
    }
    int length = always || (at.get(1) & START) != 0 ? 14 + at.getInt(10) : 10;
    return at.remaining() < length + 8
        ? OptionalInt.empty()
        : OptionalInt.of(Math.toIntExact(length + 8 + at.getLong(length)));
  }
}
