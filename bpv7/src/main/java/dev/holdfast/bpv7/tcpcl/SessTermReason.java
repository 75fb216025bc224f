package dev.holdfast.bpv7.tcpcl;

/** Why a session ends (RFC 9174 §6.1). */
public enum SessTermReason {
  /** No reason is given, or one that is not known here. */
  UNKNOWN(0),
  /** Nothing was heard, or nothing was to be done, for too long. */
  IDLE_TIMEOUT(1),
  /** The protocol versions do not fit. */
  VERSION_MISMATCH(2),
  /** Too busy for this session. */
  BUSY(3),
  /** A contact header or SESS_INIT cannot be agreed to. */
  CONTACT_FAILURE(4),
  /** A limit was reached. */
  RESOURCE_EXHAUSTION(5);

  private static final SessTermReason[] ALL = values();

  private final int code;

  SessTermReason(int code) {
    this.code = code;
  }

  /** The code on the wire. */
  public int code() {
    return code;
  }

  /** The reason of that code; codes without a meaning are {@link #UNKNOWN}. */
  static SessTermReason of(int code) {
    for (SessTermReason reason : ALL) {
      if (reason.code == code) {
        return reason;
      }
    }
    return UNKNOWN;
  }
}
