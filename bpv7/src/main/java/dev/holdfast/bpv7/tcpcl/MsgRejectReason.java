package dev.holdfast.bpv7.tcpcl;

/** Why a message is rejected (RFC 9174 §5.1.2). */
public enum MsgRejectReason {
  /** A code without a meaning. */
  UNASSIGNED(0),
  /** No such message is known. */
  TYPE_UNKNOWN(1),
  /** The message is known, what it asks for cannot be done. */
  UNSUPPORTED(2),
  /** The message does not fit the state of the session. */
  UNEXPECTED(3);

  private static final MsgRejectReason[] ALL = values();

  private final int code;

  MsgRejectReason(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The reason of that code; codes without a meaning are {@link #UNASSIGNED}. */
  static MsgRejectReason of(int code) {
    for (MsgRejectReason reason : ALL) {
      if (reason.code == code) {
        return reason;
      }
    }
    return UNASSIGNED;
  }
}
