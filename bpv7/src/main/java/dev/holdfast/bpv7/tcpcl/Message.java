package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;

/** What {@link MessageReader} finds next in the bytes of the peer; numbers as they stand there. */
sealed interface Message {
  /** Message type codes (RFC 9174 §4.5). */
  int XFER_SEGMENT = 1;

  int XFER_ACK = 2;
  int XFER_REFUSE = 3;
  int KEEPALIVE = 4;
  int SESS_TERM = 5;
  int MSG_REJECT = 6;
  int SESS_INIT = 7;

  /** Flags of XFER_SEGMENT and XFER_ACK (§5.2.2). */
  int END = 1;

  int START = 2;

  /** Flag of SESS_TERM (§6.1). */
  int REPLY = 1;

  /** Flag of the contact header (§4.2). */
  int CAN_TLS = 1;

  /** §4.2. */
  record ContactHeader(int version, int flags) implements Message {}

  /** §4.6. */
  record SessInit(
      int keepalive, long segmentMru, long transferMru, Octets nodeId, Octets extensions)
      implements Message {}

  /** §6.1. */
  record SessTerm(int flags, int reason) implements Message {}

  /** §5.2.2; {@link SegmentData} follows until its length is used up, none if it is zero. */
  record XferSegment(int flags, long id, Octets extensions, long length) implements Message {}

  /** The next bytes of the segment begun last. */
  record SegmentData(Octets octets, boolean last) implements Message {}

  /** §5.2.3. */
  record XferAck(int flags, long id, long length) implements Message {}

  /** §5.2.4. */
  record XferRefuse(int reason, long id) implements Message {}

  /** §5.1.1. */
  record Keepalive() implements Message {}

  /** §5.1.2. */
  record MsgReject(int reason, int type) implements Message {}

  /** All that there is has been read; the next message is not whole yet. */
  record Incomplete() implements Message {}

  /** The bytes are no message that can be read, and what follows cannot be read either. */
  record Unreadable(Cause cause, int type, Fault fault) implements Message {
    /** Which way. */
    enum Cause {
      NOT_TCPCL,
      UNKNOWN_TYPE,
      TOO_LONG
    }
  }
}
