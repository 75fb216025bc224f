package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;

/**
 * Finds the messages of RFC 9174 in a stream of bytes that is cut anywhere.
 *
 * <p>The data of segments is handed on in slices of what came in; only the head of a message that
 * is cut in two is copied, so memory is bounded by the longest head that the limits allow.
 */
final class MessageReader {
  private static final int CONTACT_HEADER_BYTES = 6;
  private static final byte[] MAGIC = {'d', 't', 'n', '!'};
  private static final Message INCOMPLETE = new Message.Incomplete();
  private static final Message KEEPALIVE = new Message.Keepalive();

  private TcpclLimits limits;
  private boolean lengthInEverySegment;

  private Octets input = Octets.EMPTY;
  private int at;
  private byte[] carry = new byte[64];
  private int carried;

  private boolean contactRead;
  private long dataLeft;
  private long position;
  private long messageOffset;
  private Optional<Message> unreadable = Optional.empty();

  MessageReader(TcpclParameters own) {
    this(own.limits(), own.allows(Leniency.LENGTH_IN_EVERY_SEGMENT));
  }

  MessageReader(TcpclLimits limits, boolean lengthInEverySegment) {
    this.limits = limits;
    this.lengthInEverySegment = lengthInEverySegment;
  }

  /** Reads the next messages by other parameters. */
  void parameters(TcpclParameters own) {
    limits = own.limits();
    lengthInEverySegment = own.allows(Leniency.LENGTH_IN_EVERY_SEGMENT);
  }

  /** Takes more bytes. */
  void feed(Octets more) {
    input = hasMore() ? Octets.concat(List.of(input.from(at), more)) : more;
    at = 0;
  }

  /** Whether bytes are left that have not been looked at. */
  boolean hasMore() {
    return at < input.size();
  }

  /** Where the message returned last begins, from the start of the connection. */
  long messageOffset() {
    return messageOffset;
  }

  /** Where the bytes that have not been looked at begin. */
  long position() {
    return position;
  }

  /** The next message, or why there is none. Once unreadable, always so. */
  Message next() {
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    if (dataLeft > 0) {
      return data();
    }
    if (carried > 0) {
      return nextCarried();
    }
    int available = input.size() - at;
    if (available == 0) {
      return INCOMPLETE;
    }
    messageOffset = position;
    int needed = needed(input, at, available);
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    if (needed <= available) {
      Message message = parse(input, at, needed);
      at += needed;
      position += needed;
      return message;
    }
    carry(available);
    return INCOMPLETE;
  }

  /** The slow way, for a head that began in earlier bytes. */
  private Message nextCarried() {
    while (true) {
      Octets head = Octets.wrap(carry, 0, carried);
      int needed = needed(head, 0, carried);
      if (unreadable.isPresent()) {
        return unreadable.get();
      }
      if (needed <= carried) {
        Message message = parse(head, 0, needed);
        carry = new byte[64];
        carried = 0;
        return message;
      }
      int more = Math.min(needed - carried, input.size() - at);
      if (more == 0) {
        return INCOMPLETE;
      }
      carry(more);
    }
  }

  private void carry(int count) {
    if (carried + count > carry.length) {
      byte[] larger = new byte[Math.max(carried + count, 2 * carry.length)];
      System.arraycopy(carry, 0, larger, 0, carried);
      carry = larger;
    }
    input.slice(at, at + count).copyTo(carry, carried);
    carried += count;
    at += count;
    position += count;
  }

  private Message data() {
    int available = input.size() - at;
    if (available == 0) {
      return INCOMPLETE;
    }
    messageOffset = position;
    int count = (int) Math.min(available, dataLeft);
    Octets octets = input.slice(at, at + count);
    at += count;
    position += count;
    dataLeft -= count;
    return new Message.SegmentData(octets, dataLeft == 0);
  }

  /**
   * How many bytes the head of the message takes as far as that can be told from what is here;
   * never more than can be told, so that it is exact once it is no more than what is here.
   */
  private int needed(Octets in, int from, int available) {
    if (!contactRead) {
      for (int i = 0; i < Math.min(available, MAGIC.length); i++) {
        if (in.get(from + i) != MAGIC[i]) {
          // RFC 9174 §4.3: without the magic string the connection must be terminated.
          return fail(
              Message.Unreadable.Cause.NOT_TCPCL,
              0,
              i,
              "§4.3",
              "no contact header: magic is not dtn!");
        }
      }
      return CONTACT_HEADER_BYTES;
    }
    int type = in.unsigned(from);
    return switch (type) {
      case Message.XFER_SEGMENT -> segmentNeeded(in, from, available);
      case Message.XFER_ACK -> 18;
      case Message.XFER_REFUSE -> 10;
      case Message.KEEPALIVE -> 1;
      case Message.SESS_TERM, Message.MSG_REJECT -> 3;
      case Message.SESS_INIT -> sessInitNeeded(in, from, available);
      // RFC 9174 §5.1.2: an unknown message has no known end.
      default ->
          fail(
              Message.Unreadable.Cause.UNKNOWN_TYPE,
              type,
              0,
              "§5.1.2",
              "message type " + type + " is unknown");
    };
  }

  private int segmentNeeded(Octets in, int from, int available) {
    if (available < 2) {
      return 2;
    }
    boolean withExtensions = (in.unsigned(from + 1) & Message.START) != 0 || lengthInEverySegment;
    if (!withExtensions) {
      return 18;
    }
    if (available < 14) {
      return 14;
    }
    long extensions = u32(in, from + 10);
    if (extensions > limits.extensionBytes()) {
      return tooLong(
          Message.XFER_SEGMENT, 10, "§5.2.2", "transfer extension items", "" + extensions);
    }
    return 22 + (int) extensions;
  }

  private int sessInitNeeded(Octets in, int from, int available) {
    if (available < 21) {
      return 21;
    }
    int nodeId = u16(in, from + 19);
    if (nodeId > limits.nodeIdBytes()) {
      return tooLong(Message.SESS_INIT, 19, "§4.6", "node id", "" + nodeId);
    }
    if (available < 25 + nodeId) {
      return 25 + nodeId;
    }
    long extensions = u32(in, from + 21 + nodeId);
    if (extensions > limits.extensionBytes()) {
      return tooLong(
          Message.SESS_INIT, 21 + nodeId, "§4.6", "session extension items", "" + extensions);
    }
    return 25 + nodeId + (int) extensions;
  }

  private int tooLong(int type, int offset, String section, String what, String length) {
    String reason = what + " of " + length + " bytes are over the limit";
    return fail(Message.Unreadable.Cause.TOO_LONG, type, offset, section, reason);
  }

  private int fail(
      Message.Unreadable.Cause cause, int type, int offset, String section, String reason) {
    Fault fault = new Fault(messageOffset + offset, "RFC 9174 " + section, reason);
    unreadable = Optional.of(new Message.Unreadable(cause, type, fault));
    return 0;
  }

  /** Reads a head that is all here. */
  private Message parse(Octets in, int from, int size) {
    if (!contactRead) {
      contactRead = true;
      return new Message.ContactHeader(in.unsigned(from + 4), in.unsigned(from + 5));
    }
    return switch (in.unsigned(from)) {
      case Message.XFER_SEGMENT -> {
        int flags = in.unsigned(from + 1);
        dataLeft = u64(in, from + size - 8);
        if (dataLeft < 0) {
          tooLong(
              Message.XFER_SEGMENT,
              size - 8,
              "§5.2.2",
              "segment data",
              Long.toUnsignedString(dataLeft));
          yield unreadable.get();
        }
        Octets extensions = size > 22 ? in.slice(from + 14, from + size - 8) : Octets.EMPTY;
        yield new Message.XferSegment(flags, u64(in, from + 2), extensions, dataLeft);
      }
      case Message.XFER_ACK ->
          new Message.XferAck(in.unsigned(from + 1), u64(in, from + 2), u64(in, from + 10));
      case Message.XFER_REFUSE -> new Message.XferRefuse(in.unsigned(from + 1), u64(in, from + 2));
      case Message.SESS_TERM -> new Message.SessTerm(in.unsigned(from + 1), in.unsigned(from + 2));
      case Message.MSG_REJECT ->
          new Message.MsgReject(in.unsigned(from + 1), in.unsigned(from + 2));
      case Message.SESS_INIT -> {
        int nodeId = u16(in, from + 19);
        yield new Message.SessInit(
            u16(in, from + 1),
            u64(in, from + 3),
            u64(in, from + 11),
            in.slice(from + 21, from + 21 + nodeId),
            in.slice(from + 25 + nodeId, from + size));
      }
      default -> KEEPALIVE;
    };
  }

  static int u16(Octets in, int from) {
    return in.unsigned(from) << 8 | in.unsigned(from + 1);
  }

  private static long u32(Octets in, int from) {
    return (long) u16(in, from) << 16 | u16(in, from + 2);
  }

  static long u64(Octets in, int from) {
    return u32(in, from) << 32 | u32(in, from + 4);
  }
}
